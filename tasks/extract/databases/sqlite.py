"""Asking SQLite: a file, opened to be read only, each value as it is stored, whatever its column was declared as."""

import sqlite3
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from tasks.errors import SourceRefused, SourceUnreachable
from tasks.extract.databases.gathering import gathered
from tasks.extract.databases.session import Access, Column, number
from tasks.extract.formats.text import printable

PATIENCE = 10
"""Seconds to wait for another program that writes."""

PASSING = ("locked", "busy", "disk I/O error")


class SQLite:
    """A session of SQLite: one read transaction."""

    def __init__(self, access: Access) -> None:
        file = Path(access.path or "")
        if not file.is_file():
            raise SourceUnreachable(f"there is no SQLite file at {file}")
        try:
            # A thread of its own reads ahead; never two at once.
            self._connection = sqlite3.connect(
                f"{file.resolve().as_uri()}?mode=ro",
                uri=True,
                timeout=PATIENCE,
                isolation_level=None,
                check_same_thread=False,
            )
            self._connection.text_factory = printable
            self._connection.execute("pragma query_only = on")
            self._connection.execute("pragma trusted_schema = off")
            self._connection.execute("begin")
            # The snapshot is taken when something is read first.
            self._connection.execute("select count(*) from sqlite_master").fetchone()
        except sqlite3.Error as error:
            raise _error(error) from error

    def quoted(self, name: str) -> str:
        """`"name"`."""
        return '"' + name.replace('"', '""') + '"'

    def columns(self, relation: str) -> list[Column]:
        """The columns; SQLite knows types of values only."""
        description = self._asked(f"select * from {relation} limit 0").description
        return [Column(name, f"{self.quoted(name)}", "") for name, *_ in description]

    def literal(self, value: str, column: Column, relation: str) -> str:
        """A number where the column holds numbers, else a text: to SQLite 5 and '5' are not the same."""
        (kind,) = self._asked(f"select typeof(max({self.quoted(column.name)})) from {relation}").fetchone()
        return number(value, column) if kind in ("integer", "real") else "'" + value.replace("'", "''") + "'"

    def batches(self, sql: str) -> Iterator[pa.RecordBatch]:
        """What a select gives, every value as text, or as bytes where a column holds them."""
        cursor = self._asked(sql)
        binary: list[bool] = []

        def as_batch(rows: Sequence[Sequence[Any]]) -> pa.RecordBatch:
            names = [name for name, *_ in cursor.description]
            columns = list(zip(*rows, strict=True)) or [()] * len(names)
            if not binary:
                binary.extend(any(isinstance(value, bytes) for value in column) for column in columns)
            arrays = [_array(column, is_binary) for column, is_binary in zip(columns, binary, strict=True)]
            return pa.RecordBatch.from_arrays(arrays, names=names)

        try:
            yield from gathered(cursor.fetchmany, as_batch)
        except (sqlite3.Error, pa.ArrowException) as error:
            raise _error(error) from error

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _asked(self, sql: str) -> sqlite3.Cursor:
        try:
            return self._connection.execute(sql)
        except sqlite3.Error as error:
            raise _error(error) from error


def _array(values: Sequence[object], is_binary: bool) -> pa.Array:
    if is_binary:
        return pa.array([_bytes(value) for value in values], pa.binary())
    return pa.array([_text(value) for value in values], pa.string())


def _text(value: object) -> str | None:
    if isinstance(value, float):
        # All of its digits, and no exponent, which is no number to a mapping.
        return format(Decimal(repr(value)), "f")
    if isinstance(value, bytes):
        return printable(value)
    return None if value is None else str(value)


def _bytes(value: object) -> bytes | None:
    if value is None or isinstance(value, bytes):
        return value
    return (_text(value) or "").encode()


def _error(error: Exception) -> SourceRefused | SourceUnreachable:
    if any(word in str(error) for word in PASSING):
        return SourceUnreachable(f"SQLite did not answer to the end: {error}")
    return SourceRefused(f"SQLite said no: {error}")
