"""The packs as files: the same bytes for the same publication, and known to be of it."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tasks.errors import UsageError
from tasks.report import FORMATS, PACKS, is_reported, report, report_index
from tasks.store import open_store
from warehouse.build import build
from warehouse.home import Home
from warehouse.publication import Company
from warehouse.publish import publish

AS_OF = date(2025, 12, 31)


def fingerprints(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_every_pack_is_a_page_a_pdf_and_a_workbook_beside_one_index(reported: Path):
    wanted = {f"{pack}.{suffix}" for pack in PACKS for suffix in FORMATS}
    assert {path.name for path in reported.iterdir()} == {*wanted, "index.html"}


def test_the_same_publication_gives_the_same_bytes(home: Home, reported: Path):
    before = fingerprints(reported)
    for pack in PACKS:
        report(home, pack, AS_OF)
    report_index(home, AS_OF)
    assert fingerprints(reported) == before


def test_the_same_input_in_another_home_published_at_another_hour_gives_the_same_bytes(tmp_path: Path):
    company = Company("Nobody", "EUR")
    folders = []
    for hour in (6, 7):
        other = Home(tmp_path / str(hour))
        open_store(other).close()
        publish(other, build(other, AS_OF, company, datetime(2026, 1, 1, hour, tzinfo=UTC)))
        report(other, "compliance", AS_OF)
        folders.append(report_index(other, AS_OF).parent)
    assert fingerprints(folders[0]) == fingerprints(folders[1])


@pytest.mark.usefixtures("reported")
def test_reports_are_known_to_be_of_what_is_published(home: Home):
    assert is_reported(home, AS_OF)
    assert not is_reported(home, date(2025, 12, 30))


def test_reports_of_another_publication_are_not_taken_for_those_of_this_one(home: Home, reported: Path):
    index = reported / "index.html"
    ours = index.read_text("utf-8")
    try:
        index.write_text(ours.replace('name="publication" content="', 'name="publication" content="0'), "utf-8")
        assert not is_reported(home, AS_OF)
    finally:
        index.write_text(ours, "utf-8")


def test_a_missing_file_is_noticed(home: Home, reported: Path):
    page = reported / "sales.pdf"
    aside = page.rename(page.with_suffix(".aside"))
    try:
        assert not is_reported(home, AS_OF)
    finally:
        aside.rename(page)


def test_a_day_that_is_not_published_is_refused_with_what_to_do(home: Home):
    with pytest.raises(UsageError, match="is as of 2025-12-31, not 2025-11-30: publish as of 2025-11-30 first"):
        report(home, "finance", date(2025, 11, 30))


def test_an_unknown_pack_is_refused_with_those_there_are(home: Home):
    with pytest.raises(UsageError, match="no report pack 'finances'; there are finance, sales, compliance"):
        report(home, "finances", AS_OF)


def test_nothing_published_is_said_so(tmp_path: Path):
    with pytest.raises(UsageError, match="nothing is published"):
        report(Home(tmp_path), "finance", AS_OF)


@pytest.mark.parametrize("pack", list(PACKS))
def test_a_company_that_has_received_nothing_gets_sentences_and_no_broken_chart(empty_home: Home, pack: str):
    page, pdf, workbook = report(empty_home, pack, AS_OF)
    text = page.read_text("utf-8")
    assert "<svg" not in text
    assert "None" not in text
    assert pdf.read_bytes().startswith(b"%PDF")
    assert workbook.read_bytes().startswith(b"PK")


def test_an_empty_ageing_says_so_in_a_sentence(empty_home: Home):
    page, *_ = report(empty_home, "finance", AS_OF)
    assert "No receivables are open on 31 December 2025." in page.read_text("utf-8")
