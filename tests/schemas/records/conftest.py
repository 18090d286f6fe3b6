"""Holding single rows to a record's contract."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from schemas.record import STRUCTURE_RULES
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
        return refusals[0].rules if refusals else []

    return hold


@pytest.fixture
def rules_of() -> Callable[[str], set[str]]:
    """The rules that hold for a typed row by itself; types, files and keys are tested where they are checked."""

    def rules(record: str) -> set[str]:
        elsewhere = STRUCTURE_RULES.keys() | {"key:repeated", "key:changed"}
        return {rule for rule in RECORDS[record].rules() if not rule.endswith(":cast")} - elsewhere

    return rules
