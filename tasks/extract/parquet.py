"""Reading Parquet: every column as the text of its values, which is exact for all types but floats."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as arrow_parquet

from tasks.errors import UnreadableFile
from tasks.extract.text import ROW, ROWS, TextBatch, TextFile

def read_parquet(path: Path) -> TextFile:
    """Open a Parquet file.

    Raises UnreadableFile when it is none, or is cut off.
    """
    try:
        file = arrow_parquet.ParquetFile(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise UnreadableFile(f"it is not a Parquet file: {str(error).splitlines()[0]}") from error
    return TextFile(list(file.schema_arrow.names), _batches(file))


def _batches(file: arrow_parquet.ParquetFile) -> Iterator[TextBatch]:
    number = 0
    try:
        for batch in file.iter_batches(ROWS):
            yield TextBatch(_as_text(pl.DataFrame(pl.from_arrow(batch)), number))
            number += batch.num_rows
    except (OSError, pa.ArrowInvalid) as error:
        raise UnreadableFile(f"it could not be read to its end: {str(error).splitlines()[0]}") from error


def _as_text(frame: pl.DataFrame, before: int) -> pl.DataFrame:
    texts = [_text(name, of) for name, of in frame.schema.items()]
    numbers = pl.int_range(before + 1, before + 1 + frame.height, dtype=pl.Int64, eager=True).alias(ROW)
    return frame.select(texts).with_columns(numbers)


def _text(name: str, of: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(of, pl.Datetime):
        # With its offset, so that an instant stays the same instant whatever zone reads it.
        return column.dt.to_string("%Y-%m-%d %H:%M:%S%.6f" + ("%:z" if of.time_zone else ""))
    if isinstance(of, pl.Categorical | pl.Enum | pl.Date | pl.Time | pl.Boolean) or of.is_numeric():
        return column.cast(pl.String)
    if of == pl.String:
        return pl.when(column != "").then(column).alias(name)
    if of == pl.Binary:
        return column.cast(pl.String, strict=False)
    return column.map_elements(str, return_dtype=pl.String).alias(name)
