"""`countinghouse export ledger`: what it writes, what it says, and its exit codes."""

from datetime import date
from pathlib import Path

import pytest

from flows.command import main
from tests.tasks.export.ledgers import sample
from warehouse.connection import connect


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a small published ledger."""
    return sample().publish(tmp_path / "home").root


def exported(home: Path, *words: str) -> int:
    return main(["export", "ledger", "--home", str(home), *words])


def test_it_says_what_it_wrote_with_its_totals(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert exported(home, "--format", "csv", "--to", str(tmp_path)) == 0
    said, written = capsys.readouterr().out.splitlines()
    assert said == (
        "7 entries with 16 lines on 10 accounts, 2024-01-02 to 2025-12-31: debit 1,336.78 EUR, credit 1,336.78 EUR"
    )
    path = tmp_path / "ledger-2024-01-02-2025-12-31.csv"
    assert written == f"written:   {path}"
    assert path.read_text().startswith("entry_no,entry_id,line_no,")


def test_a_period_is_asked_for_by_its_days(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    days = ["--from", "2025-01-01", "--until", "2025-02-28"]
    assert exported(home, "--format", "beancount", "--to", str(tmp_path / "books.beancount"), *days) == 0
    assert capsys.readouterr().out.startswith("2 entries with 4 lines")
    assert str(date(2025, 3, 1)) not in (tmp_path / "books.beancount").read_text().partition("balance")[0]


def test_audit_files_are_named_by_the_company_s_number(home: Path, tmp_path: Path):
    number = ["--registration-number", "732829320"]
    assert exported(home, "--format", "fec", "--to", str(tmp_path), *number) == 0
    assert exported(home, "--format", "saft", "--to", str(tmp_path), *number) == 0
    assert len(list(tmp_path.glob("*732829320*"))) == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--format", "excel", "--to", "."], "excel"),
        (["--format", "csv", "--to", "/nowhere/books.csv"], "/nowhere: there is no such folder"),
        (["--format", "csv"], "--to"),
        (["--format", "fec", "--to", "."], "--registration-number"),
        (["--format", "csv", "--to", ".", "--from", "soon"], 'unable to convert "soon" into date'),
        (["--format", "csv", "--to", ".", "--from", "2030-01-01"], "the period ends on 2025-12-31"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(
    words: list[str], sentence: str, home: Path, capsys: pytest.CaptureFixture[str]
):
    assert exported(home, *words) == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1


def test_books_that_break_a_rule_are_refused_with_exit_code_1(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    with connect(home / "published" / "countinghouse.duckdb") as connection:
        connection.execute("update finance.general_ledger set amount = 70.49 where amount = 70.50")
    assert exported(home, "--format", "hledger", "--to", str(tmp_path / "books.journal")) == 1
    told = capsys.readouterr().err
    assert "entry 4 (customer_payment/PAY-1) does not balance: 0.0100 more credit than the other side" in told
    assert told.count("\n") == 1
    assert not (tmp_path / "books.journal").exists()


def test_nothing_published_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert exported(tmp_path, "--format", "csv", "--to", str(tmp_path)) == 2
    assert "nothing is published" in capsys.readouterr().err
