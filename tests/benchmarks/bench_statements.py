"""How long the statements take over a ledger, beside hledger's on the largest that it finishes in two minutes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from process import measure

OURS = "the statements, from the ledger"
HLEDGER = "hledger: trial balance, balance sheet, income statement, cash flow"
FIRST_JOURNAL = 125_000
"""Lines of the first journal that hledger is given; each next one is twice as long."""

HEADINGS = ("ledger lines", "step", "seconds", "lines a second", "peak MiB")


@dataclass(frozen=True)
class Told:
    """One line of the table."""

    lines: int
    step: str
    seconds: float
    peak_mib: float


def play_statements(
    sizes: list[int], folder: Path | None, environment: dict[str, str], say: Callable[[str], None]
) -> Iterator[Told]:
    """Measure ours at each size, then hledger on ever longer journals until two minutes are not enough."""
    with tempfile.TemporaryDirectory(prefix="countinghouse-bench-", dir=folder) as name:
        for size in sizes:
            file = Path(name) / f"{size}.duckdb"
            measured = measure("statements.py", file, str(size), environment=environment)
            file.unlink()
            yield Told(measured.answer["lines"], OURS, measured.seconds, measured.peak_mib)
        size, told = FIRST_JOURNAL, None
        while True:
            measured = measure("with_hledger.py", Path(name) / f"{size}.duckdb", str(size), environment=environment)
            if measured.answer["seconds"] is None:
                say(f"{size:,} lines: {HLEDGER}: {measured.answer['why']}")
                break
            told = Told(measured.answer["lines"], HLEDGER, measured.seconds, measured.peak_mib)
            size *= 2
        if told:
            yield told


def statements_markdown(told: list[Told]) -> str:
    """The table for a reader."""
    head = ["|" + "|".join(HEADINGS) + "|", "|--:|:--|--:|--:|--:|"]
    rows = [
        f"|{one.lines:,}|{one.step}|{one.seconds:.2f}|{one.lines / one.seconds:,.0f}|{one.peak_mib:,.0f}|"
        for one in told
    ]
    return "\n".join([*head, *rows, ""])
