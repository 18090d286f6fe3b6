"""Journals of hledger and ledger: what hledger makes of them is what is read, and what is not known is refused."""

import gzip
import shutil
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tasks.errors import UnreadableFile
from tasks.extract.formats.plaintext import blocks
from tests.tasks.extract.conftest import read_file
from tests.tasks.extract.formats.journals import Entered, as_hledger, balances, hledger_balances, journals, said

ANY = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

HEAD = """; what a person writes
commodity $1,000.00
commodity 1.000,00 EUR

account Assets:Bank  ; type: Cash, number: 1000
    ; the main one, opened: 2020
account Umsatz       ; type: R
P 2025-01-01 $ 0,91 EUR
Y2025
"""

ENTRIES = """
01/02=2025-01-05 * (A1) Corner shop | milk  ; ref: 12
    ; kind: food
    Assets:Bank        -1.010,50 EUR  ; document: 7, party: C1
    ! Expenses:Food

2025-01-03 buy
    Assets:Stock            10 "AAPL 2" {150,10 EUR} [2025-01-03]
    Assets:Bank      -1501,00 EUR = -2511,50 EUR

2025.01.04 dollars
    Assets:Dollars   $1,000.00 @ 0,91234 EUR
    Assets:Bank        -912,34 EUR

2025-01-05 without a price
    Assets:Dollars     $-100
    Expenses:Food      60,00 EUR
    Expenses:Home      30,00 EUR
    (Budget:Food)     -60,00 EUR
    [Saving:Car]        5,00 EUR
    [Saving:All]

2025-01-06 assign
    Assets:Cash                  = 50,00 EUR
    Equity:Opening
"""

WHOLE = HEAD + ENTRIES


@pytest.fixture
def read_journal(read):
    return partial(read, name="a.journal", format="hledger")


needs_hledger = pytest.mark.skipif(
    not shutil.which("hledger"), reason="hledger is not installed; on Debian: apt-get install hledger"
)


def of(reading, **wanted):
    return [row for row in said(reading) if all(row[name] == value for name, value in wanted.items())]


def test_accounts_declare_their_type_and_tags(read_journal):
    rows = of(read_journal(WHOLE), part="account")
    assert [(row["account"], row["account_type"], row["line"]) for row in rows] == [
        ("Assets:Bank", "cash", "5"),
        ("Umsatz", "revenue", "7"),
    ]
    assert rows[0]["account_tags"] == '{"opened": "2020", "type": "Cash", "number": "1000"}'


def test_prices_are_rows(read_journal):
    (row,) = of(read_journal(WHOLE), part="price")
    assert (row["date"], row["commodity"], row["price"], row["price_commodity"]) == ("2025-01-01", "$", "0.91", "EUR")


def test_a_posting_says_what_the_head_of_its_entry_says(read_journal):
    bank, food = of(read_journal(WHOLE), part="posting", entry_no="1")
    assert (bank["date"], bank["second_date"], bank["status"], bank["code"]) == ("2025-01-02", "2025-01-05", "*", "A1")
    assert (bank["description"], bank["payee"], bank["note"]) == ("Corner shop | milk", "Corner shop", "milk")
    assert bank["entry_tags"] == '{"ref": "12", "kind": "food"}'
    assert bank["tags"] == '{"document": "7", "party": "C1"}'
    assert (bank["amount"], bank["amount_commodity"], bank["is_inferred"]) == ("-1010.50", "EUR", "false")
    assert (food["amount"], food["account_type"], food["is_inferred"]) == ("1010.50", "expense", "true")
    assert food["posting_status"] == "!"


def test_a_lot_stands_at_its_cost(read_journal):
    stock, bank = of(read_journal(WHOLE), entry_no="2")
    assert (stock["quantity"], stock["commodity"], stock["price"], stock["price_of"]) == (
        "10",
        "AAPL 2",
        "150.10",
        "one",
    )
    assert (stock["amount"], stock["amount_commodity"], bank["amount"]) == ("1501", "EUR", "-1501.00")


def test_an_exchange_is_told_in_both_currencies(read_journal):
    dollars, bank = of(read_journal(WHOLE), entry_no="3")
    assert (dollars["amount"], dollars["amount_commodity"]) == ("912.34", "EUR")
    assert (dollars["other_amount"], dollars["other_commodity"]) == ("1000.00", "$")
    assert (bank["other_amount"], bank["other_commodity"]) == ("-1000.00", "$")


def test_of_two_commodities_without_a_price_one_is_worth_the_other(read_journal):
    rows = of(read_journal(WHOLE), entry_no="4", posting="real")
    assert [(row["amount"], row["amount_commodity"]) for row in rows] == [
        ("-90.00", "EUR"), ("60.00", "EUR"), ("30.00", "EUR"),
    ]  # fmt: skip
    assert [row["other_amount"] for row in rows] == ["-100", "67", "33"]


