"""QIF: every entry comes out balanced, in any spelling of days and amounts; what cannot be read is set aside."""

from collections import defaultdict
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.errors import UnreadableFile
from tasks.extract.formats import qif
from tests.tasks.extract.formats.journals import said

WHOLE = """!Option:AutoSwitch
!Account
NChecking
TBank
DThe daily one
^
!Type:Cat
NFood
DWhat is eaten
E
^
NSalary
I
^
!Type:Class
NHome
^
!Account
NChecking
TBank
^
!Type:Bank
D1/15'25
T-1,100.50
U-1,100.50
PCorner shop
MRibbons
N1001
CX
AMain street 1
A12345 Town
LFood/Home
^
D 1/16/25
T50.00
SSalary
EThe first half
$20.00
S[Savings]
$30.00
^
"""


@pytest.fixture
def read_qif(read):
    return partial(read, name="a.qif", format="qif")


def test_accounts_and_categories_are_rows(read_qif):
    rows = said(read_qif(WHOLE))
    assert [(row["account"], row["account_type"], row["description"]) for row in rows if row["part"] == "account"] == [
        ("Checking", "Bank", "The daily one"), ("Checking", "Bank", None),
    ]  # fmt: skip
    assert [(row["category"], row["account_type"]) for row in rows if row["part"] == "category"] == [
        ("Food", "expense"), ("Salary", "income"),
    ]  # fmt: skip


def test_an_entry_has_its_account_and_the_other_side(read_qif):
    entry, split = [row for row in said(read_qif(WHOLE)) if row["entry_no"] == "1"]
    assert (entry["part"], entry["account"], entry["date"], entry["amount"]) == (
        "entry", "Checking", "01/15/2025", "-1100.50",
    )  # fmt: skip
    assert (entry["payee"], entry["memo"], entry["number"], entry["cleared"]) == ("Corner shop", "Ribbons", "1001", "X")
    assert entry["address"] == "Main street 1\n12345 Town"
    assert (split["part"], split["category"], split["class"], split["amount"]) == ("split", "Food", "Home", "1100.50")


def test_splits_and_transfers_are_lines_of_their_own(read_qif):
    entry, salary, savings = [row for row in said(read_qif(WHOLE)) if row["entry_no"] == "2"]
    assert (entry["amount"], salary["amount"], savings["amount"]) == ("50.00", "-20.00", "-30.00")
    assert (salary["category"], salary["memo"]) == ("Salary", "The first half")
    assert (savings["transfer_account"], savings["category"]) == ("Savings", None)


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("1/15'25", "01/15/2025"), ("1/15' 5", "01/15/2005"), (" 1/ 5/99", "01/05/1999"), ("15.01.2025", "15/01/2025"),
        ("2025-1-5", "2025-01-05"), ("31/12/69", "31/12/2069"), ("31/12/70", "31/12/1970"),
    ],
)  # fmt: skip
def test_days_keep_their_order_and_get_all_their_digits(read_qif, written: str, is_read: str):
    assert said(read_qif(f"!Type:Bank\nD{written}\nT1.00\n^\n"))[0]["date"] == is_read


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("1,234.56", "1234.56"), ("1.234,56", "1234.56"), ("-1234", "-1234"), ("12,5", "12.5"), (".5", "0.5"),
        ("1,234,567", "1234567"), ("1'234.50", "1234.50"), ("+3.00", "3.00"), ("0.125", "0.125"),
    ],
)  # fmt: skip
def test_amounts_with_point_or_comma(read_qif, written: str, is_read: str):
    assert said(read_qif(f"!Type:CCard\nD1/1/2025\nT{written}\n^\n"))[0]["amount"] == is_read


SET_ASIDE = {
    "splits that come to another amount": ("D1/1/25\nT5\nSA\n$4.00\n^", "its splits come to 4.00"),
    "a split without an amount": ("D1/1/25\nT5\nSA\n^", "a split without an amount"),
    "an amount that may be two": ("D1/1/25\nT1,234\n^", "may be a thousand or three decimals"),
    "an amount that is none": ("D1/1/25\nTfive\n^", "'five' is no amount"),
    "two amounts": ("D1/1/25\nT5\nU6\n^", "two amounts"),
    "no amount": ("D1/1/25\n^", "it has no amount"),
    "no day": ("T5\n^", "it has no day"),
    "a day that is none": ("D25\nT5\n^", "'25' is no day"),
    "a field that is not known": ("D1/1/25\nT5\nZ9\n^", "a field 'Z'"),
    "a field that stands twice": ("D1/1/25\nT5\nPa\nPb\n^", "the field 'P' twice"),
    "an end that is missing": ("D1/1/25\nT5", "not ended by"),
}


@pytest.mark.parametrize(("entry", "why"), SET_ASIDE.values(), ids=SET_ASIDE)
def test_an_entry_that_cannot_be_read_is_one_row_set_aside(read_qif, entry: str, why: str):
    reading = read_qif(f"!Type:Bank\nD1/1/2025\nT1.00\n^\n{entry}\n")
    assert list(reading.rows) == [1, 2]
    (malformed,) = reading.malformed
    assert (malformed.row, malformed.rule, malformed.raw.removesuffix("\n^")) == (
        3, "structure:entry", entry.removesuffix("\n^"),
    )  # fmt: skip
    assert why in malformed.reason


def test_investments_are_set_aside_and_the_rest_goes_on(read_qif):
    reading = read_qif("!Type:Invst\nD1/1/25\nNBuy\n^\n!Type:Cash\nD1/1/2025\nT1.00\n^\n")
    assert (list(reading.rows), reading.rules) == ([2, 3], {1: "structure:entry"})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("D1/1/25\nT5\n^\n", "it does not begin with a section"),
        ("!Bogus\nD1\n^\n", "line 1: '!Bogus' is no section"),
        ("<!doctype html>", "it is an HTML page"),
        ("!Type:Bank\nPB\0\n^\n", "line 2: it holds a NUL"),
        ("!Type:Bank\nPBäcker\n^\n".encode("cp1252"), "line 2: it is not utf-8 text"),
        ("!Type:Bank\nP" + "x" * 100_001, "line 2: it is longer"),
    ],
)
def test_what_is_no_qif_is_refused(read_qif, text: str | bytes, why: str):
    with pytest.raises(UnreadableFile, match=why):
        read_qif(text)


def test_an_encoding_of_old_is_named(read_qif):
    text = "!Type:Bank\nD1/1/2025\nT1.00\nPBäcker\n^\n".encode("cp1252")
    assert said(read_qif(text, encoding="cp1252"))[0]["payee"] == "Bäcker"


def test_an_entry_that_never_ends_is_refused(read_qif, monkeypatch):
    monkeypatch.setattr(qif, "ENTRY_LINES", 2)
    with pytest.raises(UnreadableFile, match="line 2: an entry of more than 2 lines"):
        read_qif("!Type:Bank\nPa\nMb\nNc\n")


AMOUNTS = st.decimals(-(10**6), 10**6, places=2)


@given(entries=st.lists(st.lists(AMOUNTS, min_size=1, max_size=4), max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_entry_sums_to_nothing(read_qif, entries: list[list[Decimal]]):
    text = "!Type:Bank\n"
    for splits in entries:
        text += f"D1/1/2025\nT{sum(splits)}\n" + "".join(f"SA\n${split:,}\n" for split in splits) + "^\n"
    reading = read_qif(text)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in said(reading):
        sums[row["entry_no"]] += Decimal(row["amount"])
    assert reading.malformed == []
    assert list(sums.values()) == [0] * len(entries)
