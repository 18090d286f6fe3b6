"""BAI2: accounts are statements, amounts in the smallest unit of their currency, trailers held to their word."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import UnreadableFile
from tasks.extract.formats.bai2 import _Reader, _records


def account(*records, number="222", currency="", opening=None, closing=None, total=None):
    """An account with a trailer that keeps its word."""
    balances = [f"010,{opening},,"] * (opening is not None) + [f"015,{closing},,"] * (closing is not None)
    lines = [f"03,{number},{currency},{','.join(balances) or ',,,'}/", *records]
    amounts = [int(one.split(",")[2]) for one in records if one.startswith("16")]
    found = sum(amounts) + (opening or 0) + (closing or 0)
    return [*lines, f"49,{found if total is None else total},{len(lines) + 1}/"], found if total is None else total


def group(*accounts, day="250304", currency="USD"):
    lines = [f"02,RCV,111,1,{day},0000,{currency},2/", *(line for lines, _ in accounts for line in lines)]
    total = sum(total for _, total in accounts)
    return [*lines, f"98,{total},{len(accounts)},{len(lines) + 1}/"], total


def file(*groups):
    lines = ["01,SND,RCV,250305,0600,1,,,2/", *(line for lines, _ in groups for line in lines)]
    return "\n".join([*lines, f"99,{sum(total for _, total in groups)},{len(groups)},{len(lines) + 1}/"]) + "\n"


LINE = "16,195,250,,B-1,C-1,Incoming Wire, from Kari / Oslo"


@pytest.fixture
def read(statements):
    return partial(statements, name="a.bai", format="bai2")


def parts(rows, *columns):
    return [tuple(row.get(column) for column in columns) for row in rows]


def test_an_account_of_a_day_is_a_statement_with_its_lines(read):
    statement, entry = read(file(group(account(LINE, opening=1000, closing=1250))))
    assert statement == {
        "part": "statement", "message_type": "BAI2", "account_id": "222", "account_bank": "111",
        "account_currency": "USD", "statement_id": "2025-03-04", "to_date": "2025-03-04",
        "opening_balance_amount": "10.00", "opening_balance_date": "2025-03-04", "closing_balance_amount": "12.50",
        "closing_balance_date": "2025-03-04", "is_proven": "true",
    }  # fmt: skip
    assert {name: value for name, value in entry.items() if name not in statement} == {
        "entry_no": "1", "line_no": "1", "status": "BOOK", "is_reversal": "false", "is_itemised": "false",
        "amount": "2.50", "currency": "USD", "booking_date": "2025-03-04", "value_date": "2025-03-04",
        "balance_after_amount": "12.50", "bank_reference": "B-1", "customer_reference": "C-1",
        "transaction_code": "195", "reference": "Incoming Wire, from Kari / Oslo",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "amount"),
    [
        ("115", "2.50"), ("399", "2.50"), ("401", "-2.50"), ("698", "-2.50"), ("721", "2.50"), ("760", "-2.50"),
        ("925", "2.50"), ("965", "-2.50"), ("905", "250 of type 905, neither a credit nor a debit"),
        ("1x", "250 of type 1x, neither a credit nor a debit"),
    ],
)  # fmt: skip
def test_the_code_says_which_way_it_went(read, code, amount):
    assert read(file(group(account(LINE.replace("195", code)))))[1]["amount"] == amount


def test_a_line_without_money_is_none(read):
    assert len(read(file(group(account("16,890,0,,,,a note"))))) == 1


@pytest.mark.parametrize(("currency", "amount"), [("JPY", "250"), ("BHD", "0.250"), ("", "2.50"), ("cad", "2.50")])
def test_amounts_have_the_decimals_of_their_currency(read, currency, amount):
    row = read(file(group(account(LINE, currency=currency))))[1]
    assert (row["amount"], row["currency"]) == (amount, currency.upper() or "USD")


@pytest.mark.parametrize(
    ("fields", "value_date"),
    [
        ("", "2025-03-04"), ("0", "2025-03-04"), ("V,250306,0000", "2025-03-06"), ("S,100,100,50", "2025-03-04"),
        ("D,2,0,100,1,150", "2025-03-04"),
    ],
)  # fmt: skip
def test_when_the_money_can_be_drawn_takes_fields_of_its_own(read, fields, value_date):
    row = read(file(group(account(LINE.replace("250,,", f"250,{fields},")))))[1]
    assert (row["value_date"], row["bank_reference"], row["customer_reference"]) == (value_date, "B-1", "C-1")


def test_a_record_runs_on(read):
    lines, total = account(LINE)
    lines[1:2] = ["16,195,250,/", "88,B-1,C-1,Incoming", "88,Wire"]
    lines[-1] = "49,250,5/"
    row = read(file(group((lines, total))))[1]
    assert (row["bank_reference"], row["reference"]) == ("B-1", "Incoming Wire")


def test_balances_stand_in_continuations_too(read):
    lines, total = account(LINE, opening=1000, closing=1250)
    lines[0:1] = ["03,222,,010,1000,,/", "88,015,1250,,,040,0,,S,1,2,3/"]
    lines[-1] = f"49,{total},4/"
    assert read(file(group((lines, total))))[0]["is_proven"] == "true"


def test_a_statement_that_does_not_add_up_is_set_aside(read):
    rows = read(file(group(account(LINE, opening=1000, closing=1251), account(LINE, number="333"))))
    assert parts(rows, "rule") == [("statement:balance",), ("statement:balance",), (None,), (None,)]
    assert "opens at 10.00 USD, its lines come to 2.50, but it closes at 12.51" in rows[0]["reason"]


def test_a_trailer_that_does_not_keep_its_word_sets_its_account_aside(read):
    rows = read(file(group(account(LINE, total=251), account(LINE, number="333"))))
    assert "its record 49 says 251 for the amounts of its records, they come to 250" in rows[0]["reason"]
    assert parts(rows, "rule") == [("statement:balance",), ("statement:balance",), (None,), (None,)]


def test_trailers_of_groups_and_of_the_file_are_rows_where_they_do_not_hold(read):
    text = file(group(account(LINE))).replace("98,250,1,", "98,250,2,").replace("99,250,1,", "99,9,1,")
    rows = read(text)
    assert parts(rows, "rule")[2:] == [("statement:control",), ("statement:control",)]
    assert rows[2]["reason"] == "its record 98 says 2 for the accounts, there are 1"
    assert rows[3]["reason"] == "its record 99 says 9 for the totals of its groups, they come to 250"


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(st.integers(1, 10**12), max_size=4), min_size=1, max_size=3))
def test_what_is_written_by_the_book_holds(accounts):
    text = file(group(*(account(*(f"16,195,{amount},,,," for amount in one), opening=5) for one in accounts)))
    found = list(_Reader().read(_records(iter(text.splitlines()))))
    assert len(found) == len(accounts)
    assert [one.refusal() for one in found] == [None] * len(accounts)


WHOLE = file(group(account(LINE)))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it is empty"),
        ("date;amount\n", "it is no BAI2 file: record 1 begins with 'da', not with 01"),
        ("\0\0\0\n", "it is no BAI2 file"),
        ("<html>", "it is an HTML page"),
        ("%PDF-1.7", "it is a PDF"),
        (WHOLE.replace("49,", "77,"), "record 5 begins with '77', not with one of BAI2"),
        ("\n".join(WHOLE.splitlines()[:-1]), "it is cut off: it does not end in a record 99"),
        ("\n".join(WHOLE.splitlines()[:3]), "it is cut off: it does not end in a record 99"),
        (WHOLE.replace("49,250,3/\n", ""), "an account does not end in a record 49"),
        (WHOLE.replace("03,222", "03,2\n03,222"), "an account outside of a group, or one that does not end"),
        (WHOLE.replace("03,222,,,,,/\n", ""), "it has a record 16 outside of an account"),
        (WHOLE.replace("Wire", "W\xefre").encode("latin-1"), "its line 4 is not utf-8 text"),
        (WHOLE.replace("Wire", "x" * (9 << 20)), "it has a line longer than 4 MiB"),
        (WHOLE.replace(LINE, LINE + "\n88," + "x" * (1 << 20)), "it has a record 16 longer than 1 MiB"),
    ],
)
def test_what_is_no_bai2_is_refused_with_the_reason(read, content, reason):
    with pytest.raises(UnreadableFile, match=reason):
        read(content)


@pytest.mark.parametrize("amount", ["9" * 5000, "1e3", "", "2.50"])
def test_an_amount_that_is_none_is_left_to_the_contract(read, amount):
    text = WHOLE.replace("16,195,250", f"16,195,{amount}").replace("49,250", "49,0").replace("98,250", "98,0")
    row = read(text.replace("99,250", "99,0"))[1]
    assert row.get("amount", "") == amount
