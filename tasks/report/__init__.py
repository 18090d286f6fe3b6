"""Reporting: the published tables as pages, PDFs and workbooks, the same bytes for the same publication."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from tasks.errors import UsageError
from tasks.report.compliance import COMPLIANCE
from tasks.report.figures import Figures, open_figures
from tasks.report.finance import FINANCE
from tasks.report.page import Pack, Page, Publication
from tasks.report.publication import behind_the_figures, read_publication
from tasks.report.sales import SALES
from tasks.report.writing import replace_file
from warehouse.home import Home
from warehouse.publication import current_publication

PACKS: dict[str, Pack] = {pack.name: pack for pack in (FINANCE, SALES, COMPLIANCE)}
"""The report packs, in the order of the index."""

FORMATS = ("html", "pdf", "xlsx")


def report(home: Home, pack: str, as_of: date) -> list[Path]:
    """Write a pack as HTML, PDF and workbook, and return where they are.

    Raises UsageError when there is no such pack, or what is published is not as of that day.
    """
    # Typesetting takes a while to load, which a run with nothing to report does not have.
    from tasks.report.markup import page_html
    from tasks.report.pdf import page_pdf
    from tasks.report.workbook import workbook

    if pack not in PACKS:
        raise UsageError(f"there is no report pack {pack!r}; there are {', '.join(PACKS)}")
    with open_as_of(home, as_of) as (figures, publication):
        page = make_page(PACKS[pack], figures, publication)
    folder = home.reports / as_of.isoformat()
    return [
        replace_file(folder / f"{pack}.html", page_html(page).encode()),
        replace_file(folder / f"{pack}.pdf", page_pdf(page)),
        replace_file(folder / f"{pack}.xlsx", workbook(page)),
    ]


def report_index(home: Home, as_of: date) -> Path:
    """Write the page that links the packs; written last, it is the sign that all of them are there."""
    from tasks.report.markup import index_html

    with open_as_of(home, as_of) as (figures, publication):
        packs = [(pack, tuple(tile(figures, publication) for tile in pack.tiles)) for pack in PACKS.values()]
    written = index_html(publication, packs, edition())
    return replace_file(home.reports / as_of.isoformat() / "index.html", written.encode())


def is_reported(home: Home, as_of: date) -> bool:
    """Whether the reports of that day are those of what is published now, made as they are made now."""
    folder = home.reports / as_of.isoformat()
    wanted = [folder / f"{pack}.{suffix}" for pack in PACKS for suffix in FORMATS]
    index = folder / "index.html"
    if not index.exists() or not all(path.exists() for path in wanted):
        return False
    marks = dict(re.findall(r'<meta name="(publication|edition)" content="([0-9a-f]*)">', index.read_text("utf-8")))
    return marks == {"publication": current_publication(home), "edition": edition()}


@contextmanager
def open_as_of(home: Home, as_of: date) -> Iterator[tuple[Figures, Publication]]:
    """Open what is published, if it is as of that day."""
    with open_figures(home) as figures:
        publication = read_publication(figures)
        if publication.as_of != as_of:
            raise UsageError(
                f"{home.published} is as of {publication.as_of}, not {as_of}: publish as of {as_of} first, then report"
            )
        yield figures, publication


def make_page(pack: Pack, figures: Figures, publication: Publication) -> Page:
    """Ask the published tables for everything that the pack holds."""
    sections = (*pack.sections, behind_the_figures)
    sheets = {
        name: figures.sheet(sheet.table, sheet.order, sheet.without, sheet.where) for name, sheet in pack.sheets.items()
    }
    return Page(
        pack=pack.name,
        title=pack.title,
        question=pack.question,
        publication=publication,
        tiles=tuple(tile(figures, publication) for tile in pack.tiles),
        sections=tuple(section(figures, publication) for section in sections),
        sheets=sheets,
        totalled=frozenset(name for name, sheet in pack.sheets.items() if sheet.is_totalled),
    )


def edition() -> str:
    """What the reports are made by: another template or figure is another edition, and the reports are made anew."""
    folder = Path(__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".j2", ".css", ".typ"})
    seen = hashlib.sha256()
    for path in files:
        seen.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()[:12]
