"""The books of a real company, exported: hledger and beancount come to its known totals, and audit files are proven."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest

from tasks.export import Export
from tests.tasks.export.ledgers import Ledger, Posted
from tests.tasks.export.others import OTHERS, expected
from warehouse.connection import connect

TYPES = {
    "BANK": "bank", "CURRENT": "current_asset", "CURRLIAB": "current_liability", "DIRECTCOSTS": "direct_costs",
    "EQUITY": "equity", "EXPENSE": "expense", "FIXED": "fixed_asset", "REVENUE": "revenue",
    "TERMLIAB": "non_current_liability",
}  # fmt: skip

KNOWN = {
    "revenue": "-566973.74", "expense": "57790.57", "direct_costs": "7031.28", "bank": "98968.93",
    "current_asset": "145596.16", "current_liability": "212169.94", "equity": "29990.00", "fixed_asset": "15426.86",
    "non_current_liability": "0",
}  # fmt: skip
"""What the company's journals come to by type of account."""

YEAR = (date(2020, 3, 1), date(2021, 2, 28))

LINES = """
select
    cast(journal_date as date), journals.journal_id, coalesce(account_code, account_name), account_name, account_type,
    cast(net_amount as decimal(18, 4)), lines.description, reference
from read_csv($lines, all_varchar = true) as lines
inner join read_csv($journals, all_varchar = true) as journals using (journal_id)
order by 1, cast(journal_number as integer), journal_line_id
"""


@pytest.fixture(scope="module")
def xero_books(real_data: Path) -> Ledger:
    """The journals of the real-data folder, each line as it stands there."""
    folder = real_data / "xero_books"
    with connect() as connection:
        files = {"lines": folder / "xero_journal_line_data.csv", "journals": folder / "xero_journal_data.csv"}
        rows = connection.execute(LINES, {name: str(path) for name, path in files.items()}).fetchall()
    accounts = {row[2]: (row[3], TYPES[row[4]], None) for row in rows}
    # An account to carry earlier results to; the company's own chart has none.
    accounts["960"] = ("Retained earnings", "equity", "retained_earnings")
    entries = [
        (
            day,
            "general",
            "journal",
            [
                Posted(code, amount, None, journal_id, None, text or reference)
                for _, _, code, _, _, amount, text, reference in lines
            ],
        )
        for (day, journal_id), lines in groupby(rows, key=lambda row: (row[0], row[1]))
    ]
    return Ledger(accounts, entries, as_of=date(2021, 12, 31))


def by_type(ledger: Ledger, balances: dict[str, Decimal]) -> dict[str, Decimal]:
    sums = {kind: Decimal(0) for _, kind, _ in ledger.accounts.values()}
    for code, amount in balances.items():
        sums[ledger.accounts[code][1]] += amount
    return sums


@pytest.mark.usefixtures("real_data")
def test_others_come_to_the_known_totals(other: str, xero_books: Ledger, export: Callable[..., Export]):
    done = export(xero_books, other)
    assert (done.entries_count, done.lines_count) == (1685, 4033)
    found = OTHERS[other](done.path, *YEAR)
    assert found.income_statement == expected(xero_books, *YEAR).income_statement
    whole = OTHERS[other](done.path, date(2019, 1, 1), date(2021, 12, 31))
    assert whole == expected(xero_books, date(2019, 1, 1), date(2021, 12, 31))
    assert by_type(xero_books, whole.balances) == {kind: Decimal(known) for kind, known in KNOWN.items()}


@pytest.mark.parametrize("form", ["fec", "saft"])
def test_audit_files_of_real_books_are_proven(form: str, xero_books: Ledger, export: Callable[..., Export]):
    done = export(xero_books, form, date(2019, 10, 23))
    assert (done.entries_count, done.lines_count) == (1685, 4033)
    year = export(xero_books, form, *YEAR)
    assert 0 < year.entries_count < 1685
