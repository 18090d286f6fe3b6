"""The dialect: Great Expectations' way of reading works, writing does not, and columns are told as they are."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import sqlalchemy
from sqlalchemy.pool import QueuePool

from warehouse.audit_dialect import ADDRESS, register_dialect
from warehouse.connection import connect


@pytest.fixture
def file(tmp_path: Path) -> Path:
    # A path may hold what an address may not.
    path = tmp_path / "a building?file=1 $HOME.duckdb"
    with connect(path) as connection:
        connection.execute("create schema sales")
        connection.execute(
            """
            create table sales.daily_sales as
            select cast('2025-01-06' as date) as document_date, cast(9.5 as decimal(18, 4)) as net_amount,
            cast('2025-01-06 10:00:00+00' as timestamptz) as ordered_at, 'GBP' as currency_code"""
        )
        connection.execute("create view sales.latest as select document_date from sales.daily_sales")
    return path


@pytest.fixture
def engine(file: Path) -> Iterator[sqlalchemy.Engine]:
    register_dialect()
    engine = sqlalchemy.create_engine(ADDRESS, connect_args={"database": str(file), "schema": "sales"})
    yield engine
    engine.dispose()


def rows_after_closing(engine: sqlalchemy.Engine) -> list[tuple[str]]:
    """Read as Great Expectations does: the connection is closed before the rows are fetched."""
    with engine.connect() as connection:
        result = connection.execute(sqlalchemy.text("select currency_code from daily_sales"))
    return [tuple(row) for row in result.fetchall()]


def test_rows_can_be_fetched_after_the_connection_is_closed(engine: sqlalchemy.Engine):
    assert rows_after_closing(engine) == [("GBP",)]


def test_without_the_dialect_the_rows_are_gone(file: Path, tmp_path: Path):
    plain = file.rename(tmp_path / "plain.duckdb")
    engine = sqlalchemy.create_engine(f"duckdb:///{plain}", poolclass=QueuePool, connect_args={"read_only": True})
    with engine.connect() as connection:
        result = connection.execute(sqlalchemy.text("select currency_code from sales.daily_sales"))
    assert result.fetchall() == [], "duckdb-engine keeps the rows now: the dialect is needed no more"
    engine.dispose()


def test_nothing_can_be_written(engine: sqlalchemy.Engine):
    with engine.connect() as connection, pytest.raises(sqlalchemy.exc.DBAPIError, match="read-only"):
        connection.execute(sqlalchemy.text("delete from daily_sales"))


def test_columns_of_tables_and_views_are_told_in_their_order(engine: sqlalchemy.Engine):
    inspector = sqlalchemy.inspect(engine)
    columns = inspector.get_columns("daily_sales", schema="sales")
    assert [column["name"] for column in columns] == ["document_date", "net_amount", "ordered_at", "currency_code"]
    assert [str(column["type"]) for column in columns] == ["DATE", "NUMERIC", "TIMESTAMP", "VARCHAR"]
    assert [column["name"] for column in inspector.get_columns("latest")] == ["document_date"]
    assert inspector.get_pk_constraint("daily_sales", schema="sales")["constrained_columns"] == []


def test_moments_are_told_in_utc(engine: sqlalchemy.Engine):
    with engine.connect() as connection:
        (zone,) = connection.execute(sqlalchemy.text("select current_setting('timezone')")).one()
    assert zone == "UTC"


def test_the_file_is_free_when_the_engine_is_disposed_of(engine: sqlalchemy.Engine, file: Path):
    rows_after_closing(engine)
    engine.dispose()
    with duckdb.connect(file) as connection:
        connection.execute("delete from sales.daily_sales")
