"""Accounting files as sources: the mappings that are shown, and files that mean ill beside files that do not."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.ingest import Ingestion, ingest_source
from tasks.source.checking import load_source
from tests.tasks.export.test_read_back_in import rows, shown
from tests.tasks.extract.formats.test_datev import batch
from warehouse.home import Home

NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)

QIF = "!Account\nNGiro\nTBank\n^\n!Type:Bank\nD12/31'25\nT-1,100.50\nPBäcker\nLFood\n^\nD1/2/25\nT5\nSA\n$4\n^\n"


def deliver(name: str, folder: Path, **files: bytes) -> tuple[Home, Ingestion]:
    home = Home(folder / "home")
    inbox = home.inbox / name
    inbox.mkdir(parents=True)
    for file, content in files.items():
        path = inbox / file.replace("__", ".")
        path.write_bytes(content)
    return home, ingest_source(home, load_source(shown(name, folder)), NOON)


def test_quicken_as_it_is_shown(tmp_path: Path):
    home, done = deliver(
        "quicken", tmp_path, a__qif=QIF.encode("cp1252"), b__qif=b"<html>", c__qif=b"!Type:Bank\n\0\n^\n"
    )
    (load,) = done.loads
    assert (load.rows_accepted, load.rows_quarantined, load.rows_out_of_scope) == (2, 1, 1)
    assert [file.reason for file in done.refused] == [
        "it is an HTML page (a login or an error page?)", "line 2: it holds a NUL, which no text does",
    ]  # fmt: skip
    query = (
        "select entry_date, account_code, account_type, amount, description from record.journal_lines order by line_no"
    )
    assert rows(home, query) == [
        (date(2025, 12, 31), "Giro", "bank", Decimal("-1100.5"), "Bäcker"),
        (date(2025, 12, 31), "Food", "expense", Decimal("1100.5"), "Bäcker"),
    ]
    assert rows(home, "select reasons, status from operations.quarantine") == [
        (["line 11: the entry says 5, but its splits come to 4"], "open"),
    ]  # fmt: skip


def test_datev_as_it_is_shown(tmp_path: Path):
    content = batch({}, {"key": '"94"', "contra": "4930"}, {"amount": "x"})
    home, done = deliver("datev_batches", tmp_path, EXTF_a__csv=content, EXTF_b__csv=b"PK\x03\x04")
    (load,) = done.loads
    assert (load.rows_extracted, load.rows_accepted, load.rows_quarantined) == (6, 3, 3)
    assert [file.reason for file in done.refused] == ["it is a zip archive or a workbook"]
    query = "select journal_id, account_code, amount, tax_code from record.journal_lines order by line_no"
    assert rows(home, query) == [
        ("20250401120000000-1", "10001", Decimal(119), "VAT 19"),
        ("20250401120000000-1", "8400", Decimal(-100), "VAT 19"),
        ("20250401120000000-1", "1776", Decimal(-19), "VAT 19"),
    ]


@pytest.mark.parametrize("again", ["the same", "longer"])
def test_a_journal_that_has_grown_brings_only_what_is_new(tmp_path: Path, again: str):
    entry = "2025-01-0{} x\n  Assets:1 a  {} EUR\n  Equity:2 b\n\n"
    home, _ = deliver("hledger_books", tmp_path, a__journal=entry.format(1, 10).encode())
    more = entry.format(2, 20) if again == "longer" else "; a remark\n"
    (home.inbox / "hledger_books" / "a.journal").write_text(entry.format(1, 10) + more)
    done = ingest_source(home, load_source(tmp_path / "hledger_books.yml"), NOON)
    load = next(load for load in done.loads if load.record == "journal_lines")
    new = 2 if again == "longer" else 0
    assert (load.rows_accepted, load.rows_unchanged, load.rows_quarantined) == (new, 2, 0)


def test_a_journal_that_does_not_balance_waits_for_the_next(tmp_path: Path):
    wrong = b"2025-01-01 x\n  Assets:1 a  10 EUR\n  Equity:2 b  -11 EUR\n"
    home, done = deliver("hledger_books", tmp_path, a__journal=wrong)
    assert [file.reason for file in done.refused] == [
        "line 1: the entry does not balance: -1 of EUR is left over",
    ]  # fmt: skip
    (home.inbox / "hledger_books" / "a.journal").write_bytes(wrong.replace(b"11", b"10"))
    mended = ingest_source(home, load_source(tmp_path / "hledger_books.yml"), NOON)
    assert not mended.refused
    assert rows(home, "select count(*), sum(amount) from record.journal_lines") == [(2, Decimal(0))]
