"""Pages as workbooks: each published table whole, one sheet a table, numbers as numbers and text as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tasks.report.formulas import FIRST_LINE, Sum, currency_sums, is_amount, statement_sums
from tasks.report.page import Page
from tasks.report.publication import health_line
from tasks.report.wording import long_day

# What a sheet of Excel can hold, less the header.
ROWS = 1_048_575
# More lines of sums than any company has currencies.
CURRENCIES = 200
# What a cell of Excel can hold.
CHARACTERS = 32_767
# Wide enough for a number of a document, and no wider than half a screen.
NARROWEST, WIDEST = 9, 60
# Enough rows to know how wide a column is.
ROWS_MEASURED = 200

FORMATS = {"money": "#,##0.00", "count": "#,##0", "percent": '0.00"%"', "date": "yyyy-mm-dd", "month": "mmm yyyy"}
"""How Excel shows a kind of number; a negative one has its minus."""


def workbook(page: Page) -> bytes:
    """The workbook of a page, the same bytes for the same page."""
    buffer = BytesIO()
    # Text stays text: a product called "=1+1" is no formula, an address no link, a number of a document no number.
    settings = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(buffer, settings) as book:
        created = datetime.combine(page.publication.as_of, time(), UTC).replace(tzinfo=None)
        title = f"{page.title} as of {long_day(page.publication.as_of)}"
        book.set_properties(
            {
                "title": title,
                "company": page.publication.company,
                "comments": f"publication {page.publication.publication_id}",
                "created": created,
            }
        )
        formats = {kind: book.add_format({"num_format": shown}) for kind, shown in FORMATS.items()}
        formats["sum"] = book.add_format({"num_format": FORMATS["money"], "bold": True, "top": 1})
        formats["header"] = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        formats["title"] = book.add_format({"bold": True, "font_size": 16})
        formats["name"] = book.add_format({"bold": True, "valign": "top"})
        formats["wrapped"] = book.add_format({"text_wrap": True, "valign": "top"})
        about(book.add_worksheet("about"), page, formats)
        for name, frame in page.sheets.items():
            worksheet = book.add_worksheet(name)
            sheet(worksheet, frame.drop(FIRST_LINE, strict=False), formats)
            if FIRST_LINE in frame.columns:
                write_sums(worksheet, statement_sums(frame), formats)
            if name in page.totalled and frame.height <= ROWS - CURRENCIES:
                write_totals(worksheet, frame, formats)
    return buffer.getvalue()


def about(worksheet: Worksheet, page: Page, formats: dict[str, Any]) -> None:
    """The first sheet: whose figures these are, as of when, how sound, and what each sheet is."""
    worksheet.set_column(0, 0, 30)
    worksheet.set_column(1, 1, 90)
    worksheet.hide_gridlines(2)
    worksheet.write_string(0, 0, f"{page.title} · {page.publication.company}", formats["title"])
    for row, (name, text) in enumerate(about_lines(page), start=2):
        worksheet.write_string(row, 0, name, formats["name"])
        worksheet.write_string(row, 1, text, formats["wrapped"])


def about_lines(page: Page) -> Iterator[tuple[str, str]]:
    """What the first sheet says, line by line."""
    publication = page.publication
    yield "As of", long_day(publication.as_of)
    yield "Publication", publication.publication_id
    for source in publication.sources:
        reach = f", data reach to {long_day(source.last_date)}" if source.last_date else ""
        yield "Source", f"{source.name}: {source.files_count:,} files, the last {source.last_file_name}{reach}"
    yield "Health of the data", health_line(publication.health)
    for warning in publication.health.warnings:
        yield "Warning of the audit", warning
    yield "Amounts", "Excel keeps 15 digits; the exact decimals stand in published/countinghouse.duckdb."
    for name, frame in page.sheets.items():
        cut = f", of which this sheet holds the first {ROWS:,}" if frame.height > ROWS else ""
        yield f"Sheet {name}", f"{frame.height:,} rows{cut}"


def sheet(worksheet: Worksheet, frame: pl.DataFrame, formats: dict[str, Any]) -> None:
    """One table: header frozen, columns as wide as what they hold."""
    kept = frame.head(ROWS)
    worksheet.freeze_panes(1, 0)
    worksheet.autofilter(0, 0, kept.height, max(kept.width - 1, 0))
    for place, (name, kind) in enumerate(kept.schema.items()):
        worksheet.write_string(0, place, name, formats["header"])
        shown = formats.get(number_kind(name, kind))
        worksheet.set_column(place, place, width(kept[name].head(ROWS_MEASURED), name), shown)
        for row, value in enumerate(kept[name], start=1):
            write(worksheet, row, place, value)


def write_sums(worksheet: Worksheet, sums: Iterable[Sum], formats: dict[str, Any]) -> None:
    """Formulas in place of the values that they come to."""
    for one in sums:
        worksheet.write_formula(one.row, one.place, f"={one.formula}", formats["sum"], float(one.value))


def write_totals(worksheet: Worksheet, frame: pl.DataFrame, formats: dict[str, Any]) -> None:
    """Below the table the sum of its amounts, a line for each currency."""
    place = frame.columns.index("currency_code")
    for code, sums in currency_sums(frame):
        worksheet.write_string(sums[0].row, 0, "sum", formats["name"])
        worksheet.write_string(sums[0].row, place, code, formats["name"])
        write_sums(worksheet, sums, formats)


def write(worksheet: Worksheet, row: int, place: int, value: Any) -> None:
    """One cell, by what the value is and never by what it looks like."""
    match value:
        case None:
            return
        case bool():
            worksheet.write_boolean(row, place, value)
        case int() | float() | Decimal():
            worksheet.write_number(row, place, float(value))
        case date():
            worksheet.write_datetime(row, place, value)
        case str():
            worksheet.write_string(row, place, value[:CHARACTERS])
        case _:
            worksheet.write_string(row, place, str(value)[:CHARACTERS])


def number_kind(name: str, kind: pl.DataType) -> str:
    """How a column is shown, from its type and the last word of its name."""
    if kind == pl.Date:
        return "month" if name == "month" else "date"
    if name.endswith("_pct"):
        return "percent"
    if is_amount(name, kind):
        return "money"
    return "count" if kind.is_integer() else "text"


def width(values: pl.Series, name: str) -> float:
    """How wide a column must be for its name and its values."""
    longest = max((len(f"{value:,.2f}" if isinstance(value, Decimal) else str(value)) for value in values), default=0)
    return min(max(longest + 2, len(name) * 0.75, NARROWEST), WIDEST)
