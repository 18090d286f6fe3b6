"""The books as known on an earlier day, as a flow: the publication and the reports of that day, beside those of now."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.as_known import AsKnown, as_known
from flows.business_day import BusinessDay
from tasks.errors import UsageError
from tasks.ingest import ingest_source
from tasks.source.checking import load_source
from tests.flows.runs import artifacts_of, last_run_of, runs_of
from warehouse.home import Home
from warehouse.publication import current_publication

AS_OF = date(2025, 6, 30)
FIRST_REPORTED = date(2025, 7, 1)
LATER = datetime(2025, 7, 9, 5, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def books(first_day: BusinessDay, shop: Path, sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company, to which a document of June came in July."""
    home = shutil.copytree(shop, tmp_path_factory.mktemp("known") / "shop")
    (home / "inbox" / "corner_shop" / "late.csv").write_text(
        "receipt,line,day,article,quantity,price\nR3,1,2025-06-29,mug,1,4.50\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNTINGHOUSE_HOME", str(home))
        ingest_source(Home(home), load_source(sources / "corner_shop.yml"), LATER)
    return home


@pytest.fixture(scope="module")
def known(books: Path) -> AsKnown:
    """June as it was known on the day on which it was first reported."""
    return as_known(known_on=FIRST_REPORTED, as_of=AS_OF, home=books, recorded_at=LATER)


def test_it_is_what_was_published_and_reported_that_day(known: AsKnown, first_day: BusinessDay):
    assert known.publication_id == first_day.publication.publication_id
    files = [f"{pack}.{form}" for pack in ("finance", "sales") for form in ("html", "pdf", "xlsx")]
    now, then = known.index.parent, first_day.index.parent
    assert [file for file in files if (now / file).read_bytes() != (then / file).read_bytes()] == []


def test_it_lies_beside_what_is_published_which_stays(known: AsKnown, first_day: BusinessDay, books: Path):
    assert known.home == books / "known" / "2025-07-01"
    assert not (known.home / "warehouse.duckdb").exists()
    assert current_publication(Home(books)) == first_day.publication.publication_id


def test_the_run_has_a_name_that_says_both_days_and_shows_its_audit(known: AsKnown, books: Path):
    run = last_run_of(books)
    assert run.name == "2025-06-30 as known on 2025-07-01"
    assert "passed; it may be published" in artifacts_of(run)["audit"]
    assert runs_of(books)[-1][:3] == ("as-known", AS_OF, "completed")


def test_a_home_without_books_is_said_to_have_none(prefect: None, tmp_path: Path):
    with pytest.raises(UsageError, match=r"^there are no books in .*; run `countinghouse run` first$"):
        as_known(known_on=FIRST_REPORTED, home=tmp_path, recorded_at=LATER)
