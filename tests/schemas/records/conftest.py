"""Holding single rows to a record's contract."""

from collections.abc import Callable
from typing import Any

import pandera.polars as pa
import polars as pl
import pytest

from schemas.record import STRUCTURE_RULES, Record
from schemas.records import RECORDS
from tasks.check import check_rows

Rules = Callable[[dict[str, Any]], list[str]]


@pytest.fixture
def broken_rules() -> Callable[[str, dict[str, Any], dict[str, Any]], list[str]]:
    """The rules that a good row breaks once some of its values are changed."""

    def hold(record: str, good: dict[str, Any], change: dict[str, Any]) -> list[str]:
        contract = RECORDS[record]
        schema = {name: column.dtype.type for name, column in contract.to_schema().columns.items()}
        frame = pl.DataFrame([good | change], schema=schema)
        refusals = check_rows(contract, frame)
        rules = refusals[0].rules if refusals else []
        assert sorted(rules) == told_by_pandera(contract, frame)
        return rules

    return hold


def told_by_pandera(contract: type[Record], frame: pl.DataFrame) -> list[str]:
    """The rules that pandera's own validation finds broken."""
    try:
        contract.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        return sorted(rule_of(contract, case) for case in error.failure_cases.iter_rows(named=True))
    return []


def rule_of(contract: type[Record], case: dict[str, Any]) -> str:
    """What we call the rule of one of pandera's failure cases."""
    schema = contract.to_schema()
    if case["schema_context"] == "DataFrameSchema":
        return str(schema.checks[case["check_number"]].name)
    column = str(case["column"])
    if case["check"] == "not_nullable":
        return f"{column}:required"
    return f"{column}:{schema.columns[column].checks[case['check_number']].name}"


@pytest.fixture
def rules_of() -> Callable[[str], set[str]]:
    """The rules that hold for a typed row by itself; types, files and keys are tested where they are checked."""

    def rules(record: str) -> set[str]:
        elsewhere = STRUCTURE_RULES.keys() | {"key:repeated", "key:changed"}
        return {rule for rule in RECORDS[record].rules() if not rule.endswith(":cast")} - elsewhere

    return rules
