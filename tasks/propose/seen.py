"""What the first rows of a file show of its columns."""

import re
from dataclasses import dataclass

import polars as pl

from tasks.extract.formats.text import ROW
from tasks.propose.opening import Opened
from tasks.shapes import count_shapes, shape_of_column

ROWS = 2_000
"""Rows that are looked at; the ones after them look alike, or are found out by the first load."""

MOST = 0.7
"""A column is what most of its values are: what a person maps is what is meant, and single wrong rows are refused."""

FEW = 24
"""Values of a column that a person would write into a lookup."""


@dataclass(frozen=True)
class Seen:
    """A column as its first rows show it."""

    name: str
    values: tuple[str, ...]
    """Those that are filled."""
    rows: int
    shape: str | None

    @property
    def distinct(self) -> tuple[str, ...]:
        """Its values, each once, the most frequent first."""
        counted: dict[str, int] = {}
        for value in self.values:
            counted[value] = counted.get(value, 0) + 1
        return tuple(sorted(counted, key=lambda value: (-counted[value], value)))

    @property
    def is_unique(self) -> bool:
        """Whether no value stands twice."""
        return len(self.values) > 1 and len(set(self.values)) == len(self.values)

    @property
    def is_coded(self) -> bool:
        """Whether it holds few words, often repeated."""
        many = len(set(self.values))
        return 0 < many <= FEW and many * 2 <= max(len(self.values), 2)

    def all_match(self, pattern: str, share: float = 0.98) -> bool:
        """Whether nearly all values match."""
        met = sum(1 for value in self.values if re.fullmatch(pattern, value.strip()))
        return bool(self.values) and met >= share * len(self.values)


def first_rows(opened: Opened) -> pl.DataFrame:
    """The first rows of the file with every column of its header."""
    if opened.first is None:
        return pl.DataFrame(schema=dict.fromkeys(opened.file.header, pl.String) | {ROW: pl.Int64})
    frame = opened.first.frame.head(ROWS)
    absent = [name for name in opened.file.header if name not in frame.columns]
    return frame.with_columns(pl.lit(None, pl.String).alias(name) for name in absent)


def seen_columns(frame: pl.DataFrame) -> list[Seen]:
    """What the rows show of each column."""
    return [
        Seen(name, tuple(texts), frame.height, shape_of_column(count_shapes(texts), MOST))
        for name in frame.columns
        if name != ROW
        for texts in [frame[name].drop_nulls().to_list()]
    ]
