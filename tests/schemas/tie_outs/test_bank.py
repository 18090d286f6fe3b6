"""What the bank says and what the books say are held together: every breach is found, and the entry named."""

import pytest

from schemas.tie_outs.bank import BANK
from warehouse.connection import Connection

BREACHES = {
    "bank_lines_are_reconciled_once": """
        delete from finance.bank_reconciliation where side = 'book' and entry_id like {}""",
    "bank_book_equals_statement_and_unmatched": """
        update finance.bank_reconciliation set amount = amount + 5
        where side = 'statement' and not is_matched""",
    "bank_matches_come_to_the_same": """
        update finance.bank_reconciliation set amount = amount + 5 where side = 'book' and entry_id like {}""",
}


def breaking(books: Connection, name: str) -> list[str]:
    """What breaks one of the tie-outs of the bank."""
    sql = next(one.sql for one in BANK if one.name == name)
    return [breaking for (breaking,) in books.execute(f"select breaking from ({sql})").fetchall()]


def test_books_that_are_right_are_reconciled(books: Connection):
    assert {one.name: breaking(books, one.name) for one in BANK} == {one.name: [] for one in BANK}
    rows = books.execute("select match_kind from finance.bank_reconciliation").fetchall()
    assert {("one to one",), ("unmatched",)} <= set(rows)


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("bank_lines_are_reconciled_once", "entry "),
        ("bank_book_equals_statement_and_unmatched", "bank account 1000 in GBP"),
        ("bank_matches_come_to_the_same", "entry "),
    ],
)
def test_a_breach_is_found_and_named(books: Connection, name: str, named: str):
    books.execute(BREACHES[name].format("'bank_fee/%'"))
    rows = breaking(books, name)
    assert rows
    assert all(row.startswith(named) for row in rows)
    assert named != "entry " or "(bank_fee/" in rows[0]


def test_an_entry_that_reaches_the_bank_account_past_the_reconciliation_is_named(books: Connection):
    books.execute(
        """
        insert into store.ledger_lines by name
        select 9999 as entry_no, 'journal/X99' as entry_id, entry_date, 1 as line_no, account_code, 90 as amount,
            90 as currency_amount, currency_code
        from store.ledger_lines where account_code = '1000' limit 1
        """
    )
    assert breaking(books, "bank_lines_are_reconciled_once") == ["entry 9999 (journal/X99)"]
    assert breaking(books, "bank_book_equals_statement_and_unmatched") == ["bank account 1000 in GBP"]
