"""The sections of bank, budget, payroll and expenses: their figures are those published, and nobody is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tasks.report import open_as_of
from tasks.report.figures import Figures
from tasks.report.finance.bank_reconciliation import bank_reconciliation
from tasks.report.finance.budget import budget
from tasks.report.finance.expenses import expenses
from tasks.report.finance.payroll import payroll
from tasks.report.page import Publication, Section
from warehouse.home import Home

AS_OF = date(2025, 12, 31)
SECTIONS = (bank_reconciliation, budget, payroll, expenses)


def section(home: Home, of: Callable[[Figures, Publication], Section]) -> Section:
    """One section of the pack."""
    with open_as_of(home, AS_OF) as (figures, publication):
        return of(figures, publication)


def test_the_balance_by_the_statements_leads_to_that_by_the_books(home: Home):
    told = section(home, bank_reconciliation)
    values = [row[1] for row in told.tables[0].rows]
    assert values[0] + values[1] + values[2] == values[3] != 0
    assert values[4] == 0
    rules = next(table for table in told.tables if table.caption == "What was matched, and why")
    assert {"equal reference and amount on the same day", "the books have no entry of it"} <= {
        row[0] for row in rules.rows
    }


def test_a_budget_stands_beside_what_the_ledger_has(home: Home):
    year, december = section(home, budget).tables
    assert {row[:3] for row in year.rows} == {
        ("4000 Sales", "", Decimal(108000)), ("6000 Wages and salaries", "D1", Decimal(108000)),
    }  # fmt: skip
    assert {row[2] for row in december.rows} == {Decimal(9000)}
    wages = next(row for row in year.rows if row[0].startswith("6000"))
    assert wages[3:5] == (Decimal(108000), Decimal(0))


def test_payroll_is_told_by_month(home: Home):
    (table,) = section(home, payroll).tables
    assert table.total is not None
    assert table.total[1:4] == (36, Decimal(108000), Decimal(18000))
    assert table.total[-1] == Decimal(129600)


def test_claims_not_yet_paid_back_are_told(home: Home):
    by_category, by_employee = section(home, expenses).tables
    assert by_category.total is not None
    assert by_category.total[3:] == (Decimal(480), Decimal(456))
    assert len(by_employee.rows) == 3


@pytest.mark.parametrize("of", SECTIONS)
def test_nobody_is_named(home: Home, of: Callable[[Figures, Publication], Section]):
    told = repr(section(home, of))
    assert "Person Number" not in told
    assert "Eve Secret" not in told


@pytest.mark.parametrize("of", SECTIONS)
def test_a_company_without_them_gets_a_sentence(empty_home: Home, of: Callable[[Figures, Publication], Section]):
    told = section(empty_home, of)
    assert told.is_empty
    assert told.lead.startswith("No ")
