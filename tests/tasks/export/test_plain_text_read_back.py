"""What is exported for hledger and beancount comes back to the same balances, by the mappings that are shown."""

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tasks.export import Export, export_ledger
from tasks.export.account_names import beancount_code, hledger_code
from tasks.ingest import ingest_source
from tasks.source.checking import load_source
from tests.tasks.export.ledgers import OWNER, REQUEST, Ledger
from tests.tasks.export.others import expected
from tests.tasks.export.strategies import ledgers
from tests.tasks.export.test_read_back_in import quarantined, rows, shown
from tests.tasks.extract.conftest import read_file
from tests.tasks.extract.formats.journals import said
from warehouse.home import Home

WHOLE = (date(2024, 1, 1), date(2025, 12, 31))
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
CODES = {"hledger": hledger_code, "beancount": beancount_code}

BALANCES = "select account_code, sum(amount) from record.journal_lines group by account_code having sum(amount) <> 0"
UNBALANCED = "select journal_id from record.journal_lines group by journal_id having sum(amount) <> 0"


@pytest.fixture(params=CODES)
def form(request: pytest.FixtureRequest) -> str:
    """The program for which the books are written."""
    return request.param


@pytest.fixture
def read_in(tmp_path: Path) -> Callable[[str, Path], Home]:
    """Deliver a file to a new home, as the source that the page shows."""

    def deliver(form: str, path: Path) -> Home:
        name = f"{form}_books"
        home = Home(tmp_path / "elsewhere")
        inbox = home.inbox / name
        inbox.mkdir(parents=True)
        (inbox / path.name).write_bytes(path.read_bytes())
        done = ingest_source(home, load_source(shown(name, tmp_path)), NOON)
        assert not done.refused
        assert sum(load.rows_quarantined for load in done.loads) == 0, quarantined(home)
        return home

    return deliver


@pytest.mark.parametrize("period", [WHOLE, YEAR], ids=["whole", "a year"])
def test_the_shown_mapping_comes_to_the_same_balances(
    form: str, period: tuple[date, date], ledger: Ledger, export: Callable[..., Export],
    read_in: Callable[[str, Path], Home],
):  # fmt: skip
    home = read_in(form, export(ledger, form, *period).path)
    assert rows(home, UNBALANCED) == []
    assert dict(rows(home, BALANCES)) == expected(ledger, *period).balances


def test_documents_parties_and_other_currencies_come_back(
    form: str, ledger: Ledger, export: Callable[..., Export], read_in: Callable[[str, Path], Home]
):
    home = read_in(form, export(ledger, form, *WHOLE).path)
    (line,) = rows(
        home,
        """
        select entry_date, amount, currency_code, currency_amount, party_id, document_id
        from record.journal_lines where account_code = '411000' and document_id = 'INV-2' and amount > 0
        """,
    )
    assert line == (date(2025, 2, 1), Decimal("92.59"), "USD", Decimal(100), "=C2", "INV-2")
    codes = {code for (code,) in rows(home, "select account_code from record.accounts")}
    assert codes == {line.account_code for _, _, _, lines in ledger.entries for line in lines}


@given(ledger=ledgers())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_books_come_back_whatever_is_written_in_them(form: str, ledger: Ledger):
    first, last = min(day for day, *_ in ledger.entries), date(2026, 1, 1)
    with tempfile.TemporaryDirectory() as folder:
        home = ledger.publish(Path(folder) / "home")
        done = export_ledger(home, OWNER, form, Path(folder), REQUEST, first)
        balances: dict[str, Decimal] = {}
        for row in said(read_file(done.path, format=form)):
            if row["part"] == "posting":
                code = CODES[form](row["account"])
                balances[code] = balances.get(code, Decimal(0)) + Decimal(row["amount"])
    assert {code: amount for code, amount in balances.items() if amount} == expected(ledger, first, last).balances
