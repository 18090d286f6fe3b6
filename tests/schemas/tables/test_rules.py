"""Every rule written for one table meets the row that it was written against, and no other rule takes offence."""

import re
from pathlib import Path

import pytest

from schemas.records import RECORDS
from schemas.table import Table
from schemas.tables import TABLES
from tests.schemas.tables.spoiling import as_table, generic
from warehouse.connection import Connection

BY_NAME = {table.name: table for table in TABLES}
RECORD_TABLES = [table for table in TABLES if table.schema == "record"]

PLANTED: list[tuple[str, str, str]] = re.findall(
    r"^-- (\S+\.\S+) (\S+)\n(.*?)(?=^-- |\Z)",
    Path(__file__).with_name("planted.sql").read_text(encoding="utf-8"),
    re.DOTALL | re.MULTILINE,
)


def broken(connection: Connection, table: Table) -> set[str]:
    """The rules that find a row, each asked as the audit asks it."""
    queries = {
        rule.name: str(rule.arguments["unexpected_rows_query"]).format(batch=table.name)
        for rule in table.expectations
        if rule.kind == "UnexpectedRowsExpectation"
    }
    return {name for name, query in queries.items() if connection.execute(f"from ({query})").fetchall()}


@pytest.mark.parametrize(("name", "rule", "sql"), PLANTED, ids=[f"{name}-{rule}" for name, rule, _ in PLANTED])
def test_a_rule_refuses_the_row_planted_for_it_and_no_other_rule_does(
    built: Connection, name: str, rule: str, sql: str
):
    table = BY_NAME[name]
    built.execute(as_table(table) + sql)
    assert broken(built, table) == {rule}


@pytest.mark.parametrize("table", RECORD_TABLES, ids=lambda table: table.name)
def test_a_record_that_lost_a_row_is_refused(built: Connection, table: Table):
    built.execute(f"delete from store.{table.table} where _row = 1")
    assert "rows:as_loaded" in broken(built, table)


@pytest.mark.parametrize("table", RECORD_TABLES, ids=lambda table: table.name)
def test_a_record_with_a_column_of_another_type_than_its_contract_gives_is_refused(built: Connection, table: Table):
    last = RECORDS[table.table].columns()[-1].name
    built.execute(f"{as_table(table)} alter table {table.name} alter {last} type varchar[] using [{last}]")
    assert "columns:as_contract" in broken(built, table)


def test_every_rule_has_a_row_that_it_refuses():
    of_every_record = {"rows:as_loaded", "columns:as_contract"}
    written = {
        (table.name, rule.name)
        for table in TABLES
        for rule in table.expectations
        # What breaks a tie-out is planted into the ledger itself, in tests/schemas/tie_outs.
        if table.name != "compliance.tie_outs"
        and rule.kind == "UnexpectedRowsExpectation"
        and rule not in generic(table)
        and rule.name not in of_every_record
    }
    assert written == {(name, rule) for name, rule, _ in PLANTED}
