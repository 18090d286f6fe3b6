"""What every contract says, and that Great Expectations holds the tables to it: each meets rows that it must refuse."""

import re

import pytest

from schemas.records import RECORDS
from schemas.table import Table
from schemas.tables import TABLES
from tasks.audit import AuditResult
from tests.schemas.tables.spoiling import generic
from warehouse.models import read_models


def broken(result: AuditResult, table: str) -> set[str]:
    return {line.expectation for line in result.results if line.table_name == table and not line.is_success}


def test_tables_that_are_right_break_no_rule(passed: AuditResult):
    assert [line for line in passed.results if not line.is_success] == []
    assert len(passed.results) == sum(len(table.expectations) for table in TABLES)
    assert passed.is_passed


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_refuses_missing_values_repeated_rows_nonsense_and_other_types(spoiled: AuditResult, table: Table):
    rules = {rule.name for rule in generic(table)}
    assert {"columns:typed"} < rules
    assert rules <= broken(spoiled, table.name)


def test_every_rule_of_a_spoiled_table_can_be_checked(spoiled: AuditResult):
    # Rules that ask for the as-of date cannot when it has been spoiled into several; they stop the publication too.
    unasked = [line for line in spoiled.results if "could not be checked" in line.observed]
    assert [line for line in unasked if not line.observed.endswith("can only return a single row.")] == []
    assert {line.table_name for line in unasked} >= {"finance.receivables_ageing", "finance.payables_ageing"}


def test_the_one_row_of_the_as_of_date_stays_one(spoiled: AuditResult):
    assert "rows:counted" in broken(spoiled, "core.as_of")


def test_an_invoice_that_differs_from_its_lines_is_a_warning(spoiled: AuditResult):
    line = next(
        line
        for line in spoiled.results
        if line.table_name == "compliance.invoice_differences" and line.expectation == "rows:counted"
    )
    assert (line.is_success, line.severity) == (False, "warn")


def test_a_rule_for_many_columns_names_those_that_lack_values(spoiled: AuditResult):
    line = next(
        line for line in spoiled.results if line.table_name == "core.as_of" and line.expectation == "columns:required"
    )
    assert line.observed == (
        "3 rows: column_name as_of_date, rows_count 1; column_name company_name, rows_count 1; "
        "column_name reporting_currency, rows_count 1"
    )
    assert line.unexpected_count == 3


def test_every_record_and_every_model_that_people_read_has_a_contract():
    named = {table.name for table in TABLES}
    assert {f"record.{record}" for record in RECORDS} <= named
    # Steps between, a list whose faults the records' own contracts name, and what a tie-out holds to the statements.
    unread = {
        "finance.statement_entries",
        "core.product_names", "core.document_days", "compliance.orphan_references", "core.account_parts",
        "core.statement_sections", "core.statement_totals", "core.statement_places", "core.cash_flow_places",
        "core.closed_places", "core.closed_figures",
        "core.statement_figures", "core.money_entries", "core.year_end_entries",
        "core.assets_on_credit", "core.bank_lines", "core.bank_matches_by_document", "core.bank_matches_by_reference",
        "core.bank_matches_by_sum", "core.bank_batches", "core.bank_matches_by_batch", "core.bank_matches_by_amount",
    }  # fmt: skip
    assert {model.name for model in read_models()} - unread <= named


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_contract_says_the_grain_and_names_each_rule_once(table: Table):
    names = [rule.name for rule in table.expectations]
    assert len(names) == len(set(names))
    assert table.grain.startswith("one row")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_rule_shows_personal_data(table: Table):
    named = {column.name for record in RECORDS.values() for column in record.columns() if column.personal}
    # The subject of a finding is not the subject of somebody's case.
    personal = re.compile(rf"\b({'|'.join(sorted(named - set(table.key)))})\b")
    queries = [str(rule.arguments.get("unexpected_rows_query", "")) for rule in table.expectations]
    shown = [query for query in queries if not query.startswith(("select column_name", "with columns"))]
    assert [query for query in shown if personal.search(query)] == []
