"""The floor: DuckDB's own typed `read_csv` into a table, bad rows ignored and forgotten, nothing promised."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb

TYPES = {
    "document_id": "varchar",
    "line_no": "integer",
    "document_type": "varchar",
    "document_date": "date",
    "ordered_at": "timestamp",
    "customer_id": "varchar",
    "product_id": "varchar",
    "description": "varchar",
    "quantity": "decimal(18, 4)",
    "unit_price_amount": "decimal(18, 4)",
    "net_amount": "decimal(18, 4)",
    "tax_amount": "decimal(18, 4)",
    "currency_code": "varchar",
    "country_code": "varchar",
    "note": "varchar",
}

READ = f"select * from read_csv($file, header = true, columns = {TYPES}, ignore_errors = true)"
"""`ignore_errors`, for without it the first bad row ends the load; the layout is given, so nothing is guessed."""


def load(file: Path, database: Path, *, is_order_kept: bool) -> dict[str, float]:
    """Load the file into a new table; the seconds run from opening the database to its being closed."""
    started, cpu_started = time.perf_counter(), time.process_time()
    with duckdb.connect(database) as connection:
        connection.execute(f"set preserve_insertion_order = {is_order_kept}")
        connection.execute(f"create table sales_lines as {READ}", {"file": str(file)})
        (rows,) = connection.execute("select count(*) from sales_lines").fetchall()[0]
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
    return {"seconds": seconds, "cpu_seconds": cpu_seconds, "rows": rows}


if __name__ == "__main__":
    print(json.dumps(load(Path(sys.argv[1]), Path(sys.argv[2]), is_order_kept=sys.argv[3] == "ordered")))
