"""Every rule of an export has books that it refuses, and nothing is left behind by what was refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tasks.errors import ExportRefused, UsageError
from tasks.export import FORMATS, Export, export_ledger
from tasks.export.checks import CHECKS
from tests.tasks.export.ledgers import OWNER, REQUEST, Ledger, Posted, d
from warehouse.connection import connect
from warehouse.home import Home

BREACHES = {
    "entries_balance": (
        "update finance.general_ledger set amount = amount + 0.01 where entry_no = 4 and line_no = 1",
        "entry 4 (customer_payment/PAY-1) does not balance: 0.0100 more debit than the other side",
    ),
    "sequences_have_no_gap": (
        "update finance.general_ledger set line_no = 3 where entry_no = 7 and line_no = 2",
        "entry 7 (bank_fee/FEE-1) has the lines 1, 3",
    ),
    "control_totals_agree": (
        # One entry on two days is two entries to whoever reads it, and neither balances.
        "update finance.general_ledger set entry_date = date '2025-04-01' where entry_no = 7 and line_no = 2",
        "entries count: the ledger has 4, the export 5",
    ),
    "trial_balance_agrees": (
        "update finance.trial_balance set closing_balance = closing_balance + 1 where account_code = '512000'",
        "account 512000 closes at 1067.4000, in the published trial balance at 1068.4000",
    ),
    "opening_and_closing_balance": (
        "delete from finance.general_ledger where entry_no = 1 and line_no = 2",
        "the opening balances of all accounts come to 1000.0000, not to nothing",
    ),
}
"""By rule: what is done to the published ledger, and what the rule says of it."""

ELSEWHERE = {"accounts_roll_forward", "balances_are_written", "matched_lines_settle_each_other"}
"""Rules that only a wrong file breaks: test_fec.py and test_saft.py write such files."""


def spoilt(ledger: Ledger, root: Path, change: str) -> Home:
    home = ledger.publish(root)
    with connect(home.published) as connection:
        connection.execute(change)
    return home


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("rule", BREACHES)
def test_each_rule_refuses_books_that_break_it(rule: str, form: str, ledger: Ledger, tmp_path: Path):
    change, breach = BREACHES[rule]
    home = spoilt(ledger, tmp_path / "home", change)
    target = tmp_path / "books"
    target.write_text("of yesterday")
    with pytest.raises(ExportRefused) as refused:
        export_ledger(home, OWNER, form, target, REQUEST, date(2025, 1, 1))
    assert breach in str(refused.value)
    assert str(refused.value).endswith("nothing was written")
    assert target.read_text() == "of yesterday"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["books", "home"]


def test_every_rule_has_books_that_it_refuses():
    assert {check.__name__ for check in CHECKS} == BREACHES.keys() | ELSEWHERE


def test_many_breaches_are_told_by_the_first_few(ledger: Ledger, tmp_path: Path):
    home = spoilt(ledger, tmp_path / "home", "update finance.general_ledger set amount = amount + 0.01")
    with pytest.raises(ExportRefused) as refused:
        export_ledger(home, OWNER, "csv", tmp_path / "books.csv", REQUEST)
    assert str(refused.value).count("does not balance") == 5


def test_earlier_results_need_an_account_to_go_to(ledger: Ledger, export: Callable[..., Export]):
    ledger.accounts["119000"] = ("Report à nouveau", "equity", None)
    with pytest.raises(UsageError, match="no account has the role retained_earnings"):
        export(ledger, "saft")
    assert export(ledger, "hledger").path.exists()


@pytest.mark.parametrize(
    ("form", "to", "first", "last", "sentence"),
    [
        ("csv", "no/such/folder.csv", None, None, "there is no such folder"),
        ("excel", "books.xlsx", None, None, "there is no format 'excel'; there are hledger, beancount, csv, fec, saft"),
        ("csv", "books.csv", date(2025, 2, 1), date(2025, 1, 1), "the period ends on 2025-01-01, before it begins"),
        ("csv", "books.csv", None, date(2026, 1, 1), "ends on 2026-01-01, but what is published is as of 2025-12-31"),
        ("csv", "books.csv", date(2025, 12, 1), None, "the ledger holds no entry from 2025-12-01 to 2025-12-31"),
    ],
)
def test_what_cannot_be_asked_for_is_said(
    form: str, to: str, first: date | None, last: date | None, sentence: str, ledger: Ledger, tmp_path: Path
):
    home = ledger.publish(tmp_path / "home")
    with pytest.raises(UsageError, match=sentence):
        export_ledger(home, OWNER, form, tmp_path / to, REQUEST, first, last)


def test_a_ledger_without_entries_is_said_to_be_one(ledger: Ledger, export: Callable[..., Export]):
    ledger.entries.clear()
    ledger.entries.append((date(2030, 1, 1), "bank", "journal", [Posted("512000", d("1")), Posted("607000", d("-1"))]))
    with pytest.raises(UsageError, match="holds no entry as of 2025-12-31"):
        export(ledger, "csv")


def test_without_a_publication_there_is_nothing_to_export(tmp_path: Path):
    with pytest.raises(UsageError, match="nothing is published"):
        export_ledger(Home(tmp_path), OWNER, "csv", tmp_path, REQUEST)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_books_give_the_same_bytes(form: str, ledger: Ledger, export: Callable[..., Export]):
    once, again = export(ledger, form), export(ledger, form)
    assert once.path != again.path
    assert once.path.read_bytes() == again.path.read_bytes()
