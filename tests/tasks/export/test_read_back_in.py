"""What is exported comes back: an FEC or SAF-T file is a source of another home, with the same balances to the cent."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.export import Export
from tasks.ingest import ingest_source
from tasks.source.checking import load_source
from tests.tasks.export.ledgers import Ledger
from tests.tasks.export.others import expected
from warehouse.connection import connect
from warehouse.home import Home

ROOT = Path(__file__).parents[3]
SOURCES = {"fec": "french_books", "saft": "norwegian_books"}
WHOLE = (date(2024, 1, 1), date(2025, 12, 31))
NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)


def shown(name: str, folder: Path) -> Path:
    """The source file that sources/README.md shows."""
    page = (ROOT / "sources" / "README.md").read_text()
    block = next(b for b in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if b.startswith(f"source: {name}\n"))
    (folder / f"{name}.yml").write_text(block)
    return folder / f"{name}.yml"


@pytest.fixture(params=SOURCES)
def form(request: pytest.FixtureRequest) -> str:
    """The format of an audit file."""
    return request.param


@pytest.fixture
def read_in(tmp_path: Path) -> Callable[[str, Path], Home]:
    """Deliver a file to a new home, as the source that the page shows."""

    def deliver(form: str, path: Path) -> Home:
        home = Home(tmp_path / "elsewhere")
        inbox = home.inbox / SOURCES[form]
        inbox.mkdir(parents=True)
        (inbox / path.name).write_bytes(path.read_bytes())
        done = ingest_source(home, load_source(shown(SOURCES[form], tmp_path)), NOON)
        assert not done.refused
        assert sum(load.rows_quarantined for load in done.loads) == 0, quarantined(home)
        return home

    return deliver


def quarantined(home: Home) -> list[tuple]:
    with connect(home.warehouse, read_only=True) as connection:
        return connection.execute("select record, row, reasons, raw from operations.quarantine").fetchall()


def rows(home: Home, query: str) -> list[tuple]:
    with connect(home.warehouse, read_only=True) as connection:
        return connection.execute(query).fetchall()


BALANCES = "select account_code, sum(amount) from record.journal_lines group by account_code having sum(amount) <> 0"
UNBALANCED = "select journal_id, sum(amount) from record.journal_lines group by journal_id having sum(amount) <> 0"


def balances(home: Home) -> dict[str, Decimal]:
    assert rows(home, UNBALANCED) == []
    return dict(rows(home, BALANCES))


def test_the_whole_ledger_comes_to_the_same_balances(
    form: str, ledger: Ledger, export: Callable[..., Export], read_in: Callable[[str, Path], Home]
):
    home = read_in(form, export(ledger, form, *WHOLE).path)
    assert balances(home) == expected(ledger, *WHOLE).balances
    entries = "select count(distinct journal_id), count(*) from record.journal_lines"
    assert rows(home, entries) == [(7, 16)]


def test_a_year_comes_to_the_same_with_earlier_results_in_equity(
    form: str, ledger: Ledger, export: Callable[..., Export], read_in: Callable[[str, Path], Home]
):
    year = (date(2025, 1, 1), date(2025, 12, 31))
    home = read_in(form, export(ledger, form, *year).path)
    said = expected(ledger, *year)
    earlier = sum(said.balance_sheet.values()) + sum(said.income_statement.values())
    assert balances(home) == said.balance_sheet | said.income_statement | {"119000": -earlier}


def test_documents_parties_and_other_currencies_come_back(
    form: str, ledger: Ledger, export: Callable[..., Export], read_in: Callable[[str, Path], Home]
):
    home = read_in(form, export(ledger, form, *WHOLE).path)
    (line,) = rows(
        home,
        """
        select entry_date, amount, currency_code, currency_amount, party_id, document_id, description
        from record.journal_lines where account_code = '411000' and document_id = 'INV-2' and amount > 0
        """,
    )
    assert line == (date(2025, 2, 1), Decimal("92.59"), "USD", Decimal(100), "=C2", "INV-2", "+foreign")


def test_saft_brings_accounts_customers_and_suppliers(
    ledger: Ledger, export: Callable[..., Export], read_in: Callable[[str, Path], Home]
):
    home = read_in("saft", export(ledger, "saft", *WHOLE).path)
    types = dict(rows(home, "select account_code, account_type from record.accounts"))
    # Norway's business statement has input tax among the liabilities.
    assert types == {code: ledger.accounts[code][1] for code in types} | {"445660": "current_liability"}
    assert rows(home, "select customer_id, customer_name from record.customers order by all") == [
        ("=C2", "=cmd|'/C calc'!A0"),
        ("C1", 'Anna; "Berg"'),
    ]
    assert rows(home, "select supplier_id, supplier_name from record.suppliers") == [("S1", "Sœurs & Cie <SARL>")]
