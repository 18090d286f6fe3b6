"""PDFs: for the archive, and deaf to markup in the data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tasks.report import PACKS, make_page, open_as_of
from tasks.report.page import Column, Page, Section, Table
from tasks.report.pdf import as_data, page_pdf
from warehouse.home import Home

AS_OF = date(2025, 12, 31)


@pytest.fixture(scope="module")
def page(home: Home) -> Page:
    with open_as_of(home, AS_OF) as (figures, publication):
        return make_page(PACKS["compliance"], figures, publication)


def test_the_pdf_is_one_for_the_archive_dated_as_of(page: Page):
    made = page_pdf(page)
    assert b"pdfaid:part>2<" in made
    assert b"2025-12-31T00:00:00" in made


def test_what_the_data_say_is_never_markup(page: Page):
    """Each of these would stop the compiler, or run, if it were read as Typst."""
    mischief = '#panic("run") $x$ *bold* `raw` @nobody <label> \\ "] {'
    rows = ((mischief, 1),)
    table = Table(
        mischief, (Column(mischief, "text"), Column("Count", "count", has_bar=True)), rows, total=(mischief, 1)
    )
    section = Section("a", mischief, mischief, ("operations.audits",), tables=(table,))
    publication = replace(page.publication, company=mischief)
    assert page_pdf(replace(page, publication=publication, sections=(section,), title=mischief)).startswith(b"%PDF")


def test_charts_on_paper_have_real_colours(page: Page):
    charts = [chart for section in as_data(page)["sections"] for chart in section["charts"]]
    assert charts
    assert not any("var(" in chart["svg"] for chart in charts)
    assert all(chart["alt"] for chart in charts)
