"""Pages as PDF, set by Typst with fonts of its own: the same bytes on every machine, fit for the archive."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import Any

import typst

from tasks.report import cells
from tasks.report.markup import TEMPLATES, runs
from tasks.report.page import Chart, Page, Section, Table
from tasks.report.publication import health_line, sources_line, state
from tasks.report.wording import NUMERIC, long_day

# In characters: a number of a document fits, a sentence takes two or three lines.
NARROWEST, WIDEST, WIDEST_TITLE = 6, 34, 12

INK = {
    "series-1": "#1d5c49",
    "series-2": "#c08a2e",
    "series-3": "#3f6ea3",
    "series-4": "#8b5a7c",
    "muted": "#5d6763",
    "faint": "#b4bcb8",
    "rule": "#e2e5e1",
}
"""The colours of a chart on paper; a page on a screen gives its own."""


def page_pdf(page: Page) -> bytes:
    """The PDF of a page. What the data say goes in as JSON, so that nothing of it can be taken for markup."""
    moment = datetime.combine(page.publication.as_of, time(), UTC)
    made = typst.compile(
        str(TEMPLATES / "pack.typ"),
        format="pdf",
        sys_inputs={"page": json.dumps(as_data(page), ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=int(moment.timestamp()),
        # PDF/A-2a: everything it needs is inside, and a reader for the blind finds its way.
        pdf_standards=["a-2a"],
    )
    assert isinstance(made, bytes)
    return made


def as_data(page: Page) -> dict[str, Any]:
    """The page as the template reads it: words and lengths, no numbers to format."""
    publication = page.publication
    return {
        "title": page.title,
        "question": page.question,
        "company": publication.company,
        "as_of": long_day(publication.as_of),
        "year": publication.as_of.year,
        "month": publication.as_of.month,
        "day": publication.as_of.day,
        "publication_id": publication.publication_id,
        "sources": sources_line(publication),
        "health": health_line(publication.health),
        "state": state(publication.health),
        "warnings": publication.health.warnings,
        "tiles": [asdict(tile) for tile in page.tiles],
        "sections": [section_data(section) for section in page.sections],
    }


def section_data(section: Section) -> dict[str, Any]:
    """A section with its pictures on paper and its tables as cells."""
    return {
        "title": section.title,
        "lead": section.lead,
        "trail": section.trail,
        "charts": [chart_data(chart) for chart in section.charts],
        "runs": [[table_data(table) for table in together] for together in runs(section)],
    }


def chart_data(chart: Chart) -> dict[str, Any]:
    """A chart in the colours and the lettering of the paper."""
    drawn = chart.svg.replace("system-ui, sans-serif", "Libertinus Serif")
    for name, shade in INK.items():
        drawn = drawn.replace(f"var(--{name})", shade)
    legend = [[INK[shade], meaning] for shade, meaning in chart.legend]
    return {"title": chart.title, "alt": chart.alt, "svg": drawn, "legend": legend}


def table_data(table: Table) -> dict[str, Any]:
    """A table as cells."""
    rows = cells.body(table)
    return {
        "caption": table.caption,
        "titles": [column.title for column in table.columns],
        "numbers": [column.kind in NUMERIC for column in table.columns],
        "widths": [width(column.title, [row[place] for row in rows]) for place, column in enumerate(table.columns)],
        "rows": [[asdict(cell) for cell in row] for row in rows],
        "foot": [cell.text for cell in cells.foot(table)],
        "strong": sorted(table.strong),
        "note": table.note,
    }


def width(title: str, column: list[cells.Cell]) -> int:
    """The share of the line that a column gets: by its longest cell, though a long text breaks."""
    longest = max((len(cell.text) for cell in column), default=0)
    return max(min(longest, WIDEST), min(len(title), WIDEST_TITLE), NARROWEST)
