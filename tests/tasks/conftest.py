"""A home of its own for each test, and a small shop whose deliveries a test writes."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from tasks.ingest import Ingestion, ingest_source
from tasks.source import Source
from tasks.source.checking import load_source
from warehouse.connection import connect
from warehouse.home import Home

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)

PAYMENTS = """
source: shop
description: Payments of a shop
owner: accounting
extract: {connector: files, path: "${COUNTINGHOUSE_HOME}/inbox/*", format: csv}
records:
  payments:
    columns:
      payment_id: id
      direction: "'in'"
      payment_date: day
      currency_code: currency
      amount: amount
      reference: payer
    out_of_scope:
      test payment: id like 'TEST%'
"""

PRODUCTS = """
source: shop
description: Products of a shop
owner: merchandising
extract: {connector: files, path: "${COUNTINGHOUSE_HOME}/inbox/*", format: csv}
records:
  products:
    columns:
      product_id: id
      product_name: name
      list_price_amount: price
      currency_code: "'EUR'"
"""


class Shop:
    """A shop whose deliveries and source file a test writes, and whose warehouse it reads."""

    def __init__(self, root: Path, text: str) -> None:
        self.home = Home(root / "home")
        self.home.inbox.mkdir(parents=True)
        self._file = root / "shop.yml"
        self.describe(text)

    def describe(self, text: str) -> None:
        """What `sources/shop.yml` says from now on."""
        self._file.write_text(text, encoding="utf-8")

    @property
    def source(self) -> Source:
        """The source as its file says now."""
        return load_source(self._file)

    def deliver(self, name: str, content: str | bytes) -> Path:
        """Drop a file into the inbox."""
        file = self.home.inbox / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def ingest(self) -> Ingestion:
        """Take in what is new."""
        return ingest_source(self.home, self.source, NOON)

    def rows(self, query: str) -> list[tuple]:
        """What the warehouse answers."""
        with connect(self.home.warehouse, read_only=True) as connection:
            return connection.execute(query).fetchall()

    def frame(self, query: str) -> pl.DataFrame:
        """What the warehouse answers, as a frame."""
        with connect(self.home.warehouse, read_only=True) as connection:
            return pl.DataFrame(pl.from_arrow(connection.execute(query).to_arrow_table()))

    def refused(self) -> list[tuple[int, list[str]]]:
        """Row and rules of every open row in quarantine."""
        return self.rows("select row, rules from operations.quarantine where status = 'open' order by row")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A shop that delivers payments."""
    return Shop(tmp_path, PAYMENTS)


@pytest.fixture
def catalogue(tmp_path: Path) -> Shop:
    """A shop that delivers its catalogue of products, which are reference data."""
    return Shop(tmp_path, PRODUCTS)


@pytest.fixture
def shop_at() -> Callable[[Path], Shop]:
    """A shop that delivers payments, at a place of the test's own."""
    return lambda root: Shop(root, PAYMENTS)
