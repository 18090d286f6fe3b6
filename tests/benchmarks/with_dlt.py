"""The same file through dlt into DuckDB, set for speed: typed Arrow batches from DuckDB's reader, loaded as Parquet."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
from floor import READ

# A bench does not report home.
os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"

BATCH = 250_000
"""Rows in one Arrow batch; more costs memory and gains nothing."""


def load(file: Path, folder: Path) -> dict[str, float]:
    """Extract, normalize and load with dlt; the seconds run from making the pipeline to the end of its load."""
    import dlt

    @dlt.resource(name="sales_lines", write_disposition="append")
    def sales_lines() -> Iterator[pa.Table]:
        with duckdb.connect() as connection:
            connection.execute("set preserve_insertion_order = false")
            reader = connection.execute(READ, {"file": str(file)}).to_arrow_reader(BATCH)
            for batch in reader:
                yield pa.Table.from_batches([batch])

    started, cpu_started = time.perf_counter(), time.process_time()
    pipeline = dlt.pipeline(
        "bench",
        pipelines_dir=str(folder / "pipelines"),
        destination=dlt.destinations.duckdb(str(folder / "dlt.duckdb")),
        dataset_name="shop",
    )
    pipeline.run(sales_lines(), loader_file_format="parquet")
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
    with duckdb.connect(folder / "dlt.duckdb", read_only=True) as connection:
        (rows,) = connection.execute("select count(*) from shop.sales_lines").fetchall()[0]
    return {"seconds": seconds, "cpu_seconds": cpu_seconds, "rows": rows}


if __name__ == "__main__":
    print(json.dumps(load(Path(sys.argv[1]), Path(sys.argv[2]))))
