"""The audit: what stops a publication, what only warns, what is kept of it, and what nobody gets to see."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from schemas.table import Table, no_row, row_count, table
from tasks.audit import AuditResult, _deferred, audit
from warehouse.connection import connect
from warehouse.home import Home

DAYS = """
    create schema core;
    create table core.as_of as select date '2025-03-01' as as_of_date;
    create schema sales;
    create table sales.days as select date '2025-01-06' + range::integer as document_date from range(5);
    create table sales.buyers as select 'C' || range as customer_id, 'Ada Lovelace' as customer_name from range(5);
"""
AUDITS = """
    create schema operations;
    create table operations.audits (
        publication_id varchar, table_name varchar, expectation varchar, column_name varchar, severity varchar,
        is_success boolean, observed varchar, unexpected_count bigint, sentence varchar
    );
"""
LATE = "select document_date from {batch} where document_date >= '2025-01-08'"
GRAIN = "one row is a day"

Audited = Callable[..., AuditResult]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    for path, tables in ((home.warehouse, AUDITS), (tmp_path / "building.duckdb", AUDITS + DAYS)):
        with connect(path) as connection:
            connection.execute(tables)
    return home


@pytest.fixture
def audited(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Audited]:
    """Audit tables of the building with the network cut: an audit asks nobody anything."""

    def refuse(*_: object) -> None:
        raise AssertionError("the audit called somebody")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    def run(*tables: Table) -> AuditResult:
        return audit(home, home.root / "building.duckdb", "0123456789ab", tables)

    yield run
    leftovers = {path.name for path in home.root.iterdir()} - {"building.duckdb", "warehouse.duckdb", "data_docs"}
    assert leftovers == set()


def test_a_broken_rule_that_fails_stops_the_publication_and_says_where_to_look(audited: Audited):
    result = audited(table("sales.days", GRAIN, ("document_date",), no_row("late", "no day is late", LATE)))
    assert not result.is_passed
    (line,) = result.failures
    assert (line.table_name, line.expectation, line.unexpected_count) == ("sales.days", "late", 3)
    assert line.observed == "3 rows: document_date 2025-01-08; document_date 2025-01-09; document_date 2025-01-10"
    assert [other.expectation for other in result.results if other.is_success] == [
        "key:required", "key:unique", "columns:typed",
    ]  # fmt: skip


def test_a_broken_rule_that_warns_stops_nothing(audited: Audited):
    result = audited(
        table("sales.days", GRAIN, ("document_date",), no_row("late", "no day is late", LATE, "warn"), row_count(1, 9))
    )
    assert result.is_passed
    assert [line.expectation for line in result.warnings] == ["late"]
    assert result.failures == []


def test_what_was_found_is_kept_in_the_building_and_in_the_warehouse(audited: Audited, home: Home):
    result = audited(table("sales.days", GRAIN, ("document_date",)))
    for path in (home.warehouse, home.root / "building.duckdb"):
        with connect(path) as connection:
            rows = connection.execute("from operations.audits").fetchall()
        assert rows == [tuple(vars(line).values()) for line in result.results]
        assert len(rows) == 3


def test_a_table_that_was_not_built_stops_the_publication(audited: Audited):
    result = audited(table("sales.nights", GRAIN, ("document_date",)))
    assert [(line.table_name, line.expectation) for line in result.failures] == [("sales.nights", "table:built")]


def test_a_rule_that_cannot_be_checked_is_broken_and_says_why(audited: Audited):
    wrong = no_row("wrong", "a rule with an error in it", "select nothing_like_it from {batch}")
    (line,) = audited(table("sales.days", GRAIN, ("document_date",), wrong)).failures
    assert line.expectation == "wrong"
    assert line.observed.startswith("could not be checked: ")
    assert "nothing_like_it" in line.observed


def test_personal_data_that_breaks_a_rule_is_counted_and_not_shown(audited: Audited, home: Home, caplog, capfd):
    result = audited(table("sales.buyers", "one row is a buyer", ("customer_name",)))
    (line,) = result.failures
    assert (line.expectation, line.observed, line.unexpected_count) == ("key:unique", "5 of 5 rows", 5)
    pages = [page.read_text(encoding="utf-8") for page in home.root.glob("data_docs/**/*.html")]
    assert len(pages) == 2
    said = [*pages, str(result), caplog.text, *capfd.readouterr()]
    assert [text for text in said if "Lovelace" in text] == []


def test_the_pages_of_an_audit_fetch_nothing_and_take_the_place_of_the_last_ones(audited: Audited, home: Home):
    audited(table("sales.buyers", "one row is a buyer", ("customer_id",)))
    result = audited(table("sales.days", GRAIN, ("document_date",), no_row("late", "no day is late", LATE)))
    assert result.docs == home.root / "data_docs" / "index.html"
    index = result.docs.read_text(encoding="utf-8")
    assert "Refused: broken rules that stop it 1, that warn 0." in index
    assert "no day is late" in index
    pages = list(home.root.glob("data_docs/**/*.html"))
    assert [page.name for page in pages if page != result.docs] == ["sales-days.html"]
    assert str(next(page for page in pages if page != result.docs).relative_to(result.docs.parent)) in index
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "https://" not in text
        assert "http://" not in text


def test_the_contracts_and_the_audit_can_be_imported_without_great_expectations():
    program = "import sys, schemas.tables, tasks.audit; print('great_expectations' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True, timeout=240)
    assert ran.stdout.strip() == "False"


def test_a_module_that_an_import_does_not_use_is_left_out_until_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "heavy_library.py").write_text("VALUE = 7\n")
    (tmp_path / "light_library.py").write_text("import heavy_library\n")
    monkeypatch.syspath_prepend(tmp_path)
    with _deferred("heavy_library"):
        import light_library
    assert "heavy_library" not in sys.modules
    assert light_library.heavy_library.VALUE == 7
    assert sys.modules["heavy_library"].__file__ == str(tmp_path / "heavy_library.py")
    for name in ("heavy_library", "light_library"):
        monkeypatch.delitem(sys.modules, name)
