"""Pages as HTML: one file that loads nothing, and shows what the data say without believing it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from tasks.report import cells
from tasks.report.page import Chart, Pack, Page, Publication, Section, Table, Tile
from tasks.report.publication import behind_lead, health_line, sources_line, sources_table, state
from tasks.report.wording import NUMERIC, long_day

TEMPLATES = Path(__file__).parent / "templates"


def page_html(page: Page) -> str:
    """A pack."""
    return render("pack.html.j2", page.publication, page=page)


def index_html(publication: Publication, packs: Sequence[tuple[Pack, tuple[Tile, ...]]], edition: str) -> str:
    """The page that links the packs, with the headline figures of each."""
    sources = sources_table(publication)
    return render(
        "index.html.j2", publication, packs=packs, edition=edition, lead=behind_lead(publication), sources=sources
    )


def render(template: str, publication: Publication, **values: object) -> str:
    """A template with what every page says about the data behind it."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["long_day"] = long_day
    return environment.get_template(template).render(
        publication=publication,
        css=Markup((TEMPLATES / "report.css").read_text("utf-8")),  # noqa: S704 - our own file
        sources_line=sources_line(publication),
        health_line=health_line(publication.health),
        state=state(publication.health),
        picture=picture,
        body=cells.body,
        foot=cells.foot,
        numeric=NUMERIC,
        runs=runs,
        **values,
    )


def picture(chart: Chart) -> Markup:
    """A chart as part of the page; its lettering was escaped when it was drawn."""
    label = escape(chart.alt)
    drawn = chart.svg.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "", 1)
    return Markup(drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1))  # noqa: S704


def runs(section: Section) -> list[list[Table]]:
    """The tables of a section, narrow neighbours together: they stand side by side."""
    together: list[list[Table]] = []
    for table in section.tables:
        if together and table.is_narrow and together[-1][-1].is_narrow:
            together[-1].append(table)
        else:
            together.append([table])
    return together
