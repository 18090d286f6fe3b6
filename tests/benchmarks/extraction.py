"""The same table by the database connector: in parts, as exact text in Parquet, landed under its SHA-256."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from pyarrow import parquet

from tasks.extract.database import fetch
from tasks.extract.fetching import Asking
from tasks.land import keep
from tasks.source import DatabaseExtract, RecordMapping, Source
from warehouse.home import Home


def extract(folder: Path) -> dict[str, float]:
    """Fetch and land the table; the seconds run from asking to the last part that is landed."""
    reached = {name: os.environ[f"BENCH_{name.upper()}"] for name in ("host", "port", "database", "user")}
    source = Source(
        source="bench",
        description="",
        owner="",
        extract=DatabaseExtract.model_validate(
            {
                "connector": "database",
                "system": "postgresql",
                **reached,
                "password": "${BENCH_PASSWORD}",
                "tables": {"sales_lines": {"table": "sales_lines", "cursor": {"column": "line_id"}}},
            }
        ),
        records={"sales_lines": RecordMapping(columns={})},
        file=folder / "bench.yml",
    )
    started, cpu_started = time.perf_counter(), time.process_time()
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    landed = [keep(one.path, one.name) for one in fetch(source, Asking(Home(folder), moment, {})) if one.path]
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
    rows = sum(parquet.read_metadata(one.path).num_rows for one in landed)
    return {"seconds": seconds, "cpu_seconds": cpu_seconds, "rows": rows}


if __name__ == "__main__":
    print(json.dumps(extract(Path(sys.argv[1]))))