def test_virtual_postings_say_that_they_are(read_journal):
    rows = of(read_journal(WHOLE), entry_no="4")
    assert [row["posting"] for row in rows[3:]] == ["virtual", "balanced virtual", "balanced virtual"]
    assert (rows[5]["account"], rows[5]["amount"]) == ("Saving:All", "-5.00")


def test_a_balance_is_assigned(read_journal):
    cash, _ = of(read_journal(WHOLE), entry_no="5")
    assert (cash["account"], cash["amount"]) == ("Assets:Cash", "50.00")


@needs_hledger
def test_hledger_comes_to_the_same(read_journal, tmp_path: Path):
    reading = read_journal(WHOLE)
    assert balances(reading) == hledger_balances(tmp_path / "a.journal")


@needs_hledger
@given(journal=journals())
@ANY
def test_hledger_comes_to_the_same_of_any_journal(journal: list[Entered], tmp_path: Path):
    path = tmp_path / "any.journal"
    path.write_text(as_hledger(journal))
    reading = read_file(path, format="hledger")
    found = balances(reading)
    assert found == hledger_balances(path)
    worth = balances(reading, "amount", "amount_commodity")
    assert {commodity: total for commodity, total in by_commodity(worth).items() if total} == {}


@needs_hledger
@given(journal=journals())
@ANY
def test_what_a_journal_asserts_is_what_hledger_finds(journal: list[Entered], tmp_path: Path):
    path = tmp_path / "any.journal"
    path.write_text(as_hledger(journal))
    found = balances(read_file(path, format="hledger"))
    asserted = "".join(f"    {account}  0 {name} = {held} {name}\n" for (account, name), held in found.items())
    # At the top, so that the order of the days counts and not that of the lines.
    whole = f"2024-12-31 all\n{asserted}\n{as_hledger(journal)}" if asserted else as_hledger(journal)
    path.write_text(whole)
    assert balances(read_file(path, format="hledger")) == hledger_balances(path) == found
    if found:
        held = next(iter(found.values()))
        path.write_text(whole.replace(f"= {held} ", f"= {held + 1} ", 1))
        with pytest.raises(UnreadableFile, match="is said to hold"):
            read_file(path, format="hledger")
        assert "balance assertion" in str(hledger_balances(path)).lower()


def by_commodity(worth) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for (_, commodity), amount in worth.items():
        sums[commodity] = sums.get(commodity, Decimal(0)) + amount
    return sums


ENTRY = "2025-01-01 x\n  A:B  1 EUR\n  A:C  -1 EUR\n"

REFUSED = {
    "an entry that does not balance": ("2025-01-01 x\n  A:B  1 EUR\n  A:C  -2 EUR\n", r"line 1: .*-1 of EUR is left"),
    "two amounts left out": ("2025-01-01 x\n  A:B\n  A:C\n", "line 1: .*more than one amount"),
    "two commodities on one side": ("2025-01-01 x\n  A:B  1 EUR\n  A:C  1 USD\n", "line 1: .*does not balance"),
    "no posting": ("2025-01-01 x\n", "line 1: .*without a posting"),
    "no day": ("2025-02-30 x\n  A  1\n  B\n", "line 1: 2025-02-30 is no day"),
    "a day without a year": ("01-02 x\n  A  1\n  B\n", "line 1: 01-02 has no year"),
    "an automated entry": ("= A\n  B  1\n", "line 1: an automated entry"),
    "a periodic entry": ("~ monthly\n  B  1\n  C\n", "line 1: a periodic entry"),
    "a directive that is not known": (f"{ENTRY}\nbucket A:B\n", "line 5: 'bucket' is no directive"),
    "an alias by pattern": ("alias /x/ = y\n", "line 1: an alias by a regular expression"),
    "a value expression": ("2025-01-01 x\n  A  (1 + 2)\n  B\n", "line 2: a value expression"),
    "scientific notation": ("2025-01-01 x\n  A  1e3 EUR\n  B\n", "line 2: "),
    "a number with two marks": ("2025-01-01 x\n  A  1.0.0,0,0 EUR\n  B\n", "line 2: .*is no number"),
    "a comma that may be two things": ("2025-01-01 x\n  A  1,000 EUR\n  B\n", "line 2: .*decimal-mark"),
    "two prices": ("2025-01-01 x\n  A  1 EUR @ 1 USD @ 2 USD\n  B\n", "line 2: an amount with two prices"),
    "a posting with its own day": ("2025-01-01 x\n  A  1 EUR ; [2025-02-01]\n  B\n", "line 2: .*day of its own"),
    "a posting with its own tagged day": ("2025-01-01 x\n  A  1 EUR\n  B\n  ; date: 2025-02-01\n", "line 4: .*day"),
    "a balance that is another": (f"{ENTRY}\n2025-01-02 x\n  A:B  1 EUR = 3 EUR\n  A:C\n", "line 6: .*come to 2"),
    "a balance of all that is another": (
        f"{ENTRY}\n2025-01-02 x\n  A:B  1 USD == 1 USD\n  A:C\n",
        "line 6: A:B is said to hold 0 EUR",
    ),
    "an include that climbs": ("include ../other.journal\n", "line 1: include leads out of the folder"),
    "an include by the root": ("include /etc/passwd\n", "line 1: include leads out"),
    "an include of a home": ("include ~/x.journal\n", "line 1: include leads out"),
    "an include behind an alias": ("alias a = b\ninclude x.journal\n", "line 2: what stands above the include"),
    "an indented line": ("  A  1 EUR\n", "line 1: an indented line"),
    "a semicolon in an account": ("2025-01-01 x\n  A ; no\n  B  1\n", "line 2: .*two blanks end its name"),
    "a type declared too late": (f"{ENTRY}\naccount A:B  ; type: X\n", "line 5: .*after it was used"),
    "a type that is none": ("account A  ; type: Q\n", "line 1: type: Q is no type"),
    "a virtual posting without amount": ("2025-01-01 x\n  (A)\n  B  0\n", "line 1: a virtual posting without"),
    "bytes of another encoding": ("2025-01-01 Bäcker\n".encode("cp1252"), "line 1: it is not utf-8 text"),
    "a NUL": ("2025-01-01 x\n  A\0  1\n", "line 2: it holds a NUL"),
    "an endless line": ("2025-01-01 x\n  A  1 ;" + "x" * 100_001, "line 2: it is longer"),
    "a number without end": (f"2025-01-01 x\n  A  {'9' * 41} EUR\n  B\n", "line 2: a number of more than 40 digits"),
    "an HTML page": ("<!DOCTYPE html><html>", "it is an HTML page"),
    "a PDF": (b"%PDF-1.7\n", "it is a PDF"),
    "an archive": (b"PK\x03\x04", "it is a zip archive"),
}


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_known_refuses_the_file_with_its_line(read_journal, text: str | bytes, why: str):
    with pytest.raises(UnreadableFile, match=why):
        read_journal(text)


