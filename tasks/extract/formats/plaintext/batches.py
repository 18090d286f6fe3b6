"""Rows that are made one by one, put together to batches, with those that could not be read beside them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import polars as pl

from tasks.extract.formats.text import ROW, Malformed, TextBatch, TextFile, opened

ROWS = 20_000
"""How many rows make a batch: thirty columns each."""

Row = dict[str, str | None]


class Unreadable(NamedTuple):
    """An entry that could not be read: its text, and why."""

    raw: str
    reason: str


RULE = "structure:entry"


def file_of(columns: Sequence[str], rows: Iterator[Row | Unreadable]) -> TextFile:
    """The rows as an opened file; what refuses the file before its first batch does so now."""
    return opened(list(columns), _batches(columns, rows))


def _batches(columns: Sequence[str], rows: Iterable[Row | Unreadable]) -> Iterator[TextBatch]:
    waiting: list[Row | Unreadable] = []
    before = 0
    for row in rows:
        waiting.append(row)
        if len(waiting) == ROWS:
            yield _batch(columns, waiting, before)
            before += len(waiting)
            waiting = []
    if waiting:
        yield _batch(columns, waiting, before)


def _batch(columns: Sequence[str], rows: list[Row | Unreadable], before: int) -> TextBatch:
    numbered = list(enumerate(rows, start=before + 1))
    readable = [(number, row) for number, row in numbered if isinstance(row, dict)]
    texts = [pl.Series(name, [row.get(name) or None for _, row in readable], pl.String) for name in columns]
    frame = pl.DataFrame([*texts, pl.Series(ROW, [number for number, _ in readable], pl.Int64)])
    refused = [Malformed(number, row.raw, RULE, row.reason) for number, row in numbered if isinstance(row, Unreadable)]
    return TextBatch(frame, refused)
