"""What the published tables of a company say, to be compared with what another program makes of its exported ledger."""

import os
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from tasks.build import build_warehouse
from tasks.post import post_documents
from tests.tasks.export.others import Statements
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publication import Company


def publish(home: Home, owner: Company, as_of: date, moment: datetime) -> Home:
    """Post what was ingested and put the built tables where they are read; the audit is another test's."""
    post_documents(home, owner, as_of, moment)
    building = build_warehouse(home, as_of, owner)
    assert building is not None
    os.replace(building.path, home.published)
    return home


def asked(path: Path, query: str) -> dict[str, Decimal]:
    """The answer to a query for names and amounts, without those that are nothing."""
    with connect(path, read_only=True) as connection:
        return {name: amount for name, amount in connection.execute(query).fetchall() if amount}


def statements(path: Path) -> Statements:
    """Every account's balance, its movement in the financial year if it is one of the result, else its balance."""
    of_result = "account_class in ('income', 'expense')"
    accounts = "from finance.trial_balance inner join core.accounts using (account_code)"
    return Statements(
        asked(path, f"select account_code, closing_balance {accounts}"),
        asked(path, f"select account_code, debit_amount - credit_amount {accounts} where {of_result}"),
        asked(path, f"select account_code, closing_balance {accounts} where not {of_result}"),
    )


def agree_with_the_published_statements(found: Statements, path: Path) -> None:
    """Each account to the last decimal, the result with the income statement, the assets with the balance sheet."""
    assert found == statements(path)
    result = asked(path, "select line, amount from finance.income_statement where is_total")
    assert -sum(found.income_statement.values()) in result.values()
    totals = asked(path, "select line, amount from finance.balance_sheet where is_total")
    assets = asked(path, "select account_code, 1 from core.accounts where account_class = 'asset'")
    assert sum(amount for code, amount in found.balance_sheet.items() if code in assets) in totals.values()
