"""Real databases for a session of tests, and a connector that asks them for what a test writes."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pytest
from pyarrow import parquet

from tasks.extract.database import fetch
from tasks.extract.fetching import Asking, Fetched, Window
from tasks.source import DatabaseExtract, RecordMapping, Source
from tests.servers import Absent, Server, mariadb, postgresql, server_folder
from warehouse.home import Home

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)


class Database(Protocol):
    """A database that a test fills, and how a source file says it is reached."""

    system: str

    def run(self, *statements: str) -> None: ...

    def reached(self) -> dict[str, Any]: ...

    def close(self) -> None: ...


class PostgreSQLDatabase:
    system = "postgresql"

    def __init__(self, server: Server) -> None:
        self.server = server

    @cached_property
    def _kept(self):
        import adbc_driver_postgresql.dbapi as driver

        one = self.server
        return driver.connect(f"postgresql://{one.user}:{one.password}@{one.host}:{one.port}/postgres")

    def run(self, *statements: str) -> None:
        with self._kept.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        self._kept.commit()

    def close(self) -> None:
        self._kept.close()

    def reached(self) -> dict[str, Any]:
        one = self.server
        return {
            "system": "postgresql", "host": one.host, "port": str(one.port), "database": "postgres", "user": one.user,
            "password": "${TESTS_DATABASE_PASSWORD}",
        }  # fmt: skip


class MySQLDatabase:
    system = "mysql"

    def __init__(self, server: Server) -> None:
        self.server = server

    @cached_property
    def _kept(self):
        import pymysql

        one = self.server
        return pymysql.connect(
            host=one.host, port=one.port, user=one.user, password=one.password, charset="utf8mb4", autocommit=True
        )

    def run(self, *statements: str) -> None:
        with self._kept.cursor() as cursor:
            for statement in ("create database if not exists books", "use books", *statements):
                cursor.execute(statement)

    def close(self) -> None:
        self._kept.close()

    def reached(self) -> dict[str, Any]:
        one = self.server
        return {
            "system": "mysql", "host": one.host, "port": str(one.port), "database": "books", "user": one.user,
            "password": "${TESTS_DATABASE_PASSWORD}",
        }  # fmt: skip


class SQLiteDatabase:
    system = "sqlite"

    def __init__(self, file: Path) -> None:
        self.file = file

    def run(self, *statements: str) -> None:
        with closing(sqlite3.connect(self.file)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    def close(self) -> None:
        """It is closed after each statement."""

    def reached(self) -> dict[str, Any]:
        return {"system": "sqlite", "path": str(self.file)}


@pytest.fixture(scope="session")
def kept_postgresql() -> Iterator[PostgreSQLDatabase]:
    try:
        with (
            server_folder("postgresql") as folder,
            postgresql(folder) as server,
            closing(PostgreSQLDatabase(server)) as database,
        ):
            _wait_for(database)
            yield database
    except Absent as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def kept_mysql() -> Iterator[MySQLDatabase]:
    try:
        with (
            server_folder("mariadb") as folder,
            mariadb(folder) as server,
            closing(MySQLDatabase(server)) as database,
        ):
            _wait_for(database)
            yield database
    except Absent as reason:
        pytest.skip(str(reason))


def _wait_for(database: Database) -> None:
    for _ in range(100):
        try:
            database.run("select 1")
        except Exception:  # noqa: BLE001 - it is starting
            time.sleep(0.1)
        else:
            return


@pytest.fixture
def postgresql_database(kept_postgresql: PostgreSQLDatabase, monkeypatch) -> PostgreSQLDatabase:
    monkeypatch.setenv("TESTS_DATABASE_PASSWORD", kept_postgresql.server.password)
    kept_postgresql.run("drop schema if exists public cascade", "create schema public")
    return kept_postgresql


@pytest.fixture
def mysql_database(kept_mysql: MySQLDatabase, monkeypatch) -> MySQLDatabase:
    monkeypatch.setenv("TESTS_DATABASE_PASSWORD", kept_mysql.server.password)
    kept_mysql.run("drop database books", "create database books")
    return kept_mysql


@pytest.fixture
def sqlite_database(tmp_path: Path) -> SQLiteDatabase:
    return SQLiteDatabase(tmp_path / "shop.db")


@pytest.fixture(params=["postgresql", "mysql", "sqlite"])
def database(request: pytest.FixtureRequest) -> Database:
    """Each system in turn."""
    return request.getfixturevalue(f"{request.param}_database")


class Asked:
    """What one asking gave: its files, as tables."""

    def __init__(self, files: list[Fetched]) -> None:
        self.files = files
        self.tables = [parquet.read_table(file.path) for file in files]
        self.cursors = {name: value for file in files for name, value in file.cursors.items()}

    def rows(self) -> list[tuple]:
        return [tuple(row.values()) for table in self.tables for row in table.to_pylist()]

    def table(self) -> pa.Table:
        (table,) = self.tables
        return table


class Asker:
    """A source that is asked again and again, and remembers what it is told to."""

    def __init__(self, home: Home, database: Database, tables: dict[str, Any]) -> None:
        self._home = home
        self.source = Source(
            source="shop",
            description="",
            owner="",
            extract=DatabaseExtract.model_validate({"connector": "database", **database.reached(), "tables": tables}),
            records={"payments": RecordMapping(columns={})},
            file=Path("shop.yml"),
        )
        self.cursors: dict[str, str] = {}

    def stream(self, window: Window | None = None) -> Iterator[Fetched]:
        return fetch(self.source, Asking(self._home, NOON, dict(self.cursors), window))

    def ask(self, window: Window | None = None) -> Asked:
        asked = Asked(list(self.stream(window)))
        self.cursors |= asked.cursors
        return asked


@pytest.fixture
def asker(tmp_path: Path) -> Callable[..., Asker]:
    """Make a source of a database's tables."""
    return lambda database, **tables: Asker(Home(tmp_path / "home"), database, tables)
