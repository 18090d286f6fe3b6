"""Writing what a database gives to Parquet, cut into parts of a bounded size, of which a killed run repeats one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa
from pyarrow import parquet

from tasks.extract.fetching import part_file
from warehouse.home import Home

PART_ROWS = 1_000_000
"""Rows after which a part ends where its cursor moves on: a minute's work, or less."""


class PartFile:
    """A Parquet file that is being written."""

    def __init__(self, home: Home, source: str, schema: pa.Schema) -> None:
        self.path = part_file(home, source)
        self.rows = 0
        # Strings of a system repeat themselves; zstd makes less to write, and so is the fastest as well.
        self._writer = parquet.ParquetWriter(self.path, schema, compression="zstd", write_statistics=False)

    def write(self, batch: pa.RecordBatch) -> None:
        """Some more rows."""
        if batch.num_rows:
            self._writer.write_batch(batch)
            self.rows += batch.num_rows

    def end(self, told: dict[str, str]) -> None:
        """Close it, with what it is written into its last lines.

        What is told makes its bytes its own: a table that goes back to what it was before is another delivery.
        """
        self._writer.add_key_value_metadata(told)
        self._writer.close()

    def leave(self) -> None:
        """Close it, and remove it."""
        self._writer.close()
        self.path.unlink(missing_ok=True)


@dataclass(frozen=True)
class Cut:
    """Some rows, and whether a part ends with them."""

    batch: pa.RecordBatch
    is_end: bool


def cut(batches: Iterable[pa.RecordBatch], column: str, rows: int) -> Iterator[Cut]:
    """Cut a stream that is ordered by a column into parts of about so many rows.

    A part ends where the column's value changes, so that the next one begins with what comes after it.
    """
    held, before = 0, None
    for batch in batches:
        begin = 0
        while held + batch.num_rows - begin > rows:
            place = _change(batch.column(column), max(begin, begin + rows - held), before)
            if place is None:
                break
            yield Cut(batch.slice(begin, place - begin), is_end=True)
            held, begin = 0, place
        rest = batch.slice(begin)
        if rest.num_rows:
            before = rest.column(column)[-1].as_py()
            held += rest.num_rows
            yield Cut(rest, is_end=False)


def _change(values: pa.Array, at: int, before: object) -> int | None:
    """The first place from here on whose value is not that of the place before it; None when there is none."""
    last = values[at - 1].as_py() if at else before
    for place in range(at, len(values)):
        value = values[place].as_py()
        if value != last:
            return place
    return None
