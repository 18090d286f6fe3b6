"""One wrong entry of every kind is planted straight into the ledger, and each is found and named."""

import pytest

from schemas.tables.ledger_lines import DOCUMENT_KINDS
from schemas.tie_outs import TIE_OUTS
from tasks.tie_out import tie_out
from tests.schemas.tie_outs.conftest import DAY, SMALL
from warehouse.build import build
from warehouse.connection import Connection, connect
from warehouse.home import Home

PLANTED = """
    insert into store.ledger_lines by name
    select
        (select max(entry_no) from store.ledger_lines) + 1 as entry_no, $kind || '/X99' as entry_id,
        unnest([1, 2]) as line_no, date '2025-02-14' as entry_date, 'general' as journal, $kind as document_kind,
        'X99' as document_id, 'C1' as party_id, unnest($accounts) as account_code, unnest([90, -90]) as amount,
        'GBP' as currency_code, amount as currency_amount, $leg as leg, 'books' as _source,
        timestamptz '2025-03-01 18:00:00+00' as recorded_at
"""


def broken(connection: Connection) -> dict[str, list[str]]:
    """What breaks each tie-out, in full."""
    found = {one.name: connection.execute(f"select breaking from ({one.sql})").fetchall() for one in TIE_OUTS}
    return {name: [breaking for (breaking,) in rows] for name, rows in found.items() if rows}


def plant(connection: Connection, kind: str, leg: str = "revenue", accounts: tuple[str, str] = ("1100", "4000")) -> str:
    """A balanced entry that no document asks for; what it is called."""
    connection.execute(PLANTED, {"kind": kind, "leg": leg, "accounts": list(accounts)})
    ((number,),) = connection.execute("select max(entry_no) from store.ledger_lines").fetchall()
    return f"entry {number} ({kind}/X99)"


def test_books_that_are_right_tie_out_in_every_way(books: Connection):
    assert broken(books) == {}


def test_the_books_have_entries_of_every_kind(books: Connection):
    rows = books.execute("select distinct document_kind from store.ledger_lines").fetchall()
    assert set(DOCUMENT_KINDS) - {kind for (kind,) in rows} == {"exchange_difference"}


@pytest.mark.parametrize("leg", ["revenue", "line"])
@pytest.mark.parametrize("kind", DOCUMENT_KINDS)
def test_an_entry_that_no_document_asks_for_is_found_and_named(books: Connection, kind: str, leg: str):
    named = plant(books, kind, leg)
    assert [name for name, rows in broken(books).items() if any(row.startswith(named) for row in rows)]


@pytest.mark.parametrize("kind", sorted(set(DOCUMENT_KINDS) - {"exchange_difference"}))
def test_an_entry_of_the_wrong_amount_is_found_and_named(books: Connection, kind: str):
    books.execute(
        """
        update store.ledger_lines set amount = amount * 2, currency_amount = currency_amount * 2
        where entry_no = (select max(entry_no) from store.ledger_lines where document_kind = ?)
        """,
        [kind],
    )
    ((number,),) = books.execute(
        "select max(entry_no) from store.ledger_lines where document_kind = ?", [kind]
    ).fetchall()
    rows = [row for found in broken(books).values() for row in found]
    assert any(row.startswith(f"entry {number} (") for row in rows)


@pytest.mark.parametrize("kind", sorted(set(DOCUMENT_KINDS) - {"exchange_difference"}))
def test_an_entry_on_another_account_is_found_and_named(books: Connection, kind: str):
    ((number,),) = books.execute(
        "select max(entry_no) from store.ledger_lines where document_kind = ?", [kind]
    ).fetchall()
    books.execute("update store.ledger_lines set account_code = '3000' where entry_no = ? and line_no = 1", [number])
    rows = [row for found in broken(books).values() for row in found]
    assert any(row.startswith(f"entry {number} (") for row in rows)


@pytest.mark.parametrize("kind", sorted(set(DOCUMENT_KINDS) - {"exchange_difference"}))
def test_an_entry_that_was_lost_is_missed(books: Connection, kind: str):
    ((number,),) = books.execute(
        "select max(entry_no) from store.ledger_lines where document_kind = ?", [kind]
    ).fetchall()
    books.execute("delete from store.ledger_lines where entry_no = ?", [number])
    assert broken(books)


def test_planted_entries_reach_the_table_that_stops_a_publication(home: Home):
    with connect(home.warehouse) as connection:
        named = plant(connection, "customer_payment", "bank", ("1000", "1100"))
    building = build(home, DAY, SMALL)
    tie_out(building)
    with connect(building, read_only=True) as connection:
        rows = connection.execute(
            "select tie_out, breaking, difference from compliance.tie_outs where not is_kept order by tie_out_no"
        ).fetchall()
    assert rows[0] == ("payments_equal_bank_accounts", f"{named}; {named}", 180)
    assert {name for name, *_ in rows[1:]} == {
        "accounts_follow_the_posting_rules", "receivables_ageing_equals_control_account",
    }  # fmt: skip
