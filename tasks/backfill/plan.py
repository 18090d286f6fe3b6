"""Planning a backfill: which pieces of a past range a source still lacks, found without asking or writing anything."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tasks.backfill.spans import By, Span, cut, is_covered
from tasks.errors import UsageError
from tasks.extract.days import day_of
from tasks.extract.fetching import connector_of
from tasks.extract.files import FoundFile, find_files
from tasks.source import FilesExtract, Source
from warehouse.books import known_deliveries
from warehouse.connection import Connection, connect
from warehouse.home import Home
from warehouse.windows import loaded_names, loaded_windows, refused_files

Found = TypeVar("Found")


@dataclass(frozen=True)
class Piece:
    """A piece of the range, and of a source of files those that are taken in with it."""

    span: Span
    files: tuple[FoundFile, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    """SHA-256 and name of files that were refused, and are tried again."""

    def told(self, *, is_asked: bool) -> str:
        """The piece in words."""
        if is_asked:
            return f"{self.span}: to be asked for"
        again = f", {len(self.refused)} refused before" if self.refused else ""
        return f"{self.span}: {len(self.files)} new file(s){again}"


@dataclass(frozen=True)
class Plan:
    """What a backfill would do."""

    source: Source
    whole: Span
    pieces: tuple[Piece, ...]
    """What is missing or failed, in the order of its days."""
    known_count: int
    """Pieces, or of a source of files those files, that are there already."""
    missing_days: tuple[date, ...]
    """Days for which there is no file, of a weekday on which there usually is one."""
    absent: str | None = None

    @property
    def is_asked(self) -> bool:
        """Whether the source has to be asked, and is no folder."""
        return not isinstance(self.source.extract, FilesExtract)


def plan(home: Home, source: Source, first: date, last: date, by: By) -> Plan:
    """What a source still lacks of a range of days.

    Raises UsageError when the range ends before it begins, duckdb.IOException when another run holds the warehouse.
    """
    if last < first:
        raise UsageError(f"{first} to {last} is no range: it ends before it begins; change the two")
    whole = Span(first, last)
    if isinstance(source.extract, FilesExtract):
        return _plan_files(home, source, source.extract, whole, by)
    absent = connector_of(source).absent(source)
    pieces = tuple(cut(whole, by))
    loaded = _asked(home, source, loaded_windows)
    missing = tuple(Piece(span) for span in pieces if not is_covered(span, loaded))
    return Plan(source, whole, missing, len(pieces) - len(missing), (), absent)


def _plan_files(home: Home, source: Source, extract: FilesExtract, whole: Span, by: By) -> Plan:
    found = find_files(source.source, extract, home)
    known = set(_asked(home, source, lambda connection, name: list(known_deliveries(connection, name))))
    refused = _asked(home, source, refused_files)
    is_dated = any(day_of(file.path.name) for file in found.files) or any(day_of(name) for _, name in refused)
    there = [file for file in found.files if _is_within(file.path.name, whole, is_dated=is_dated)]
    new = [file for file in there if (file.place, file.bytes, file.modified_ns) not in known]
    again = [one for one in refused if _is_within(one[1], whole, is_dated=is_dated)]
    # Names without days belong to no piece of the range: they are taken in at once.
    spans = cut(whole, by) if is_dated else [whole]
    pieces = (_piece(span, new, again, is_dated=is_dated) for span in spans)
    names = [*(file.path.name for file in found.files), *_asked(home, source, loaded_names)]
    return Plan(
        source, whole, tuple(piece for piece in pieces if piece.files or piece.refused), len(there) - len(new),
        _missing_days(names, whole), found.absent if not again else None,
    )  # fmt: skip


def _asked(home: Home, source: Source, question: Callable[[Connection, str], Sequence[Found]]) -> Sequence[Found]:
    """What the books of a home answer of a source; of a home without books, nothing."""
    if not home.warehouse.exists():
        return []
    with connect(home.warehouse, read_only=True) as connection:
        return question(connection, source.source)


def _is_within(name: str, span: Span, *, is_dated: bool) -> bool:
    day = day_of(name)
    return not is_dated or (day is not None and day in span)


def _piece(span: Span, new: Sequence[FoundFile], again: Sequence[tuple[str, str]], *, is_dated: bool) -> Piece:
    return Piece(
        span,
        tuple(file for file in new if _is_within(file.path.name, span, is_dated=is_dated)),
        tuple(one for one in again if _is_within(one[1], span, is_dated=is_dated)),
    )


USUAL = 0.5
"""A weekday on which files came at least every second time is one on which they usually do."""


def _missing_days(names: Sequence[str], whole: Span) -> tuple[date, ...]:
    """Days without a file, of a weekday on which there usually is one between the first file and the last."""
    days = {day for name in names if (day := day_of(name)) is not None}
    if not days:
        return ()
    usual = Counter(day.weekday() for day in days)
    possible = Counter(day.weekday() for day in Span(min(days), max(days)).days)
    return tuple(
        day for day in whole.days if day not in days and usual[day.weekday()] >= USUAL * max(possible[day.weekday()], 1)
    )
