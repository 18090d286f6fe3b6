"""Proves that the macros of a published file tell the statements of any day, period and comparison."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from tasks.store import stored_records
from warehouse.build import make_models, set_variables
from warehouse.connection import Connection, connect
from warehouse.macros import MACROS, make_macros
from warehouse.models import read_models
from warehouse.publication import Company
from warehouse.tables import create_tables

AS_OF = date(2025, 6, 30)
FIRM = Company("Corner shop", "EUR", financial_year_end="03-31")

ENTRIES = """
    insert into store.ledger_lines by name
    select
        entries.entry_no, 'journal/' || entries.entry_no as entry_id, lines.line_no, entries.entry_date,
        'general' as journal, 'journal' as document_kind, 'J' as document_id,
        if(lines.line_no = 1, entries.debit, entries.credit) as account_code,
        if(lines.line_no = 1, 1, -1) * entries.amount as amount, 'EUR' as currency_code, amount as currency_amount,
        'line' as leg, timestamptz '2025-07-01 00:00:00+00' as recorded_at
    from (values
        (1, date '2024-02-01', '1000', '3000', 1000),
        (2, date '2024-05-10', '1000', '4000', 100),
        (3, date '2025-03-31', '6100', '1000', 30),
        (4, date '2025-04-01', '1000', '4000', 200),
        (5, date '2025-06-30', '6100', '1000', 50)
    ) as entries (entry_no, entry_date, debit, credit, amount)
    cross join (values (1), (2)) as lines (line_no)
"""
INVOICE = """
    insert into store.invoices by name
    select 'receivable' as direction, 'R1' as document_id, 'invoice' as document_type, 'anna' as party_id,
        date '2025-05-02' as document_date, date '2025-05-16' as due_date, 'EUR' as currency_code,
        10 as net_amount, 0 as tax_amount, 10 as gross_amount, 1 as _row, 1 as _batch
"""
BATCH = """
    insert into operations.batches by name
    select 1 as batch_no, 'books-aa' as batch_id, 'books' as source, 'loaded' as status, 'm' as mapping,
        timestamptz '2025-05-03 00:00:00+00' as recorded_at
"""


@pytest.fixture(scope="module")
def published() -> Iterator[Connection]:
    with connect(None, threads=1) as connection:
        create_tables(connection, stored_records())
        for rows in (ENTRIES, BATCH, INVOICE):
            connection.execute(rows)
        set_variables(connection, AS_OF, FIRM, "0123456789ab")
        models = read_models()
        make_models(connection, models)
        make_macros(connection, models, FIRM.financial_year_start(AS_OF))
        # Readers have no variables.
        for name in ("as_of_date", "financial_year_start", "reporting_currency", "ageing_days"):
            connection.execute(f"reset variable {name}")
        yield connection


def ask(connection: Connection, query: str) -> list[tuple]:
    return connection.execute(query).fetchall()


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.name)
def test_on_the_day_of_the_publication_a_macro_tells_its_table(published: Connection, macro):
    days = "'2025-04-01', '2025-06-30'" if "between" in macro.name else "'2025-06-30'"
    told, table = (ask(published, f"from {name} order by all") for name in (f"{macro.name}({days})", macro.model))
    assert told == table
    assert told or macro.model == "finance.payables_ageing"


def test_a_trial_balance_of_another_day_begins_with_the_financial_year_of_that_day(published: Connection):
    columns = "account_code, opening_balance, debit_amount, credit_amount, closing_balance"
    assert ask(published, f"select {columns} from finance.trial_balance_at('2025-03-31') order by 1") == [
        ("1000", 1000, 100, 30, 1070), ("3000", -1000, 0, 0, -1000), ("4000", 0, 0, 100, -100), ("6100", 0, 30, 0, 30),
    ]  # fmt: skip
    assert ask(published, f"select {columns} from finance.trial_balance_at('2025-03-31', '2025-01-01') limit 1") == [
        ("1000", 1100, 0, 30, 1070)
    ]


def test_an_income_statement_of_any_period_is_compared_with_any_other(published: Connection):
    called = "finance.income_statement_between('2024-04-01', '2025-03-31', '2025-04-01', '2025-06-30')"
    lines = ask(published, f"select line, amount, comparison_amount from {called} where not is_total")
    assert sorted(lines) == [("premises", -30, -50), ("revenue", 100, 200)]
    ((profit, period, comparison),) = ask(
        published, f"select amount, period, comparison_period from {called} where line = 'profit for the period'"
    )
    assert (profit, period, comparison) == (70, "2024-04-01 to 2025-03-31", "2025-04-01 to 2025-06-30")


def test_a_balance_sheet_retains_what_was_earned_before_the_financial_year_of_its_day(published: Connection):
    rows = ask(
        published,
        "select line, amount, comparison_amount "
        "from finance.balance_sheet_at('2025-04-30', compared_on := '2025-03-31')",
    )
    lines = {line: (amount, compared) for line, amount, compared in rows}
    assert lines["retained earnings"] == (70, 0)
    assert lines["profit for the year"] == (200, 70)
    assert lines["total assets"] == lines["total equity and liabilities"] == (1270, 1070)


def test_a_cash_flow_of_a_month_ends_with_what_was_held(published: Connection):
    rows = ask(published, "select method, line, amount from finance.cash_flow_between('2025-06-01', '2025-06-30')")
    held = {(method, line): amount for method, line, amount in rows}
    for method in ("direct", "indirect"):
        assert held[method, "cash at the beginning"] == 1270
        assert held[method, "change in cash"] == -50
        assert held[method, "cash at the end"] == 1220


def test_a_statement_of_another_period_leads_to_its_entries(published: Connection):
    rows = ask(
        published,
        """
        select entry_no, amount from finance.statement_entries_between('2024-04-01', '2025-03-31')
        where statement = 'income statement' and compared_as = 'period' order by entry_no
        """,
    )
    assert rows == [(2, 100), (3, -30)]


def test_an_ageing_of_another_day_knows_nothing_of_later_days(published: Connection):
    query = "select document_id, open_amount, bucket from finance.receivables_ageing_at('{}')"
    assert ask(published, query.format("2025-05-01")) == []
    assert ask(published, query.format("2025-05-16")) == [("R1", Decimal(10), "not due")]
    assert ask(published, query.format("2025-05-20")) == [("R1", Decimal(10), "1-30")]
