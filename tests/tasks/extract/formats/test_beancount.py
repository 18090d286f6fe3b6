"""Files of beancount: what beancount makes of them is what is read, and what is not known is refused."""

from contextlib import nullcontext
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tasks.errors import UnreadableFile
from tests.tasks.extract.conftest import read_file
from tests.tasks.extract.formats.journals import Beancount, Entered, as_beancount, balances, journals, said

ANY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

WHOLE = """option "title" "Ribbons"
option "name_income" "Umsatz"
; what a person writes
* A heading
2024-01-01 open Assets:Bank EUR, USD
  code: "10,0"
  name: "The \\"bank\\""
2024-01-01 open Assets:Stock "NONE"
2024-01-01 open Assets:Dollars
2024-01-01 open Umsatz:Sales
2024-01-01 commodity EUR
  name: "Euro"
2024-01-01 price USD 0.91 EUR
pushtag #year
2024-02-01 * "Corner shop" "ribbons; red" #trip ^inv-1
  entry: 12
  Assets:Bank  1,000.00 EUR ; paid
    foreign: 1100 USD
  ! Umsatz:Sales
poptag #year
2024-02-02 txn "buy"
  Assets:Stock  3 AAPL {100.333 EUR, 2024-02-02}
  Assets:Bank  -301.00 EUR
2024-02-03 ! "exchange"
  Assets:Dollars  10.00 USD @@ 9.12 EUR
  Assets:Bank  -9.12 EUR
2024-02-04 balance Assets:Bank  689.88 EUR
2024-02-04 note Assets:Bank "seen"
2024-02-05 balance Assets:Bank  690.00 ~ 0.5 EUR
2024-02-06 close Assets:Dollars
"""


@pytest.fixture(scope="module")
def beancount():
    loader = Beancount()
    yield loader
    loader.end()


@pytest.fixture
def read_books(read):
    return partial(read, name="a.beancount", format="beancount")


def of(reading, **wanted):
    return [row for row in said(reading) if all(row[name] == value for name, value in wanted.items())]


def test_accounts_say_their_side_and_metadata(read_books):
    rows = of(read_books(WHOLE), part="account")
    assert [(row["account"], row["account_type"], row["date"]) for row in rows] == [
        ("Assets:Bank", "asset", "2024-01-01"), ("Assets:Stock", "asset", "2024-01-01"),
        ("Assets:Dollars", "asset", "2024-01-01"), ("Umsatz:Sales", "revenue", "2024-01-01"),
    ]  # fmt: skip
    assert rows[0]["account_tags"] == '{"code": "10,0", "name": "The \\"bank\\""}'


def test_prices_are_rows(read_books):
    (row,) = of(read_books(WHOLE), part="price")
    assert (row["date"], row["commodity"], row["price"], row["price_commodity"]) == ("2024-01-01", "USD", "0.91", "EUR")


def test_a_posting_says_what_its_entry_and_its_account_say(read_books):
    bank, sales = of(read_books(WHOLE), entry_no="1")
    assert (bank["payee"], bank["description"], bank["status"]) == ("Corner shop", "ribbons; red", "*")
    assert (bank["links"], bank["entry_tags"], bank["tags"]) == (
        "#year #trip ^inv-1", '{"entry": "12"}', '{"foreign": "1100 USD"}',
    )  # fmt: skip
    assert bank["account_tags"] == '{"code": "10,0", "name": "The \\"bank\\""}'
    assert (sales["amount"], sales["is_inferred"], sales["posting_status"]) == ("-1000.00", "true", "!")


def test_a_lot_stands_at_its_cost_and_what_is_exchanged_at_its_price(read_books):
    reading = read_books(WHOLE)
    stock, bank = of(reading, entry_no="2")
    assert (stock["amount"], stock["amount_commodity"], bank["amount"]) == ("301.00", "EUR", "-301.00")
    dollars, _ = of(reading, entry_no="3")
    assert (dollars["amount"], dollars["other_amount"], dollars["other_commodity"]) == ("9.12", "10.00", "USD")


def test_beancount_comes_to_the_same(read_books, tmp_path: Path, beancount: Beancount):
    assert balances(read_books(WHOLE)) == beancount.balances(tmp_path / "a.beancount")


