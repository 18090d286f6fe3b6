"""The ledger as CSV: every line, no formula, and every text back as it was."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tasks.export import Export
from tasks.export.writing import FORMULA, cell
from tests.tasks.export.ledgers import MISCHIEF, Ledger, d

NUMBERS = {"debit_amount", "credit_amount", "currency_amount", "entry_no", "line_no", "reverses_entry_no"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_line_is_a_row(ledger: Ledger, export: Callable[..., Export]):
    done = export(ledger, "csv")
    found = rows(done.path)
    assert (len(found), done.lines_count, done.entries_count) == (16, 16, 7)
    assert sum(d(row["debit_amount"]) - d(row["credit_amount"]) for row in found) == 0
    assert found[-4]["currency_amount"] == "0.00"
    assert found[2]["description"] == "'" + MISCHIEF


def test_a_period_begins_with_its_opening_balances(ledger: Ledger, export: Callable[..., Export]):
    found = rows(export(ledger, "csv", date(2025, 1, 1)).path)
    opening = [row for row in found if row["entry_no"] == "0"]
    assert {row["entry_date"] for row in opening} == {"2024-12-31"}
    assert sum(d(row["debit_amount"]) for row in opening) == d("1168")


def test_no_cell_is_a_formula(ledger: Ledger, export: Callable[..., Export]):
    for row in rows(export(ledger, "csv").path):
        for name, value in row.items():
            assert name in NUMBERS or not value.startswith(("=", "+", "-", "@", "\t", "\r")), (name, value)


@given(st.text())
def test_a_text_comes_back_from_its_cell(text: str):
    assert not cell(text).startswith(FORMULA[:-1])
    assert cell(text).removeprefix("'") == text
