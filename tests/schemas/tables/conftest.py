"""A small company whose warehouse is built once and audited twice: as it is, and with every table spoiled."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from schemas.tables import TABLES
from tasks.audit import AuditResult, audit
from tasks.post import post_documents
from tasks.store import open_store
from tasks.tie_out import tie_out
from tests.schemas.tables.spoiling import spoil
from warehouse.build import build
from warehouse.connection import Connection, connect
from warehouse.home import Home
from warehouse.publication import Company

SMALL_COMPANY = Path(__file__).with_name("small_company.sql")


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The company, with its tables built in `good.duckdb`."""
    home = Home(tmp_path_factory.mktemp("company") / "home")
    with open_store(home) as connection:
        connection.execute(SMALL_COMPANY.read_text(encoding="utf-8"))
    company, day = Company("Small Ltd", "GBP"), date(2025, 3, 1)
    post_documents(home, company, day, datetime(2025, 3, 1, 18, tzinfo=UTC))
    building = build(home, day, company).replace(home.root / "good.duckdb")
    tie_out(building)
    return home


@pytest.fixture(scope="session")
def passed(good: Home) -> AuditResult:
    """The audit of the tables as they are."""
    return audit(good, shutil.copyfile(good.root / "good.duckdb", good.root / "passed.duckdb"), "0123456789ab")


@pytest.fixture(scope="session")
def spoiled(good: Home) -> AuditResult:
    """The audit of the tables, each with rows that it must refuse."""
    building = shutil.copyfile(good.root / "good.duckdb", good.root / "spoiled.duckdb")
    with connect(building) as connection:
        for table in TABLES:
            connection.execute(spoil(table))
    return audit(good, building, "ba9876543210")


@pytest.fixture(scope="session")
def _copy(good: Home) -> Iterator[Connection]:
    with connect(shutil.copyfile(good.root / "good.duckdb", good.root / "copy.duckdb")) as connection:
        yield connection


@pytest.fixture
def built(_copy: Connection) -> Iterator[Connection]:
    """The built tables, to be broken at will: what a test does to them is undone."""
    _copy.begin()
    yield _copy
    _copy.rollback()
