"""The simulated company, posted and published by the project itself: others come to its statements, to the cent."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.build import build_warehouse, load_company
from tasks.export import Export, export_ledger
from tasks.ingest import ingest_source
from tasks.post import post_documents
from tasks.simulate import simulate
from tasks.source import chosen
from tasks.source.checking import load_source
from tests.tasks.export.ledgers import REQUEST
from tests.tasks.export.others import Statements
from tests.tasks.export.test_others_agree import OTHERS, other
from tests.tasks.export.test_read_back_in import SOURCES, shown
from warehouse.connection import connect
from warehouse.home import Home

__all__ = ["other"]

LINES = 2_000
"""Enough for a document of every kind; what a book does not hold by the thousand, its statements do not need."""

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def publish(home: Home) -> Home:
    """Post what was ingested and put the built tables where they are read; the audit is not this test's."""
    post_documents(home, load_company(), YEAR[1], NOON)
    building = build_warehouse(home, YEAR[1], load_company())
    assert building is not None
    os.replace(building.path, home.published)
    return home


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The simulated company at the end of its second year."""
    home = Home(tmp_path_factory.mktemp("company"))
    simulate(home, lines_count=LINES)
    for source in chosen(["mail_order_*"]):
        ingest_source(home, source, NOON)
    return publish(home)


@pytest.fixture
def exported(company: Home, tmp_path: Path) -> Callable[..., Export]:
    """Export the company's ledger."""
    return lambda form, *days: export_ledger(company, load_company(), form, tmp_path, REQUEST, *days)


def asked(home: Home, query: str) -> dict[str, Decimal]:
    with connect(home.published, read_only=True) as connection:
        return {code: amount for code, amount in connection.execute(query).fetchall() if amount}


def statements(home: Home) -> Statements:
    """What the published tables say, debit positive."""
    of_result = "account_class in ('income', 'expense')"
    accounts = "from finance.trial_balance inner join core.accounts using (account_code)"
    return Statements(
        asked(home, f"select account_code, closing_balance {accounts}"),
        asked(home, f"select account_code, debit_amount - credit_amount {accounts} where {of_result}"),
        asked(home, f"select account_code, closing_balance {accounts} where not {of_result}"),
    )


def test_they_come_to_the_published_statements(other: str, company: Home, exported: Callable[..., Export]):
    found = OTHERS[other](exported(other).path, *YEAR)
    assert found == statements(company)
    lines = asked(company, "select line, amount from finance.income_statement where is_total")
    assert -sum(found.income_statement.values()) in lines.values()
    totals = asked(company, "select line, amount from finance.balance_sheet where is_total")
    with connect(company.published, read_only=True) as connection:
        query = "select account_code from core.accounts where account_class = 'asset'"
        assets = {code for (code,) in connection.execute(query).fetchall()}
    assert sum(amount for code, amount in found.balance_sheet.items() if code in assets) in totals.values()


@pytest.mark.parametrize("form", SOURCES)
def test_it_comes_back_as_a_source_with_the_same_trial_balance(
    form: str, company: Home, exported: Callable[..., Export], tmp_path: Path
):
    done = exported(form, date(2024, 1, 1))
    elsewhere = Home(tmp_path / "elsewhere")
    inbox = elsewhere.inbox / SOURCES[form]
    inbox.mkdir(parents=True)
    (inbox / done.path.name).write_bytes(done.path.read_bytes())
    ingestion = ingest_source(elsewhere, load_source(shown(SOURCES[form], tmp_path)), NOON)
    assert {load.record: load.rows_quarantined for load in ingestion.loads if load.rows_quarantined} == {}
    publish(elsewhere)
    closing = "select account_code, closing_balance from finance.trial_balance"
    assert asked(elsewhere, closing) == asked(company, closing)
