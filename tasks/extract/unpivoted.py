"""A wide table as a long one: each row once for every column that is not kept, numbered through."""

from collections.abc import Iterator

import polars as pl

from tasks.errors import UnreadableFile
from tasks.extract.formats.text import ROW, ROWS, Malformed, TextBatch, TextFile
from tasks.source.extracts.unpivot import Unpivot


def unpivoted(file: TextFile, unpivot: Unpivot) -> TextFile:
    """The rows of a file, each once for every column that is not kept.

    Of n such columns row r becomes the rows (r - 1) * n + 1 to r * n; one that cannot be read stays one row.
    Raises UnreadableFile when the file lacks a column that is kept, or has no other.
    """
    missing = [name for name in unpivot.keep if name not in file.header]
    if missing:
        raise UnreadableFile(f"it lacks the column {missing[0]}, which stands in `keep`")
    others = [name for name in file.header if name not in unpivot.keep]
    if not others:
        raise UnreadableFile("it has no column beside those in `keep`")
    return TextFile([*unpivot.keep, unpivot.name, unpivot.value], _batches(file, unpivot, others))


def _batches(file: TextFile, unpivot: Unpivot, others: list[str]) -> Iterator[TextBatch]:
    # A batch grows by as many times as there are columns, and is cut so that it is none the larger.
    rows = max(1, ROWS // len(others))
    for batch in file.batches:
        malformed = [
            Malformed((row.row - 1) * len(others) + 1, row.raw, row.rule, row.reason) for row in batch.malformed
        ]
        for frame in batch.frame.iter_slices(rows):
            yield TextBatch(_long(frame, unpivot, others), malformed)
            malformed = []
        if malformed:
            yield TextBatch(_long(batch.frame.head(0), unpivot, others), malformed)


def _long(frame: pl.DataFrame, unpivot: Unpivot, others: list[str]) -> pl.DataFrame:
    places = pl.DataFrame({unpivot.name: others, "_place": range(1, len(others) + 1)})
    long = frame.unpivot(others, index=[*unpivot.keep, ROW], variable_name=unpivot.name, value_name=unpivot.value)
    number = (pl.col(ROW) - 1) * len(others) + pl.col("_place")
    return long.join(places, on=unpivot.name).with_columns(number.alias(ROW)).drop("_place").sort(ROW)
