"""Asking MySQL and MariaDB: every value as the text that the server writes, streamed and never held whole."""

import ssl
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import pyarrow as pa
import pymysql
from pymysql.connections import TEXT_TYPES
from pymysql.constants import FIELD_TYPE
from pymysql.converters import encoders
from pymysql.cursors import SSCursor
from pymysql.protocol import FieldDescriptorPacket

from tasks.errors import SourceRefused, SourceUnreachable
from tasks.extract.databases.gathering import gathered
from tasks.extract.databases.session import ROWS, Access, Column, number

PORT = 3306

NUMBERS = {
    FIELD_TYPE.TINY, FIELD_TYPE.SHORT, FIELD_TYPE.INT24, FIELD_TYPE.LONG, FIELD_TYPE.LONGLONG, FIELD_TYPE.YEAR,
    FIELD_TYPE.DECIMAL, FIELD_TYPE.NEWDECIMAL, FIELD_TYPE.FLOAT, FIELD_TYPE.DOUBLE,
}  # fmt: skip

BINARY = 63
"""The character set of what is no text."""

PASSING = {1040, 1053, 1152, 1158, 1159, 1160, 1161, 1203, 1205, 1213, 1226, 2002, 2003, 2006, 2013, 2014, 2055}
"""Errors that pass: too many connections, shutting down, network, locks."""

UTC = "+00:00"
"""A TIMESTAMP is an instant, which the server writes in the session's zone and without saying so."""

SETTINGS = (
    "set session time_zone = '+00:00'",
    "set session transaction isolation level repeatable read",
    # A part is loaded while the rest of the answer waits.
    "set session net_write_timeout = 7200",
    "start transaction with consistent snapshot, read only",
)


class MySQL:
    """A session of MySQL or MariaDB: one transaction, repeatable read, read only."""

    def __init__(self, access: Access) -> None:
        self._access = access
        try:
            self._connection = pymysql.connect(
                host=access.host,
                port=access.port or PORT,
                user=access.user,
                # As bytes: the driver would make Latin-1 of it, which has no euro sign.
                password=access.password.encode(),
                database=access.database,
                charset="utf8mb4",
                cursorclass=SSCursor,
                # Nothing is made of what the server writes: a float would be made of a double, an error of day zero.
                conv=dict(encoders),
                connect_timeout=10,
                read_timeout=600,
                write_timeout=60,
                program_name="countinghouse",
                **_tls(access),
            )
            for statement in SETTINGS:
                with self._connection.cursor() as cursor:
                    cursor.execute(statement)
        except (pymysql.Error, OSError) as error:
            raise self._error(error) from None

    def quoted(self, name: str) -> str:
        """The name between backticks."""
        return "`" + name.replace("`", "``") + "`"

    def columns(self, relation: str) -> list[Column]:
        """The columns with the number of their type."""
        with self._asked(f"select * from {relation} limit 0") as cursor:
            return [
                Column(name, f"{ROWS}.{self.quoted(name)}", str(code)) for name, code, *_ in cursor.description or ()
            ]

    def literal(self, value: str, column: Column, relation: str) -> str:  # noqa: ARG002 - one for every system
        """A number as it is, for a text would be compared as a float; an instant without its zone."""
        if int(column.type) in NUMBERS:
            return number(value, column)
        if int(column.type) == FIELD_TYPE.TIMESTAMP:
            value = value.removesuffix(UTC)
        return str(self._connection.escape(value))

    def batches(self, sql: str) -> Iterator[pa.RecordBatch]:
        """What a select gives, every value as text, or as bytes where a column holds them."""
        with self._asked(sql) as cursor:
            # The cursor's own description leaves out whether a column holds text or bytes.
            fields = cursor._result.fields

            def as_batch(rows: Sequence[Sequence[Any]]) -> pa.RecordBatch:
                columns = list(zip(*rows, strict=True)) or [()] * len(fields)
                arrays = [_array(column, field) for column, field in zip(columns, fields, strict=True)]
                return pa.RecordBatch.from_arrays(arrays, names=[field.name for field in fields])

            yield from self._translated(gathered(cursor.fetchmany, as_batch))

    def close(self) -> None:
        """Let go of it; an answer that is under way is cut off."""
        with suppress(pymysql.Error, OSError):
            self._connection.close()

    def _asked(self, sql: str) -> SSCursor:
        cursor = self._connection.cursor()
        try:
            cursor.execute(sql)
        except (pymysql.Error, OSError) as error:
            raise self._error(error) from error
        return cursor

    def _translated(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        try:
            yield from batches
        except (pymysql.Error, OSError, pa.ArrowException) as error:
            raise self._error(error) from error

    def _error(self, error: Exception) -> SourceRefused | SourceUnreachable:
        told = self._access.told(error)
        code = error.args[0] if error.args else None
        if isinstance(error, OSError) or code in PASSING:
            return SourceUnreachable(f"MySQL did not answer to the end: {told}")
        return SourceRefused(f"MySQL said no: {told}")


def _array(values: Sequence[Any], field: FieldDescriptorPacket) -> pa.Array:
    if field.type_code == FIELD_TYPE.BIT:
        return pa.array([None if value is None else str(int.from_bytes(value)) for value in values], pa.string())
    if field.type_code in TEXT_TYPES and field.charsetnr == BINARY and field.type_code != FIELD_TYPE.JSON:
        return pa.array(values, pa.binary())
    if field.type_code == FIELD_TYPE.TIMESTAMP:
        values = [None if value is None else value + UTC for value in values]
    return pa.array(values, pa.string())


def _tls(access: Access) -> dict[str, Any]:
    if access.tls == "preferred":
        return {}
    context = ssl.create_default_context()
    if access.tls == "required":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return {"ssl": context}
