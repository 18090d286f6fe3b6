"""A report page as values, before it becomes HTML, PDF or a workbook."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from tasks.report.figures import Figures


@dataclass(frozen=True)
class Column:
    """A column of a table that a reader sees: its title and the kind of value, which decides how it is written."""

    title: str
    kind: str
    """One of the kinds of `tasks.report.wording.WRITERS`."""
    has_bar: bool = False
    """Whether a bar behind the number shows its share of the largest one."""


@dataclass(frozen=True)
class Linked:
    """Words that lead to rows of the page, each with the anchor of its row; an empty anchor leads nowhere."""

    parts: tuple[tuple[str, str], ...]
    rest: str = ""
    """What stands behind them."""


@dataclass(frozen=True)
class Table:
    """A table as a reader sees it: shaped and shortened; the whole of it stands in the workbook."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: tuple[Any, ...] | None = None
    note: str = ""
    strong: frozenset[int] = frozenset()
    """Rows that sum up others."""
    is_narrow: bool = False
    """Whether two such tables fit side by side."""
    anchors: tuple[str, ...] = ()
    """Where a row can be led to: one for each row, empty for a row that nothing leads to."""


@dataclass(frozen=True)
class Chart:
    """A picture of figures, with the sentence that says the same to who cannot see it."""

    title: str
    alt: str
    svg: str
    """Colours stand as `var(--name)`, so that each kind of page gives its own."""
    legend: tuple[tuple[str, str], ...] = ()
    """Colour variable and meaning of each series."""


@dataclass(frozen=True)
class Tile:
    """A headline figure: one value for each currency, since amounts of two currencies are never added."""

    label: str
    values: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Section:
    """One question that a page answers, and the tables of DuckDB where an analyst finds the answer."""

    anchor: str
    title: str
    lead: str
    trail: tuple[str, ...]
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    is_empty: bool = False
    """The lead says that there is nothing to show."""


@dataclass(frozen=True)
class Source:
    """A source system behind the figures, and what it delivered."""

    name: str
    files_count: int
    last_file_name: str | None
    last_date: date | None
    """The last day that the data reach; null for sources of reference data only."""


@dataclass(frozen=True)
class Health:
    """How sound the data behind a page is: where the rows ended and what the audit found."""

    rows_extracted: int
    rows_accepted: int
    rows_unchanged: int
    rows_quarantined: int
    rows_out_of_scope: int
    rows_open: int
    """Rows that still wait in quarantine, less than were quarantined once some were replayed."""
    files_refused: int
    audits_passed: int
    audits_warned: int
    audits_failed: int
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Publication:
    """The published warehouse that a report reads: what it is called, as of when, from which sources."""

    publication_id: str
    company: str
    as_of: date
    told_to: date
    """The day to which headlines tell: the as-of day or, where the data end in an earlier year, their last."""
    sources: tuple[Source, ...]
    health: Health


@dataclass(frozen=True)
class Sheet:
    """A published table that a workbook holds, whole."""

    table: str
    order: str
    without: tuple[str, ...] = ()
    """Columns that stay behind, since they may quote what a person wrote."""
    where: str = "true"
    is_totalled: bool = False
    """Whether the sheet ends in the sum of its amounts, for each currency, as a formula."""


@dataclass(frozen=True)
class Pack:
    """A report pack as a list of what it holds; each entry asks the published tables for its figures."""

    name: str
    title: str
    question: str
    tiles: tuple[Callable[[Figures, Publication], Tile], ...]
    sections: tuple[Callable[[Figures, Publication], Section], ...]
    sheets: dict[str, Sheet]


@dataclass(frozen=True)
class Page:
    """One report pack with its figures: what becomes HTML, PDF and a workbook."""

    pack: str
    title: str
    question: str
    publication: Publication
    tiles: tuple[Tile, ...]
    sections: tuple[Section, ...]
    sheets: dict[str, pl.DataFrame]
    """The published tables behind the page, by their name in DuckDB."""
    totalled: frozenset[str] = frozenset()
    """The sheets that end in the sum of their amounts."""


def anchor(*words: object) -> str:
    """The name of a place on the page for these words, whatever they hold; other words have another one."""
    written = "--".join(str(word) for word in words)
    return re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found[0]):x}_", written.replace(" ", "-"))


def shortened(rows: list[tuple[Any, ...]], limit: int) -> tuple[tuple[tuple[Any, ...], ...], str]:
    """The first rows of a long table, and the sentence that says how many more there are and where."""
    rest = len(rows) - limit
    if rest <= 0:
        return tuple(rows), ""
    return tuple(rows[:limit]), f"… and {rest:,} more; all in the workbook."


def latest(rows: list[tuple[Any, ...]], limit: int, unit: str) -> tuple[tuple[tuple[Any, ...], ...], str]:
    """The last rows of a table in the order of time, and the sentence that says how many earlier ones there are."""
    rest = len(rows) - limit
    if rest <= 0:
        return tuple(rows), ""
    return tuple(rows[-limit:]), f"{rest:,} earlier {unit}{'s' if rest > 1 else ''} in the workbook."


def totals(label: str, rows: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    """The sum of each column but the first, which is the label."""
    return (label, *(sum(column) for column in zip(*(row[1:] for row in rows), strict=True))) if rows else ()
