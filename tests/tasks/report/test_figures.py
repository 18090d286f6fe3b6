"""The figures of the pages against plain SQL over the published file."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tasks.report import PACKS, make_page, open_as_of
from tasks.report.page import Page, Table
from tasks.report.wording import amount
from warehouse.connection import connect
from warehouse.home import Home

AS_OF = date(2025, 12, 31)
CURRENCIES = ["EUR", "GBP"]


@pytest.fixture(scope="module")
def pages(home: Home) -> dict[str, Page]:
    with open_as_of(home, AS_OF) as (figures, publication):
        return {name: make_page(pack, figures, publication) for name, pack in PACKS.items()}


@pytest.fixture(scope="module")
def ask(home: Home):
    with connect(home.published, read_only=True) as connection:
        yield lambda query: connection.execute(query).fetchall()


def table(page: Page, caption: str) -> Table:
    (found,) = [table for section in page.sections for table in section.tables if table.caption == caption]
    return found


def tile(page: Page, label: str) -> tuple[str, ...]:
    (found,) = [tile.values for tile in page.tiles if tile.label == label]
    return found


def column_sum(of: Table, place: int) -> Any:
    return sum(row[place] for row in of.rows)


@pytest.mark.parametrize("code", CURRENCIES)
def test_the_sales_ledger_is_the_sum_of_the_invoices(pages, ask, code):
    ledger = table(pages["finance"], f"Sales ledger by month, {code}")
    ((count, net, tax),) = ask(
        f"select count(*), sum(net_amount), sum(tax_amount) from record.invoices where currency_code = '{code}'"
    )
    assert ledger.total[1] == count
    assert ledger.total[4:6] == (net, tax)
    assert column_sum(ledger, 4) == net


@pytest.mark.parametrize("code", CURRENCIES)
def test_what_is_open_is_what_was_invoiced_less_what_was_paid(pages, ask, code):
    buckets = table(pages["finance"], f"By days overdue, {code}")
    ((invoiced,),) = ask(f"select sum(gross_amount) from record.invoices where currency_code = '{code}'")
    ((paid,),) = ask(f"select sum(amount) from record.payments where currency_code = '{code}'")
    assert buckets.total[2] == column_sum(buckets, 2) == invoiced - paid


def test_the_receivables_tile_names_each_currency_alone(pages, ask):
    rows = ask(
        "select currency_code, sum(open_amount) from finance.receivables_ageing group by all order by currency_code"
    )
    assert sorted(tile(pages["finance"], "Receivables open")) == [amount(*row) for row in rows]


@pytest.mark.parametrize("code", CURRENCIES)
def test_cash_received_is_the_sum_of_the_payments(pages, ask, code):
    cash = table(pages["finance"], f"Cash received by month, {code}")
    ((paid,),) = ask(f"select sum(amount) from record.payments where currency_code = '{code}' and direction = 'in'")
    assert cash.total[4] == paid
    assert cash.note.endswith("earlier months in the workbook.")


@pytest.mark.parametrize("code", CURRENCIES)
def test_the_gross_margin_keeps_its_identity(pages, code):
    lines = [row[2] for row in table(pages["finance"], f"Gross margin, {code}").rows]
    assert len(lines) == 6
    assert lines[0] + lines[1] == lines[2]
    assert lines[2] + lines[3] == lines[4] + lines[5]


@pytest.mark.parametrize("code", CURRENCIES)
@pytest.mark.parametrize("caption", ["Sales by month", "Sales by country", "Largest customers"])
def test_every_view_of_sales_has_the_total_of_the_lines(pages, ask, code, caption):
    ((net,),) = ask(f"select sum(net_amount) from record.sales_lines where currency_code = '{code}'")
    assert table(pages["sales"], f"{caption}, {code}").total[-1] == net


def test_net_sales_of_the_year_are_those_of_its_lines(pages, ask):
    rows = ask(
        """
        select currency_code, sum(net_amount) from record.sales_lines
        where year(document_date) = 2025 group by all order by currency_code
        """
    )
    assert sorted(tile(pages["sales"], "Net sales 2025")) == [amount(*row) for row in rows]


@pytest.mark.parametrize("code", CURRENCIES)
def test_best_sellers_are_those_of_the_lines(pages, ask, code):
    best = table(pages["sales"], f"Best sellers, {code}")
    ((most,),) = ask(
        f"""
        select max(net) from (
            select sum(net_amount) as net from record.sales_lines where currency_code = '{code}' group by product_id
        )
        """
    )
    assert best.rows[0][4] == most
    assert [row[4] for row in best.rows] == sorted((row[4] for row in best.rows), reverse=True)


@pytest.mark.parametrize("code", CURRENCIES)
def test_what_came_back_is_what_was_credited(pages, ask, code):
    back = table(pages["sales"], f"Cancellations and returns by month, {code}")
    ((credited,),) = ask(
        f"""
        select sum(net_amount) from record.sales_lines
        where currency_code = '{code}' and document_type = 'credit_note'
        """
    )
    assert column_sum(back, 5) == credited < 0


def test_the_weekly_mean_is_the_mean_of_seven_days(pages):
    charts = [chart for section in pages["sales"].sections if section.anchor == "days" for chart in section.charts]
    assert [chart.title for chart in charts] == [
        f"Net sales a day, {code}, {year}" for code in CURRENCIES for year in (2024, 2025)
    ]


def test_every_row_extracted_is_somewhere(pages):
    total = table(pages["compliance"], "Where every row ended").total
    assert total[2] == sum(total[3:]) == 2279


def test_quarantine_is_counted_by_reason(pages):
    reasons = table(pages["compliance"], "Quarantine by reason")
    assert {(row[2], row[3]) for row in reasons.rows} == {("unit_price_amount:cast", 2), ("note:required", 2)}
    assert tile(pages["compliance"], "Rows in quarantine") == ("2",)


def test_every_missing_document_number_is_found(pages):
    gaps = table(pages["compliance"], "Gaps in document numbers")
    assert {(row[1], row[2], row[3]) for row in gaps.rows} == {
        (f"INV{number - 1}", f"INV{number + 1}", 1) for number in range(50, 720, 100)
    }


def test_deliveries_are_told_apart(pages):
    again = table(pages["compliance"], "Files delivered again")
    refused = table(pages["compliance"], "Files that could not be read")
    assert [row[1] for row in again.rows] == ["copy.csv"]
    assert [(row[1], row[2]) for row in refused.rows] == [("file_3.csv", "the file is cut off")]


def test_the_audit_is_that_of_this_publication(pages):
    assert [row[:5] for row in table(pages["compliance"], "Audit by table").rows] == [("sales.daily_sales", 2, 1, 1, 0)]


def test_a_long_table_says_how_much_more_there_is_and_where(pages, ask):
    items = table(pages["finance"], "Largest open documents, EUR")
    ((count,),) = ask("select count(*) from finance.receivables_ageing where currency_code = 'EUR'")
    assert items.note == f"… and {count - len(items.rows)} more; all in the workbook."
    assert re.match(r"INV\d+", items.rows[0][0])
    assert items.rows[0][4] >= items.rows[-1][4] > Decimal(0)


def test_headlines_tell_of_the_last_year_there_is_when_the_data_end_before(late_home: Home):
    with open_as_of(late_home, date(2027, 3, 31)) as (figures, publication):
        tiles = {
            tile.label: tile
            for pack in ("finance", "sales")
            for tile in (one(figures, publication) for one in PACKS[pack].tiles)
        }
    assert {"Net revenue 2025", "Gross profit 2025", "Receivables open", "Net sales 2025"} <= set(tiles)
    assert tiles["Cash received Dec 2025"].values == ("none",)
    assert tiles["Customers 2025"].values == ("40",)
