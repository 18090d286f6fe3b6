"""The sums of a workbook as formulas, so that they follow what a reader changes in the cells above them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import polars as pl
from xlsxwriter.utility import xl_range

FIRST_LINE = "first_line_no"
"""The column of a statement that says from which line a total adds up; it is not shown."""

HEADER_ROWS = 1


@dataclass(frozen=True)
class Sum:
    """A cell that adds up others: where it stands, the formula, and what it comes to."""

    row: int
    place: int
    formula: str
    value: Decimal


def statement_sums(frame: pl.DataFrame) -> Iterator[Sum]:
    """The totals of a statement, each over the lines from its first that are no totals themselves."""
    shown = frame.drop(FIRST_LINE)
    is_total = shown.columns.index("is_total")
    for row, line in enumerate(frame.iter_rows(named=True), start=HEADER_ROWS):
        if line["is_total"] and line[FIRST_LINE] < line["line_no"]:
            rows = (line[FIRST_LINE] - 1 + HEADER_ROWS, row - 1)
            for place in amount_places(shown):
                formula = f"SUMIFS({column(rows, place)},{column(rows, is_total)},FALSE)"
                yield Sum(row, place, formula, line[shown.columns[place]])


def currency_sums(frame: pl.DataFrame) -> Iterator[tuple[str, list[Sum]]]:
    """For each currency of a table the sums of its amounts, to stand below it after an empty row."""
    if frame.is_empty():
        return
    rows = (HEADER_ROWS, frame.height)
    codes = column(rows, frame.columns.index("currency_code"))
    for row, code in enumerate(sorted(frame["currency_code"].unique()), start=frame.height + 1 + HEADER_ROWS):
        of_code = frame.filter(pl.col("currency_code") == code)
        sums = [
            Sum(row, place, f'SUMIFS({column(rows, place)},{codes},"{code}")', total(of_code[frame.columns[place]]))
            for place in amount_places(frame)
        ]
        yield code, sums


def total(amounts: pl.Series) -> Decimal:
    """The sum of amounts; nothing where there are none."""
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def amount_places(frame: pl.DataFrame) -> list[int]:
    """Which columns hold amounts of money."""
    return [place for place, (name, kind) in enumerate(frame.schema.items()) if is_amount(name, kind)]


def is_amount(name: str, kind: pl.DataType) -> bool:
    """Whether a column holds amounts of money."""
    return isinstance(kind, pl.Decimal) and not name.endswith("_pct")


def column(rows: tuple[int, int], place: int) -> str:
    """The cells of a column, as a formula names them."""
    return xl_range(rows[0], place, rows[1], place)
