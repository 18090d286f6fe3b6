"""Reading Parquet: every column as the text of its values, which is exact for all types but floats."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as arrow_parquet

from tasks.errors import UnreadableFile
from tasks.extract.formats.stream import first_line
from tasks.extract.formats.text import ROW, ROWS, TextBatch, TextFile, column_names, printable


def read_parquet(path: Path) -> TextFile:
    """Open a Parquet file.

    Raises UnreadableFile when it is none, or is cut off.
    """
    try:
        file = arrow_parquet.ParquetFile(path)
    except (OSError, pa.ArrowException) as error:
        raise UnreadableFile(f"it is not a Parquet file: {first_line(error)}") from error
    header = column_names(file.schema_arrow.names)
    return TextFile(header, _batches(file, header))


def _batches(file: arrow_parquet.ParquetFile, header: list[str]) -> Iterator[TextBatch]:
    number = 0
    try:
        for batch in file.iter_batches(ROWS):
            texts = [_text(name, column) for name, column in zip(header, batch.columns, strict=True)]
            numbers = pl.int_range(number + 1, number + 1 + batch.num_rows, dtype=pl.Int64, eager=True).alias(ROW)
            yield TextBatch(pl.DataFrame([*texts, numbers]))
            number += batch.num_rows
    except (OSError, pa.ArrowException) as error:
        raise UnreadableFile(f"it could not be read to its end: {first_line(error)}") from error


def _text(name: str, column: pa.Array) -> pl.Series:
    if isinstance(column, pa.DictionaryArray):
        column = column.dictionary_decode()
    if pa.types.is_nested(column.type):
        return _each(name, column, lambda value: json.dumps(value, ensure_ascii=False, default=str))
    if pa.types.is_decimal256(column.type):
        return _each(name, column, lambda value: format(value, "f"))
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        return _each(name, column, printable)
    if pa.types.is_fixed_size_binary(column.type):
        return _each(name, column, printable)
    return _spelled(pl.Series(name, pl.from_arrow(column)))


def _each(name: str, column: pa.Array, spelled: Callable[[Any], str]) -> pl.Series:
    texts = (None if value is None else spelled(value) or None for value in column.to_pylist())
    return pl.Series(name, list(texts), pl.String)


def _spelled(column: pl.Series) -> pl.Series:
    of = column.dtype
    if isinstance(of, pl.Datetime):
        # With its offset, so that an instant stays the same instant whatever zone reads it.
        fraction = "%.9f" if of.time_unit == "ns" else "%.6f"
        return column.dt.to_string(f"%Y-%m-%d %H:%M:%S{fraction}" + ("%:z" if of.time_zone else ""))
    if isinstance(of, pl.Duration):
        return column.dt.to_string("iso")
    texts = column.cast(pl.String)
    return texts.set(texts == "", None) if of == pl.String else texts
