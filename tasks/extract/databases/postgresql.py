"""Asking PostgreSQL: COPY in binary through ADBC, which hands over Arrow batches as they come."""

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote, urlencode

import adbc_driver_manager
import adbc_driver_postgresql.dbapi as driver
import pyarrow as pa

from tasks.errors import SourceRefused, SourceUnreachable
from tasks.extract.databases.session import ROWS, Access, Column

PORT = 5432

AS_THEY_ARE = {"int2", "int4", "int8", "bool", "text", "varchar", "bytea"}
"""Types that are handed over as they are. The others are taken as the text that PostgreSQL itself writes: it is exact,
also for an infinite date or a NaN, which have no place in Arrow, and takes a third of the time that the driver needs to
take a numeric apart."""

PASSING = ("08", "40", "53", "55P03", "57")
"""States of SQL that pass: connection lost, conflict with a recovery, out of connections, locked, shutting down."""

REFUSALS = (
    "authentication failed",
    "does not exist",
    "pg_hba.conf",
    "no password supplied",
    "permission denied",
    "SSL",
)
"""What a server says that was reached and said no; a driver gives no state for it."""

TLS = {
    "preferred": {"sslmode": "prefer"},
    "required": {"sslmode": "require"},
    "verified": {"sslmode": "verify-full", "sslrootcert": "system"},
}

SETTINGS = {
    "default_transaction_read_only": "on",
    # Dates and numbers as text that reads the same everywhere, and back to the same value.
    "datestyle": "ISO",
    "intervalstyle": "iso_8601",
    "timezone": "UTC",
    "extra_float_digits": "1",
    "standard_conforming_strings": "on",
}


class PostgreSQL:
    """A session of PostgreSQL: one transaction, repeatable read, read only."""

    def __init__(self, access: Access) -> None:
        self._access = access
        try:
            self._connection = driver.connect(_address(access))
            self._ask("set transaction isolation level repeatable read, read only")
        except adbc_driver_manager.Error as error:
            raise self._error(error) from None

    def quoted(self, name: str) -> str:
        """`"name"`."""
        return '"' + name.replace('"', '""') + '"'

    def columns(self, relation: str) -> list[Column]:
        """The columns, each asked for as what it is or as PostgreSQL's own text of it."""
        try:
            with self._connection.cursor() as cursor:
                schema = cursor.adbc_execute_schema(f"select * from {relation}")
        except adbc_driver_manager.Error as error:
            raise self._error(error) from error
        return [self._column(field) for field in schema]

    def _column(self, field: pa.Field) -> Column:
        of = (field.metadata or {}).get(b"POSTGRESQL:type", b"").decode()
        column, name = f"{ROWS}.{self.quoted(field.name)}", self.quoted(field.name)
        if of in AS_THEY_ARE:
            return Column(field.name, f"{column} as {name}", of)
        if of.startswith("_"):
            # An array as JSON, which a mapping can take apart.
            return Column(field.name, f"array_to_json({column})::text as {name}", of)
        return Column(field.name, f"{column}::text as {name}", of)

    def literal(self, value: str, column: Column, relation: str) -> str:  # noqa: ARG002 - one for every system
        """A text, of which PostgreSQL makes a value of the column that it is compared with."""
        return "'" + value.replace("'", "''") + "'"

    def batches(self, sql: str) -> Iterator[pa.RecordBatch]:
        """What a select gives, in the batches of the driver."""
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(sql)
                reader = cursor.fetch_record_batch()
                yield pa.RecordBatch.from_pylist([], _plain(reader.schema))
                for batch in reader:
                    yield pa.RecordBatch.from_arrays(batch.columns, schema=_plain(batch.schema))
        except (adbc_driver_manager.Error, pa.ArrowException, OSError) as error:
            raise self._error(error) from error

    def close(self) -> None:
        """Let go of it; an answer that is under way is cut off."""
        with suppress(adbc_driver_manager.Error):
            self._connection.adbc_cancel()
        with suppress(adbc_driver_manager.Error):
            self._connection.close()

    def _ask(self, sql: str) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(sql)

    def _error(self, error: Exception) -> SourceRefused | SourceUnreachable:
        told = self._access.told(error)
        state = getattr(error, "sqlstate", None) or ""
        says_no = bool(state) and not state.startswith(PASSING)
        if says_no or (not state and any(word in told for word in REFUSALS)):
            return SourceRefused(f"PostgreSQL said no: {told}")
        return SourceUnreachable(f"PostgreSQL did not answer to the end: {told}")


def _address(access: Access) -> str:
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    asked = {
        "connect_timeout": "10",
        # A server that is gone is noticed within two minutes, also in the midst of an answer.
        "keepalives_idle": "60",
        "keepalives_interval": "15",
        "keepalives_count": "4",
        "application_name": "countinghouse",
        "client_encoding": "UTF8",
        "options": options,
        **TLS[access.tls],
    }
    who = f"{quote(access.user, safe='')}:{quote(access.password, safe='')}"
    where = f"{quote(access.host, safe='')}:{access.port or PORT}/{quote(access.database, safe='')}"
    return f"postgresql://{who}@{where}?{urlencode(asked, quote_via=quote)}"


def _plain(schema: pa.Schema) -> pa.Schema:
    """The schema without the driver's remarks."""
    return pa.schema([pa.field(field.name, field.type) for field in schema])
