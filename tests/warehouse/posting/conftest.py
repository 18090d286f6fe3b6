"""A ledger in memory, posted from the rows that a test gives."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from schemas.records import RECORDS
from warehouse.connection import Connection, connect
from warehouse.home import Home
from warehouse.postings import Posting, post
from warehouse.publication import Company
from warehouse.tables import create_tables

AS_OF = date(2025, 6, 30)
MOMENT = datetime(2025, 7, 1, 5, 30, tzinfo=UTC)
RECORDED = "timestamptz '2025-06-30 18:00:00+00' as _recorded_at, cast(null as timestamptz) as _superseded_at"


class Books:
    """The record of a shop, and the ledger that follows from it."""

    def __init__(self, connection: Connection, home: Home) -> None:
        self.connection = connection
        self.home = home
        self.own_journals: dict[str, bool] = {}

    def give(self, record: str, **values: object) -> None:
        """Put a row into the record."""
        row = {"_source": "shop", "_file": "f1", "_row": 1, "currency_code": "EUR", "line_no": 1} | values
        there = {name for name, *_ in self.connection.execute(f"describe record.{record}").fetchall()}
        columns = {name: value for name, value in row.items() if name in there}
        marks = ", ".join(f"? as {name}" for name in columns)
        self.connection.execute(f"insert into record.{record} by name select {marks}", list(columns.values()))

    def post(self, as_of: date = AS_OF) -> Posting:
        """Bring the ledger to what the record says."""
        return post(self.connection, self.home, Company("Shop", "EUR"), as_of, MOMENT, self.own_journals)

    def ask(self, query: str) -> list[tuple]:
        """What the ledger answers."""
        return self.connection.execute(query).fetchall()


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    home = Home(tmp_path)
    home.scratch.mkdir()
    with connect(None, threads=1) as connection:
        create_tables(connection, [])
        for name, record in RECORDS.items():
            columns = ", ".join(f"{column.name} {column.type}" for column in record.columns())
            connection.execute(f"create table record.{name} ({columns}, _source varchar, _file varchar, _row bigint)")
            connection.execute(f"create view record.{name}_versions as select *, {RECORDED} from record.{name}")
        yield Books(connection, home)


@pytest.fixture
def sell(books: Books) -> Callable[..., None]:
    """An invoice of 100 and tax of 19, unless told otherwise."""

    def invoice(**values: object) -> None:
        usual = {
            "direction": "receivable", "document_id": "R1", "document_type": "invoice", "party_id": "anna",
            "document_date": "2025-05-02", "due_date": "2025-05-16", "net_amount": 100, "tax_amount": 19,
            "gross_amount": 119,
        }  # fmt: skip
        books.give("invoices", **(usual | values))

    return invoice
