"""How long a file takes to become a committed record, beside DuckDB's own load of it and dlt's."""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import generated
from bench_extraction import extraction_markdown, play_extraction
from bench_statements import play_statements, statements_markdown
from process import HERE, Measured, measure
from rich.console import Console
from rich.table import Table

RESULTS = HERE / "results.md"
README = HERE.parents[1] / "README.md"

FLOOR = "DuckDB read_csv, typed, order kept (the floor)"
FASTEST = "DuckDB read_csv, typed, order given up"
DLT = "dlt, Arrow batches loaded as Parquet"
WHOLE = "whole path: first load"
CHANGED = "whole path: delivered again, 1% changed"
NOTHING_NEW = "whole path: nothing new"
EMPTY = "an empty Prefect flow"
STEPS = (FLOOR, FASTEST, DLT, WHOLE, CHANGED, NOTHING_NEW, EMPTY)

ROUNDS = {1_000_000: 3, 10_000_000: 2}
"""At 10 million rows the rounds differ by less and take ten times as long."""

HEADINGS = ("rows", "step", "seconds", "CPU seconds", "rows a second", "times the floor", "peak MiB", "process seconds")

Round = dict[str, Measured]


@dataclass(frozen=True)
class Line:
    """One line of the table: medians over the rounds."""

    rows: int
    step: str
    seconds: float
    cpu_seconds: float
    rows_per_second: float | None
    peak_mib: float
    ratio: float
    process_seconds: float


