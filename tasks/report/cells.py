"""Tables as cells: what stands in each, on which side, and how long its bar is; the same for HTML and PDF."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tasks.report.page import Column, Linked, Table
from tasks.report.wording import NUMERIC, written

# Short by nature: broken over two lines they are hard to read.
UNBROKEN = {"date", "month", "instant"}


@dataclass(frozen=True)
class Cell:
    """A cell as it is set."""

    text: str
    is_number: bool
    is_unbroken: bool
    bar_pct: float | None
    links: tuple[tuple[str, str], ...] = ()
    """The parts of the text that lead somewhere, each with its anchor."""
    rest: str = ""
    """What of the text stands behind them."""


def body(table: Table) -> list[list[Cell]]:
    """The rows of a table."""
    longest = [
        max_of(row[place] for row in table.rows) if column.has_bar else 0 for place, column in enumerate(table.columns)
    ]
    return [
        [cell(column, value, most) for column, value, most in zip(table.columns, row, longest, strict=True)]
        for row in table.rows
    ]


def foot(table: Table) -> list[Cell]:
    """The total of a table; a column that cannot be summed stays empty."""
    if table.total is None:
        return []
    label, *sums = table.total
    cells = [
        Cell("", False, False, None) if value is None or value == "" else cell(column, value, 0)
        for column, value in zip(table.columns[1:], sums, strict=True)
    ]
    return [Cell(str(label), False, False, None), *cells]


def cell(column: Column, value: Any, longest: Any) -> Cell:
    """One value as it is set; a negative bar is as long as a positive one."""
    if isinstance(value, Linked):
        text = ", ".join(part for part, _ in value.parts) + value.rest
        return Cell(text, column.kind in NUMERIC, column.kind in UNBROKEN, None, value.parts, value.rest)
    bar = round(float(100 * abs(value) / longest), 1) if longest and value is not None else None
    return Cell(written(column.kind, value), column.kind in NUMERIC, column.kind in UNBROKEN, bar)


def max_of(values: Iterable[Any]) -> Any:
    """The largest size among the values that are there."""
    return max((abs(value) for value in values if value is not None), default=0)
