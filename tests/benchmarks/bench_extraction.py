"""How long a table of PostgreSQL takes to be landed as Parquet, beside COPY to CSV and dlt with connectorx."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from process import HERE, measure
from with_copy import FILL

COPY = "PostgreSQL's own COPY to CSV"
OURS = "database connector: in parts, to Parquet, landed under its SHA-256"
DLT = "dlt with connectorx, Arrow batches to Parquet"
STEPS = {COPY: "with_copy.py", OURS: "extraction.py", DLT: "with_connectorx.py"}

HEADINGS = (
    "rows of PostgreSQL",
    "step",
    "seconds",
    "CPU seconds",
    "rows a second",
    "times COPY",
    "peak MiB",
    "MiB written",
)


@dataclass(frozen=True)
class Extracted:
    """One line of the table."""

    rows: int
    step: str
    seconds: float
    cpu_seconds: float
    times_copy: float
    peak_mib: float
    written_mib: float


def play_extraction(sizes: list[int], folder: Path | None, say: Callable[[str], None]) -> Iterator[Extracted]:
    """Start a server, fill a table of each size, and measure every step on it; without a server, say so."""
    # The bench is run as a script, from which the project's own folder is not seen.
    sys.path.append(str(HERE.parents[1]))
    from tests.servers import Absent, postgresql, server_folder

    settings = ("shared_buffers=512MB", "max_wal_size=8GB", "wal_level=minimal", "max_wal_senders=0")
    try:
        with server_folder("postgresql", folder) as data, postgresql(data, settings) as server:
            environment = server.environment()
            for size in sizes:
                server.ask("drop table if exists sales_lines", FILL.format(rows=size), "vacuum analyze sales_lines")
                server.ask("create index on sales_lines (line_id)")
                yield from _steps(size, folder, environment, say)
    except Absent as reason:
        say(f"Extraction is not measured: {reason}")


def _steps(
    size: int, folder: Path | None, environment: dict[str, str], say: Callable[[str], None]
) -> Iterator[Extracted]:
    floor = None
    for step, script in STEPS.items():
        with tempfile.TemporaryDirectory(prefix="countinghouse-bench-", dir=folder) as name:
            measured = measure(script, name, environment=environment)
            if measured.answer["rows"] != size:
                raise SystemExit(f"{step} did not do what it was timed for: {measured.answer['rows']} rows of {size}")
            written = sum(file.stat().st_size for file in Path(name).rglob("*") if file.is_file()) / 2**20
        floor = floor or measured.seconds
        say(f"{size:>10,} rows of PostgreSQL: {step}: {measured.seconds:.2f} s, {measured.peak_mib:,.0f} MiB")
        cpu = measured.answer["cpu_seconds"]
        yield Extracted(size, step, measured.seconds, cpu, measured.seconds / floor, measured.peak_mib, written)


def extraction_markdown(extracted: list[Extracted]) -> str:
    """The table for a reader."""
    head = ["|" + "|".join(HEADINGS) + "|", "|--:|:--|--:|--:|--:|--:|--:|--:|"]
    rows = [
        f"|{one.rows:,}|{one.step}|{one.seconds:.2f}|{one.cpu_seconds:.2f}|{one.rows / one.seconds:,.0f}"
        f"|{one.times_copy:.2f}|{one.peak_mib:,.0f}|{one.written_mib:,.0f}|"
        for one in extracted
    ]
    return "\n".join([*head, *rows, ""])
