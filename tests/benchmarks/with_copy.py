"""The same table by PostgreSQL's own COPY to a CSV file, which promises nothing: the floor of any extraction."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path


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
