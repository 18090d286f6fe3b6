"""The small company, its documents posted and its tables built: its books tie out until a test plants an entry."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tasks.post import post_documents
from tasks.store import open_store
from warehouse.build import build
from warehouse.connection import Connection, connect
from warehouse.home import Home
from warehouse.publication import Company

DAY = date(2025, 3, 1)
SMALL = Company("Small Ltd", "GBP")
SMALL_COMPANY = Path(__file__).parents[1] / "tables" / "small_company.sql"
MORE_BOOKS = Path(__file__).with_name("more_books.sql")

REPLAY = """
    insert into operations.batches
    select * replace (999 as batch_no, timestamptz '2025-03-02 12:00:00+00' as recorded_at)
    from operations.batches where batch_no = 1;
    insert into store.journal_lines
    select * replace (2 * amount as amount, 999 as _batch) from store.journal_lines where journal_id = 'J1';
    update store.journal_lines set _superseded_batch = 999 where journal_id = 'J1' and _batch <> 999;
"""
"""The file of a journal comes again by another mapping, under which its amounts are twice as large."""


@pytest.fixture(scope="session")
def posted(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The company's warehouse after posting: documents and entries of every kind, two of them corrected."""
    home = Home(tmp_path_factory.mktemp("books") / "home")
    with open_store(home) as connection:
        connection.execute(SMALL_COMPANY.read_text(encoding="utf-8"))
        connection.execute(MORE_BOOKS.read_text(encoding="utf-8"))
    post_documents(home, SMALL, DAY, datetime(2025, 3, 1, 18, tzinfo=UTC))
    with open_store(home) as connection:
        connection.execute(REPLAY)
    post_documents(home, SMALL, DAY, datetime(2025, 3, 2, 18, tzinfo=UTC))
    return home


@pytest.fixture(scope="session")
def _books(posted: Home) -> Iterator[Connection]:
    with connect(build(posted, DAY, SMALL).replace(posted.root / "books.duckdb")) as connection:
        yield connection


@pytest.fixture
def books(_books: Connection) -> Iterator[Connection]:
    """The built books, to be broken at will: what a test does to them is undone."""
    _books.begin()
    yield _books
    _books.rollback()


@pytest.fixture
def home(posted: Home, tmp_path: Path) -> Home:
    """A copy of the warehouse, to plant entries in before its tables are built."""
    home = Home(tmp_path / "home")
    home.root.mkdir()
    shutil.copyfile(posted.warehouse, home.warehouse)
    return home