def test_an_include_is_told_and_never_opened(read_journal, tmp_path: Path):
    (tmp_path / "2024.journal").write_text(ENTRY)
    (row,) = said(read_journal("include 2024.journal  ; last year\n"))
    assert (row["part"], row["path"]) == ("include", "2024.journal")


def test_directives_that_change_names_and_amounts(read_journal):
    reading = read_journal(
        "decimal-mark ,\nD 1.000,00 EUR\nalias Bank = Assets:Bank\ncomment\n= nothing\nend comment\n"
        "2025-01-01 x\n  Bank:Giro  1.234,5\n  Cash\n\nend aliases\n"
        f"apply account Private\n{ENTRY}\nend apply account\n"
    )
    assert balances(reading) == {
        ("Assets:Bank:Giro", "EUR"): Decimal("1234.5"), ("Cash", "EUR"): Decimal("-1234.5"),
        ("Private:A:B", "EUR"): Decimal(1), ("Private:A:C", "EUR"): Decimal(-1),
    }  # fmt: skip


def test_ledger_sells_a_lot_at_its_cost_and_hledger_at_its_price(read_journal):
    sold = "2025-01-01 x\n  A:S  -10 X {{15 EUR}} @ 16 EUR\n  A:B  160 EUR\n{}"
    ledger = said(read_journal(sold.format("  I:G  -10 EUR\n").replace("{{15", "{15").replace("EUR}}", "EUR}")))
    assert ledger[0]["amount"] == "-150"
    hledger = said(read_journal(sold.format("").replace("{{15", "{15").replace("EUR}}", "EUR}")))
    assert hledger[0]["amount"] == "-160"


def test_numbers_of_entries_stay_when_another_day_gets_one(read_journal):
    one = said(read_journal(f"{ENTRY}\n{ENTRY}"))
    two = said(read_journal(f"{ENTRY.replace('01-01', '01-02')}\n{ENTRY}\n{ENTRY}"))
    assert [row["day_no"] for row in one] == ["1", "1", "2", "2"]
    assert [row["day_no"] for row in two if row["date"] == "2025-01-01"] == ["1", "1", "2", "2"]


def test_a_compressed_journal_is_read_and_a_cut_one_refused(read):
    packed = gzip.compress(WHOLE.encode())
    assert len(read(packed, "a.journal.gz", format="hledger").rows) > 10
    with pytest.raises(UnreadableFile, match="could not be"):
        read(packed[:-20], "b.journal.gz", format="hledger")


def test_an_entry_that_never_ends_is_refused(read_journal, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_LINES", 3)
    with pytest.raises(UnreadableFile, match="line 1: an entry of more than 3 lines"):
        read_journal("2025-01-01 x\n" + "  A  1 EUR\n" * 4)