def main() -> None:
    """Measure at each size, print the table and write it beside this file."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000], help="sizes to measure")
    arguments.add_argument("--rounds", type=int, help="rounds at each size, if not the usual")
    arguments.add_argument("--folder", type=Path, help="where to work; needs 1 GB for each million rows")
    arguments.add_argument("--results", type=Path, default=RESULTS, help="where the table is written")
    arguments.add_argument("--no-statements", action="store_true", help="measure loading alone")
    arguments.add_argument("--no-extraction", action="store_true", help="leave the extraction from PostgreSQL out")
    given = arguments.parse_args()
    console = Console(soft_wrap=True)
    lines: list[Line] = []
    played: dict[int, int] = {}
    results = ""
    for rows in given.rows:
        played[rows] = given.rounds or ROUNDS.get(rows, 1)
        lines += summarize(rows, list(play(rows, played[rows], given.folder, console)))
        # After each size: an interrupted bench leaves what it had measured.
        results = markdown(lines, played)
        keep(given.results, results)
    console.print(shown(lines))
    if not given.no_statements:
        told = list(play_statements(given.rows, given.folder, {}, console.print))
        results += "\n" + statements_markdown(told)
        console.print(statements_markdown(told))
        keep(given.results, results)
    if not given.no_extraction:
        extracted = list(play_extraction(given.rows, given.folder, console.print))
        results += "\n" + extraction_markdown(extracted) if extracted else ""
        keep(given.results, results)


def keep(file: Path, results: str) -> None:
    """Write the results; those of the usual place are shown in the README as well."""
    file.write_text(results)
    if file == RESULTS:
        show_in_readme(README, results)


def play(rows: int, rounds: int, folder: Path | None, console: Console) -> Iterator[Round]:
    """Generate the files once, then measure every step in turn, as often as asked."""
    with tempfile.TemporaryDirectory(prefix="countinghouse-bench-", dir=folder) as name:
        work = Path(name)
        # Prefect keeps its own database here: the user's is neither read nor grown.
        environment = {"PREFECT_HOME": str(work / "prefect"), "PREFECT_LOGGING_LEVEL": "WARNING"}
        measure("generated.py", work / "first.csv", str(rows), "0", environment=environment)
        measure("generated.py", work / "changed.csv", str(rows), "1", environment=environment)
        # The first flow makes Prefect's database.
        measure("empty_flow.py", work, environment=environment)
        for number in range(1, rounds + 1):
            measured: Round = {}
            for step, result in play_round(work / str(number), work, environment):
                measured[step] = result
                console.print(
                    f"{rows:>10,} rows, round {number}: {step}: {result.seconds:.2f} s,"
                    f" CPU {result.answer['cpu_seconds']:.2f} s, process {result.process_seconds:.2f} s,"
                    f" {result.peak_mib:,.0f} MiB"
                )
            verify(rows, measured)
            yield measured


def play_round(room: Path, files: Path, environment: dict[str, str]) -> Iterator[tuple[str, Measured]]:
    """Measure every step once, in an empty folder that is gone afterwards."""
    room.mkdir()
    first = files / "first.csv"
    yield FLOOR, measure("floor.py", first, room / "floor.duckdb", "ordered", environment=environment)
    (room / "floor.duckdb").unlink()
    yield FASTEST, measure("floor.py", first, room / "floor.duckdb", "unordered", environment=environment)
    (room / "floor.duckdb").unlink()
    (room / "dlt").mkdir()
    yield DLT, measure("with_dlt.py", first, room / "dlt", environment=environment)
    shutil.rmtree(room / "dlt")
    home = room / "home"
    measure("whole_path.py", "prepare", home, environment=environment)
    os.link(first, home / "inbox" / "sales_lines_1.csv")
    yield WHOLE, measure("whole_path.py", "load", home, environment=environment)
    os.link(files / "changed.csv", home / "inbox" / "sales_lines_2.csv")
    yield CHANGED, measure("whole_path.py", "load", home, environment=environment)
    yield NOTHING_NEW, measure("whole_path.py", "load", home, environment=environment)
    yield EMPTY, measure("empty_flow.py", room, environment=environment)
    shutil.rmtree(room)


def verify(rows: int, measured: Round) -> None:
    """Stop if a step did not do what it was timed for."""
    typed = generated.readable_rows(rows)
    wanted = {
        FLOOR: typed,
        FASTEST: typed,
        DLT: typed,
        WHOLE: [generated.accounted(rows)],
        CHANGED: [generated.accounted(rows, changed_pct=1)],
        NOTHING_NEW: [],
    }
    for step, right in wanted.items():
        answer = measured[step].answer
        found = answer["loads"] if "loads" in answer else answer["rows"]
        if found != right:
            raise SystemExit(f"{step} did not do what it was timed for: {found} instead of {right}")


def summarize(rows: int, rounds: list[Round]) -> list[Line]:
    """The medians over the rounds; a ratio is taken within its round, where the machine was the same."""
    return [
        Line(
            rows=rows,
            step=step,
            seconds=(seconds := statistics.median(one[step].seconds for one in rounds)),
            cpu_seconds=statistics.median(one[step].answer["cpu_seconds"] for one in rounds),
            rows_per_second=None if step in (NOTHING_NEW, EMPTY) else rows / seconds,
            peak_mib=max(one[step].peak_mib for one in rounds),
            ratio=statistics.median(one[step].seconds / one[FLOOR].seconds for one in rounds),
            process_seconds=statistics.median(one[step].process_seconds for one in rounds),
        )
        for step in STEPS
    ]


def cells(line: Line) -> list[str]:
    """A line as it is read."""
    return [
        f"{line.rows:,}",
        line.step,
        f"{line.seconds:.2f}",
        f"{line.cpu_seconds:.2f}",
        f"{line.rows_per_second:,.0f}" if line.rows_per_second else "",
        f"{line.ratio:.2f}" if line.rows_per_second else "",
        f"{line.peak_mib:,.0f}",
        f"{line.process_seconds:.2f}",
    ]


def shown(lines: list[Line]) -> Table:
    """The table for a terminal."""
    table = Table(title="From a file to a committed record")
    for number, heading in enumerate(HEADINGS):
        table.add_column(heading, justify="left" if number == 1 else "right")
    for line in lines:
        table.add_row(*cells(line))
    return table


def markdown(lines: list[Line], rounds: dict[int, int]) -> str:
    """The table for a reader, with what it was measured on."""
    counted = ", ".join(f"{number} at {rows:,} rows" for rows, number in rounds.items())
    head = [
        "# What `make bench` measured last",
        "",
        f"{os.cpu_count()} cores, {memory_gib():.0f} GiB, {platform.system()} {platform.machine()},"
        f" Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in ("duckdb", "polars", "pandera", "prefect", "dlt"))
        + f". Rounds: {counted}. Seconds and ratios are medians, peaks are the highest.",
        "",
        "|" + "|".join(HEADINGS) + "|",
        "|--:|:--|" + "--:|" * (len(HEADINGS) - 2),
    ]
    return "\n".join([*head, *("|" + "|".join(cells(line)) + "|" for line in lines), ""])


def show_in_readme(readme: Path, results: str) -> None:
    """Put what was measured between the marks of the project's README, so that it shows no older figures."""
    measured = results.partition("\n\n")[2]
    marked = re.compile(r"(<!-- make bench -->\n).*?(<!-- end -->)", re.DOTALL)
    readme.write_text(marked.sub(lambda marks: f"{marks[1]}{measured}{marks[2]}", readme.read_text()))


def memory_gib() -> float:
    """The memory of this machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


if __name__ == "__main__":
    main()
