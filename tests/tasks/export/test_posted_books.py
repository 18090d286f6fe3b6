"""Books that the project itself posted from documents of every kind: others agree, and they come back as a source."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tasks.export import Export, export_ledger
from tasks.ingest import ingest_source
from tasks.source.checking import load_source
from tasks.store import open_store
from tests.tasks.export.ledgers import REQUEST
from tests.tasks.export.others import OTHERS
from tests.tasks.export.published import agree_with_the_published_statements, asked, publish
from tests.tasks.export.test_read_back_in import SOURCES, shown
from warehouse.home import Home
from warehouse.publication import Company

SMALL_COMPANY = Path(__file__).parents[2] / "schemas" / "tables" / "small_company.sql"
OWNER = Company("Small Ltd", "GBP")
DAY, NOON = date(2025, 3, 1), datetime(2025, 3, 1, 18, tzinfo=UTC)
CLOSING = "select account_code, closing_balance from finance.trial_balance"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The small company by which the contracts of the tables are tested, posted and published."""
    home = Home(tmp_path_factory.mktemp("company") / "home")
    with open_store(home) as connection:
        connection.execute(SMALL_COMPANY.read_text(encoding="utf-8"))
    return publish(home, OWNER, DAY, NOON)


@pytest.fixture
def exported(company: Home, tmp_path: Path) -> Callable[..., Export]:
    """Export the company's ledger."""
    return lambda form, *days: export_ledger(company, OWNER, form, tmp_path, REQUEST, *days)


def test_others_come_to_the_published_statements(other: str, company: Home, exported: Callable[..., Export]):
    found = OTHERS[other](exported(other).path, date(2025, 1, 1), DAY)
    agree_with_the_published_statements(found, company.published)


@pytest.mark.parametrize("form", SOURCES)
def test_they_come_back_as_a_source_with_the_same_trial_balance(
    form: str, company: Home, exported: Callable[..., Export], tmp_path: Path
):
    done = exported(form, date(1990, 1, 1))
    elsewhere = Home(tmp_path / "elsewhere")
    inbox = elsewhere.inbox / SOURCES[form]
    inbox.mkdir(parents=True)
    (inbox / done.path.name).write_bytes(done.path.read_bytes())
    source = shown(SOURCES[form], tmp_path)
    # These books are not kept by the plan comptable général; the chart that is shipped says what an account is.
    source.write_text(
        re.sub(r"^      account_type: lookup\('types', if\(CompteNum.*\n", "", source.read_text(), flags=re.MULTILINE)
    )
    ingestion = ingest_source(elsewhere, load_source(source), NOON)
    assert {load.record: load.rows_quarantined for load in ingestion.loads if load.rows_quarantined} == {}
    publish(elsewhere, OWNER, DAY, NOON)
    assert asked(elsewhere.published, CLOSING) == asked(company.published, CLOSING)
