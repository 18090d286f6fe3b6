"""The same table by PostgreSQL's own COPY to a CSV file, which promises nothing: the floor of any extraction."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

FILL = """
create table sales_lines as
select
    i as line_id, 'INV-' || i / 4 as document_id, (i % 4 + 1)::int as line_no,
    case when i % 50 = 0 then 'credit_note' else 'invoice' end as document_type,
    date '2024-01-01' + (i % 365)::int as document_date,
    timestamptz '2024-01-01 00:00:00+00' + i * interval '1 second' as changed_at,
    'C' || i % 100000 as customer_id, 'SKU-' || i % 5000 as product_id, 'An article of the catalogue' as description,
    (i % 50 + 1)::numeric(18, 4) as quantity, (i % 9999 + 1)::numeric(18, 4) / 100 as unit_price_amount,
    (i % 50 + 1) * ((i % 9999 + 1)::numeric(18, 4) / 100) as net_amount, 'EUR' as currency_code,
    (array['DE', 'FR', 'GB', null])[i % 4 + 1] as country_code, md5(i::text) as note
from generate_series(1, {rows}) as i
"""
"""Fifteen columns of the kinds that a shop has."""


def copy(folder: Path) -> dict[str, float]:
    """Copy the table; the seconds are those of psql, which does nothing else."""
    file = folder / "sales_lines.csv"
    started = time.perf_counter()
    command = [os.environ["BENCH_PSQL"], "-q", "-v", "ON_ERROR_STOP=1", os.environ["BENCH_ADDRESS"]]
    with file.open("wb") as written:
        subprocess.run([*command, "-c", "copy sales_lines to stdout (format csv, header)"], stdout=written, check=True)
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    with file.open("rb") as lines:
        rows = sum(block.count(b"\n") for block in iter(lambda: lines.read(1 << 22), b"")) - 1
    return {"seconds": seconds, "cpu_seconds": used.ru_utime + used.ru_stime, "rows": rows}


if __name__ == "__main__":
    print(json.dumps(copy(Path(sys.argv[1]))))
