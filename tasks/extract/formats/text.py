"""What every reader gives: batches of rows as text, numbered, with the rows that are no rows beside them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

import polars as pl

from tasks.errors import UnreadableFile

ROW = "_row"
"""The 1-based number of a data row in its file; malformed rows count, the header does not."""

THEIR_ROW = "_row_of_source"
"""What a source's own column `_row` is called here."""


ROWS = 200_000
"""About how many rows make a batch."""

FIRST_ROWS = 10_000
"""About how many make the first: what comes after the reading stands still until then."""


@dataclass(frozen=True)
class Malformed:
    """A row that could not be split into the file's columns."""

    row: int
    raw: str
    rule: str
    reason: str


@dataclass(frozen=True)
class Broken:
    """A rule that the document of a row breaks as a whole, and how."""

    rule: str
    reason: str


@dataclass(frozen=True)
class TextBatch:
    """Some consecutive rows of a file: every column as text, empty text as null, `_row` beside them."""

    frame: pl.DataFrame
    malformed: list[Malformed] = field(default_factory=list)
    broken: Mapping[int, list[Broken]] = field(default_factory=dict)
    """Rows of the frame, by number, that are refused wherever they are in scope, because their document is wrong."""

    @property
    def rows(self) -> int:
        """How many rows of the file this batch accounts for."""
        return self.frame.height + len(self.malformed)


@dataclass(frozen=True)
class TextFile:
    """An opened file: its columns, and its batches to be read once."""

    header: list[str]
    batches: Iterator[TextBatch]
    has_open_columns: bool = False
    """True where every row names its own columns (JSON): a column that is not there is null, not an error."""


def opened(header: list[str], batches: Iterator[TextBatch]) -> TextFile:
    """The file, its first batch read: one of another kind is refused when it is opened."""
    first = next(batches, None)
    return TextFile(header, iter(()) if first is None else chain([first], batches))


def gathered(batches: Iterator[TextBatch]) -> Iterator[TextBatch]:
    """Small batches put together: a parser is fastest on what fits its cache, a contract on many rows at once."""
    waiting: list[TextBatch] = []
    rows, wanted = 0, FIRST_ROWS
    for batch in batches:
        waiting.append(batch)
        rows += batch.rows
        if rows >= wanted:
            yield _together(waiting)
            waiting, rows, wanted = [], 0, min(2 * wanted, ROWS)
    if waiting:
        yield _together(waiting)


def _together(batches: list[TextBatch]) -> TextBatch:
    if len(batches) == 1:
        return batches[0]
    frames = [batch.frame for batch in batches]
    return TextBatch(
        pl.concat(frames, rechunk=False),
        [row for batch in batches for row in batch.malformed],
        {row: broken for batch in batches for row, broken in batch.broken.items()},
    )


def without_last(batches: Iterator[TextBatch], count: int) -> Iterator[TextBatch]:
    """The batches less the last rows of the file: a footer, with the sum of what stands above it or a signature."""
    if not count:
        yield from batches
        return
    held: list[TextBatch] = []
    for batch in batches:
        held.append(batch)
        while sum(later.rows for later in held[1:]) >= count:
            yield held.pop(0)
    last = max((_last(batch) for batch in held), default=0)
    for batch in held:
        kept = [row for row in batch.malformed if row.row <= last - count]
        yield TextBatch(batch.frame.filter(pl.col(ROW) <= last - count), kept)


def _last(batch: TextBatch) -> int:
    """The number of the last row of a batch."""
    return max([0, *batch.frame[ROW].tail(1), *(row.row for row in batch.malformed)])


def column_names(names: Iterable[str | None]) -> list[str]:
    """The names of a file's columns; one without a name is called by its position.

    Raises UnreadableFile when two columns have the same name: nobody could say which one a mapping means.
    """
    trimmed = [(name or "").strip() or f"column_{position}" for position, name in enumerate(names, start=1)]
    named = [THEIR_ROW if name == ROW else name for name in trimmed]
    repeated = sorted(name for name, times in Counter(named).items() if times > 1)
    if repeated:
        raise UnreadableFile(f"its header names {', '.join(repeated)} more than once")
    return named


def without(frame: pl.DataFrame, rows: Iterable[int]) -> pl.DataFrame:
    """The frame less the rows with these numbers."""
    left_out = list(rows)
    return frame.filter(~pl.col(ROW).is_in(left_out)) if left_out else frame


def printable(raw: bytes) -> str:
    """Bytes as text that can be stored and read back: bytes that are no UTF-8 become escapes such as `\\xff`."""
    return raw.decode("utf-8", errors="backslashreplace")
