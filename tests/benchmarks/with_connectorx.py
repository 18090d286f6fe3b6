"""The same table through dlt, whose fastest way from PostgreSQL is connectorx: streamed, in batches, to Parquet."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

# A bench does not report home.
os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"

BATCH = 100_000


def load(folder: Path) -> dict[str, float]:
    """Extract, normalize and write with dlt; the seconds run from making the pipeline to the end of its load."""
    import connectorx
    import dlt
    from dlt.common.libs.pyarrow import cast_connectorx_temporal_columns

    @dlt.resource(name="sales_lines", write_disposition="append")
    def sales_lines() -> Iterator[pa.Table]:
        # As dlt's own source for databases does it.
        batches = connectorx.read_sql(
            os.environ["BENCH_ADDRESS"],
            "select * from sales_lines",
            protocol="binary",
            return_type="arrow_stream",
            batch_size=BATCH,
        )
        for batch in batches:
            yield cast_connectorx_temporal_columns(pa.Table.from_batches([batch]))

    started, cpu_started = time.perf_counter(), time.process_time()
    pipeline = dlt.pipeline(
        "bench",
        pipelines_dir=str(folder / "pipelines"),
        destination=dlt.destinations.filesystem(str(folder / "written")),
        dataset_name="shop",
    )
    pipeline.run(sales_lines(), loader_file_format="parquet")
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
    written = (folder / "written").rglob("sales_lines/*.parquet")
    rows = sum(parquet.read_metadata(file).num_rows for file in written)
    return {"seconds": seconds, "cpu_seconds": cpu_seconds, "rows": rows}


if __name__ == "__main__":
    print(json.dumps(load(Path(sys.argv[1]))))
