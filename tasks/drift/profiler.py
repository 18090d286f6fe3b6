"""Profiling a delivery while it is read: how full each column is, how it is written, and the words of coded ones."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

import polars as pl

from tasks.extract.formats.text import ROW, TextBatch, TextFile
from tasks.shapes import count_shapes, shape_of_column
from warehouse.profiles import ColumnProfile

LOOKED_AT = 200
"""Rows of each batch whose values are looked at one by one; the cost does not grow with the batch."""

FEW = 40
"""A column of more words than this is no list that a person keeps."""

LONGEST = 40
"""Nobody's code is longer; what is, is text."""


class Profiler:
    """Sees every batch of a file that goes by, and says afterwards what its columns look like."""

    def __init__(self, header: Collection[str], coded: Collection[str]) -> None:
        self.read = 0
        """Rows of the file, those that could not be split into columns too."""
        self.rows = 0
        self._filled: Counter[str] = Counter(dict.fromkeys(header, 0))
        self._shapes: dict[str, Counter[str]] = {}
        self._words: dict[str, set[str]] = {name: set() for name in coded}

    def watching(self, file: TextFile) -> TextFile:
        """The same file, whose batches are seen as they are read."""
        return replace(file, batches=self._watched(file.batches))

    def _watched(self, batches: Iterator[TextBatch]) -> Iterator[TextBatch]:
        for batch in batches:
            self.read += batch.rows
            self.see(batch.frame)
            yield batch

    def see(self, frame: pl.DataFrame) -> None:
        """Count what is filled, and look at some of it."""
        self.rows += frame.height
        if not frame.height:
            return
        for column in frame.iter_columns():
            name = column.name
            if name != ROW:
                self._filled[name] += frame.height - column.null_count()
                some = column.gather_every(-(-frame.height // LOOKED_AT)).drop_nulls()
                self._shapes.setdefault(name, Counter()).update(count_shapes(some.to_list()))
        for name in self._words.keys() & set(frame.columns):
            self._learn(name, frame[name])

    def _learn(self, name: str, column: pl.Series) -> None:
        words = self._words[name]
        words.update(column.unique().drop_nulls().head(FEW + 1).to_list())
        if len(words) > FEW or any(len(word) > LONGEST for word in words):
            del self._words[name]

    def columns(self) -> dict[str, ColumnProfile]:
        """What each column of the file looks like."""
        return {
            name: ColumnProfile(self.rows, filled, shape_of_column(self._shapes.get(name, Counter())), self._list(name))
            for name, filled in self._filled.items()
        }

    def _list(self, name: str) -> tuple[str, ...] | None:
        return tuple(sorted(self._words[name])) if name in self._words else None
