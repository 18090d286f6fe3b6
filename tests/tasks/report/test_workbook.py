"""Workbooks: numbers as numbers, text as text whatever it begins with, and nothing that should stay behind."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import ascii_uppercase

import fastexcel
import polars as pl
import pytest

from tasks.report import PACKS, make_page, open_as_of
from tasks.report.workbook import ROWS, about_lines
from warehouse.connection import connect
from warehouse.home import Home

AS_OF = date(2025, 12, 31)


@pytest.fixture(scope="module")
def books(reported: Path) -> dict[str, Path]:
    """Where the workbooks are."""
    return {pack: reported / f"{pack}.xlsx" for pack in PACKS}


def parts(book: Path) -> dict[str, str]:
    with zipfile.ZipFile(book) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("pack", PACKS)
def test_no_cell_is_a_link_or_a_formula_but_the_sums(books: dict[str, Path], pack: str):
    sheets = {name: text for name, text in parts(books[pack]).items() if "worksheets/" in name}
    assert len(sheets) > 5
    assert not any("hyperlink" in text for text in sheets.values())
    formulas = [formula for text in sheets.values() for formula in re.findall(r"<f[ >].*?</f>", text)]
    assert all(
        re.fullmatch(r'<f>SUMIFS\([A-Z]+\d+(:[A-Z]+\d+)?,[A-Z]+\d+(:[A-Z]+\d+)?,(FALSE|"[A-Z]{3}")\)</f>', f)
        for f in formulas
    )
    assert bool(formulas) == (pack == "finance")


def formulas_of(book: Path, sheet: str) -> dict[tuple[str, int], str]:
    """The formulas of a sheet by column and row."""
    place = fastexcel.read_excel(book).sheet_names.index(sheet) + 1
    found = re.findall(r'<c r="([A-Z]+)(\d+)"[^>]*><f>(.*?)</f>', parts(book)[f"xl/worksheets/sheet{place}.xml"])
    return {(column, int(row)): formula for column, row, formula in found}


def test_the_totals_of_a_statement_add_up_its_lines(books: dict[str, Path], home: Home):
    """Worked out from the cells, as a spreadsheet does, each total comes to what was published."""
    lines = pl.read_excel(books["finance"], sheet_name="balance_sheet")
    letter = ascii_uppercase[lines.columns.index("amount")]
    worked_out = {}
    for (column, row), formula in formulas_of(books["finance"], "balance_sheet").items():
        if column == letter:
            first, *last = (int(number) for number in re.findall(rf"{letter}(\d+)", formula))
            added = lines[first - 2 : last[0] - 1 if last else first - 1].filter(~pl.col("is_total"))
            worked_out[lines["line"][row - 2]] = Decimal(str(round(added["amount"].sum(), 4)))
    with connect(home.published, read_only=True) as connection:
        published = dict(connection.execute("select line, amount from finance.balance_sheet where is_total").fetchall())
    assert worked_out["total assets"] > 0
    assert worked_out == {line: published[line] for line in worked_out}


def test_the_trial_balance_ends_in_its_sums(books: dict[str, Path]):
    accounts = pl.read_excel(books["finance"], sheet_name="trial_balance")
    formulas = formulas_of(books["finance"], "trial_balance")
    # The empty row before the sums is not read.
    last, below = accounts.height, accounts.height + 2
    assert {row for _, row in formulas} == {below}
    assert formulas["F", below] == f'SUMIFS(F2:F{last},I2:I{last},"EUR")'


def test_text_that_looks_like_a_formula_is_kept_as_it_is(books: dict[str, Path]):
    names = pl.read_excel(books["sales"], sheet_name="product_sales")["product_name"].to_list()
    assert {"=1+1", "-5 degrees", "@sum", '<script>alert("1")</script>'} <= set(names)


@pytest.mark.parametrize(
    ("pack", "sheet", "column"),
    [
        ("finance", "receivables_ageing", "open_amount"),
        ("finance", "cash_received", "net_amount"),
        ("sales", "customer_sales", "net_amount"),
        ("sales", "daily_sales", "net_amount"),
    ],
)
def test_a_sheet_is_the_whole_table(books: dict[str, Path], home: Home, pack: str, sheet: str, column: str):
    there = pl.read_excel(books[pack], sheet_name=sheet)
    with connect(home.published, read_only=True) as connection:
        wanted = connection.execute(f"select count(*), sum({column}) from {pack}.{sheet}").fetchone()
    assert wanted is not None
    assert there.height == wanted[0] > 0
    assert Decimal(str(round(there[column].sum(), 4))) == wanted[1]


@pytest.mark.parametrize("pack", PACKS)
def test_personal_data_and_clocks_stay_behind(books: dict[str, Path], pack: str):
    everything = "".join(parts(books[pack]).values())
    for secret in ("Person Number", "Eve Secret", "sample_reason", "loaded_at", "recorded_at"):
        assert secret not in everything
    if pack == "sales":
        assert "customer_id" in everything
        assert "customer_name" not in everything


def test_the_header_stays_in_sight_and_dates_are_dates(books: dict[str, Path]):
    text = parts(books["sales"])["xl/worksheets/sheet3.xml"]
    assert 'state="frozen"' in text
    days = pl.read_excel(books["sales"], sheet_name="daily_sales")["document_date"]
    assert days.dtype == pl.Date
    assert days.max() == date(2025, 12, 22)


def test_the_book_was_made_on_its_as_of_day(books: dict[str, Path]):
    created = re.findall(r"<dcterms:\w+[^>]*>([^<]+)<", parts(books["finance"])["docProps/core.xml"])
    assert created == ["2025-12-31T00:00:00Z"] * 2


def test_a_table_longer_than_a_sheet_says_so(page_of_many_rows):
    lines = dict(about_lines(page_of_many_rows))
    assert lines["Sheet long"] == f"1,048,576 rows, of which this sheet holds the first {ROWS:,}"


@pytest.fixture
def page_of_many_rows(home: Home):
    """A page with one row more than a sheet can hold."""
    with open_as_of(home, AS_OF) as (figures, publication):
        page = make_page(PACKS["compliance"], figures, publication)
    return replace(page, sheets={"long": pl.select(row=pl.int_range(ROWS + 1))})
