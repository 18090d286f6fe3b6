"""What an audit found is kept once a publication, in whichever file it is asked to be kept."""

from dataclasses import replace
from pathlib import Path

import pytest

from tasks.store import open_store
from warehouse.audits import AuditLine, as_of_date, found_rows, record_audits, table_names
from warehouse.connection import connect
from warehouse.home import Home

LINE = AuditLine(
    publication_id="0123456789ab",
    table_name="sales.daily_sales",
    expectation="key:unique",
    column_name=None,
    severity="fail",
    is_success=True,
    observed="0 rows",
    unexpected_count=0,
    sentence="document_date, currency_code together stand only once",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    home = Home(tmp_path / "home")
    open_store(home).close()
    return home.warehouse


def kept(file: Path) -> list[tuple[str, bool]]:
    with connect(file, read_only=True) as connection:
        query = "select publication_id, is_success from operations.audits order by all"
        return connection.execute(query).fetchall()


def test_lines_are_kept_as_they_are(file: Path):
    record_audits(file, [LINE])
    with connect(file, read_only=True) as connection:
        rows = connection.execute("from operations.audits").fetchall()
    assert rows == [tuple(vars(LINE).values())]


def test_a_second_audit_of_a_publication_takes_the_place_of_the_first(file: Path):
    record_audits(file, [LINE, replace(LINE, expectation="key:required")])
    record_audits(file, [replace(LINE, is_success=False)])
    assert kept(file) == [("0123456789ab", False)]


def test_audits_of_other_publications_stay(file: Path):
    record_audits(file, [LINE])
    record_audits(file, [replace(LINE, publication_id="ba9876543210")])
    assert kept(file) == [("0123456789ab", True), ("ba9876543210", True)]


def test_an_audit_without_lines_keeps_nothing(file: Path):
    record_audits(file, [])
    assert kept(file) == []


def test_tables_and_views_are_named_with_their_schema(file: Path):
    assert {"operations.loads", "record.sales_lines", "store.sales_lines"} <= table_names(file)


def test_the_first_rows_of_a_query_are_told_as_text(file: Path):
    query = "select range as row, null as nothing from range(5) order by range desc"
    assert found_rows(file, query, 2) == [{"row": "4", "nothing": None}, {"row": "3", "nothing": None}]


def test_a_building_says_its_day(file: Path):
    with connect(file) as connection:
        connection.execute("create schema core; create table core.as_of as select date '2025-03-01' as as_of_date")
    assert as_of_date(file) == "2025-03-01"


def test_a_building_without_a_day_is_refused(file: Path):
    with connect(file) as connection:
        connection.execute("create schema core; create table core.as_of (as_of_date date)")
    with pytest.raises(ValueError, match="holds no day"):
        as_of_date(file)