@given(journal=journals())
@ANY
def test_beancount_comes_to_the_same_of_any_entries(journal: list[Entered], tmp_path: Path, beancount: Beancount):
    path = tmp_path / "any.beancount"
    path.write_text(as_beancount(journal))
    reading = read_file(path, format="beancount")
    found = balances(reading)
    assert found == beancount.balances(path)
    worth: dict[str, Decimal] = {}
    for (_, commodity), amount in balances(reading, "amount", "amount_commodity").items():
        worth[commodity] = worth.get(commodity, Decimal(0)) + amount
    assert set(worth.values()) <= {Decimal(0)}
    # What it comes to may be asserted, with the accounts below; another amount may not.
    for (account, commodity), _ in list(found.items())[:1]:
        held = sum(
            amount for (name, other), amount in found.items()
            if other == commodity and (name == account or name.startswith(f"{account}:"))
        )  # fmt: skip
        for said_to_be, is_right in ((held, True), (held + 1, False)):
            path.write_text(f"2024-12-31 balance {account}  {said_to_be} {commodity}\n{as_beancount(journal)}")
            assert isinstance(beancount.balances(path), dict) == is_right
            with nullcontext() if is_right else pytest.raises(UnreadableFile, match="is said to hold"):
                read_file(path, format="beancount")


OPEN = "2024-01-01 open Assets:A\n2024-01-01 open Assets:B\n"

REFUSED = {
    "an entry that does not balance": (
        '2024-01-01 * "x"\n  Assets:A  1 EUR\n  Assets:B  -2 EUR\n',
        "line 1: .*-1 of EUR is left",
    ),
    "two amounts left out": ('2024-01-01 * "x"\n  Assets:A\n  Assets:B\n', "line 1: .*more than one amount"),
    "an account outside the five": ('2024-01-01 * "x"\n  Aktiva:A  1 EUR\n  Assets:B\n', "line 1: Aktiva:A stands"),
    "a pad": ("2024-01-01 pad Assets:A Assets:B\n", "line 1: `pad` makes an entry"),
    "a plugin": ('plugin "my.own"\n', "line 1: the plugin 'my.own' may change"),
    "an option that matters": ('option "inferred_tolerance_default" "*:1"\n', "line 1: the option"),
    "a directive that is not known": ("2024-01-01 frobnicate Assets:A\n", "line 1: 'frobnicate' is no directive"),
    "a word that is not known": ("pushmeta a: 1\n", "line 1: "),
    "a day that is none": ('2024-02-30 * "x"\n', "line 1: 2024-02-30 is no day"),
    "a text without end": ('2024-01-01 * "x\n', "line 1: a text that does not end on its line"),
    "arithmetic": ('2024-01-01 * "x"\n  Assets:A  1+2 EUR\n  Assets:B\n', "line 2: an amount that is to be reckoned"),
    "an amount without currency": ('2024-01-01 * "x"\n  Assets:A  1\n  Assets:B\n', "line 2: .*where a currency is"),
    "a lot to be found": ('2024-01-01 * "x"\n  Assets:A  -1 X {}\n  Assets:B  1 EUR\n', "line 2: a lot without"),
    "a cost that is averaged": ('2024-01-01 * "x"\n  Assets:A  -1 X {*}\n  Assets:B\n', "line 2: a cost that is"),
    "a balance that is another": (
        '2024-01-01 * "x"\n  Assets:A  1.00 EUR\n  Assets:B\n2024-01-02 balance Assets:A  1.02 EUR\n',
        r"line 4: Assets:A is said to hold 1\.02 EUR on 2024-01-02, but its entries come to 1\.00",
    ),
    "a balance of the same day": (
        '2024-01-01 * "x"\n  Assets:A  1.00 EUR\n  Assets:B\n2024-01-01 balance Assets:A  1.00 EUR\n',
        "line 4: ",
    ),
    "an include that climbs": ('include "../other.beancount"\n', "line 1: include leads out of the folder"),
    "bytes of another encoding": ('2024-01-01 * "Bäcker"\n'.encode("cp1252"), "line 1: it is not utf-8 text"),
    "a NUL": ('2024-01-01 * "\0"\n', "line 1: it holds a NUL"),
    "a number without end": (f'2024-01-01 * "x"\n  Assets:A  {"9" * 41} EUR\n  Assets:B\n', "line 2: a number of more"),
    "an HTML page": ("<html>", "it is an HTML page"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_known_refuses_the_file_with_its_line(read_books, text: str | bytes, why: str):
    with pytest.raises(UnreadableFile, match=why):
        read_books(text)


def test_an_include_is_told_and_never_opened(read_books):
    (row,) = said(read_books('include "2024.beancount"\n'))
    assert (row["part"], row["path"]) == ("include", "2024.beancount")


def test_a_rest_that_is_forgiven_goes_to_what_was_exchanged(read_books):
    books = f'{OPEN}2024-01-02 * "x"\n  Assets:A  3 X @ 0.333 EUR\n  Assets:B  -1.00 EUR\n'
    first, second = of(read_books(books), part="posting")
    assert (first["amount"], second["amount"]) == ("1.00", "-1.00")
