"""Closing a period as a flow: what it files, what it shows, and what it leaves as it was."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.business_day import BusinessDay
from flows.close import close
from tasks.close import STATEMENTS, Filing
from tasks.errors import ClosingRefused, UsageError
from tasks.filed import read_filed
from tests.flows.runs import artifacts_of, last_run_of, runs_of
from warehouse.home import Home
from warehouse.publication import current_publication

AS_OF = date(2025, 6, 30)
CLOSED_AT = datetime(2025, 7, 4, 5, 30, tzinfo=UTC)
WHY = "the till was tried out"

pytestmark = pytest.mark.usefixtures("few_tables_audited")


@pytest.fixture(scope="module")
def books(first_day: BusinessDay, shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company after its first day, to be closed."""
    return shutil.copytree(shop, tmp_path_factory.mktemp("closing") / "shop")


@pytest.fixture(scope="module")
def filing(books: Path, few_tables_audited: None) -> Filing:
    """June, closed although a row of it was refused."""
    return close("2025-06", reason=WHY, home=books, recorded_at=CLOSED_AT)


def test_a_period_with_a_refused_row_is_not_closed_and_the_run_says_why(copy: Path):
    before = (copy / "published" / "countinghouse.duckdb").stat()
    with pytest.raises(ClosingRefused, match=r"^2025-06 cannot be closed: 1 refused row\(s\) of corner_shop"):
        close("2025-06", home=copy, recorded_at=CLOSED_AT)
    assert runs_of(copy)[-1][:3] == ("close", AS_OF, "failed")
    assert "2025-06 cannot be closed: 1 refused row(s)" in artifacts_of(last_run_of(copy))["failure"]
    assert not (copy / "filed").exists()
    after = (copy / "published" / "countinghouse.duckdb").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_statements_and_the_pack_are_filed_and_the_run_shows_their_hashes(filing: Filing, books: Path):
    names = {file.file_name for file in filing.files}
    assert names == {f"{name}.csv" for name in STATEMENTS} | {"finance.html", "finance.pdf", "finance.xlsx"}
    run = last_run_of(books)
    assert run.name == "close 2025-06"
    shown = artifacts_of(run)
    assert all(file.sha256 in shown["closing"] for file in filing.files)
    assert f"Closed although something was open: {WHY}" in shown["closing"]
    assert "passed; it may be published" in shown["audit"]
    # The filed bytes are proven against their hashes as they are read.
    assert len(read_filed(Home(books), "2025-06")[1]) == len(filing.files)


def test_what_is_published_stays_when_a_period_is_closed(filing: Filing, first_day: BusinessDay, books: Path):
    assert ("close", AS_OF, "completed", None) in runs_of(books)
    assert current_publication(Home(books)) == first_day.publication.publication_id
    assert [path.name for path in (books / "filed").iterdir()] == ["2025-06"]


def test_a_home_without_books_is_said_to_have_none(prefect: None, tmp_path: Path):
    with pytest.raises(UsageError, match=r"^there are no books in .*; run `countinghouse run` first$"):
        close("2025-06", home=tmp_path, recorded_at=CLOSED_AT)
    assert list(tmp_path.iterdir()) == []


def test_a_period_is_closed_once(filing: Filing, books: Path):
    with pytest.raises(ClosingRefused, match=r"^2025-06 was closed on 2025-07-04 05:30 UTC already"):
        close("2025-06", home=books, recorded_at=CLOSED_AT)
