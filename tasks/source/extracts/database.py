"""What a source file says of a database: how it is reached, and which of its tables are read, and how."""

import re
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from tasks.source.extracts.files import FilesExtract
from tasks.source.secret import SecretReference
from tasks.source.span import UNIT, length
from tasks.source.strict import Strict

AMOUNT = re.compile(rf"(\d{{1,9}})(?: {UNIT})?")


def _as_overlap(text: object) -> timedelta | int:
    """`2 days` of a moment, or `500` of a number.

    Raises ValueError when it is neither.
    """
    if isinstance(text, timedelta | int):
        return text
    said = AMOUNT.fullmatch(str(text))
    if not said:
        raise ValueError(f"{text!r} is no overlap; '2 days' of a moment or '500' of a number is")
    return length(said[1], said[2]) if said[2] else int(said[1])


Overlap = Annotated[timedelta | int, BeforeValidator(_as_overlap)]
"""How far before the cursor a table is read again."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[^\W\d][\w$ -]*$", max_length=63)]
"""The name of a table or a column; it is quoted wherever it is used."""

TableName = Annotated[str, StringConstraints(pattern=r"^[^\W\d][\w$ -]*(\.[^\W\d][\w$ -]*)?$", max_length=127)]
"""The name of a table, with its schema before a point where it has one."""


class Cursor(Strict):
    """The column by which a table tells what is new."""

    column: Identifier
    overlap: Overlap = Field(0, description="How far back it is read again for rows that came late: 2 days, or 500.")


class TableExtract(Strict):
    """What is read of a database: a table, or what a query gives."""

    table: TableName | None = None
    query: str | None = Field(None, min_length=1, description="One select; it is read as a table of its own.")
    cursor: Cursor | None = Field(None, description="Left out: everything is read each time.")
    key: tuple[Identifier, ...] = Field((), description="The columns that name a row; needed to find deletes.")
    deletes: bool = Field(False, description="Whether a key that is gone withdraws its row.")
    # A table that has lost more than half of its rows since yesterday was emptied to be filled again, or cut off.
    most_deleted_pct: int = Field(50, ge=1, le=100, description="The largest share that may be withdrawn at once.")

    @model_validator(mode="after")
    def is_one_thing(self) -> Self:
        """Either a table or a query; deletes are found by a key."""
        if bool(self.table) == bool(self.query):
            raise ValueError("say either `table` or `query`")
        if self.deletes and not self.key:
            raise ValueError("deletes are found by comparing keys; say which columns are the `key`")
        return self


class DatabaseExtract(Strict):
    """Tables of a database, read in one snapshot."""

    connector: Literal["database"]
    system: Literal["postgresql", "mysql", "sqlite"] = Field(description="mysql is MariaDB as well.")
    path: str | None = Field(None, description="The file of an SQLite database; ${NAME} is of the environment.")
    host: str | None = None
    port: str | None = Field(None, pattern=r"^(\d{1,5}|\$\{\w+\})$")
    database: str | None = None
    user: str | None = None
    password: SecretReference | None = Field(None, description="Where it is kept: ${NAME} or block:<name>.")
    tls: Literal["preferred", "required", "verified"] = Field(
        "preferred", description="required: never in the clear; verified: and the server's certificate is checked."
    )
    tables: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")], TableExtract] = Field(min_length=1)

    @model_validator(mode="after")
    def is_reached_in_one_way(self) -> Self:
        """A file has a path, a server a host and a database."""
        if self.system == "sqlite":
            if not self.path or self.host or self.database or self.user or self.password:
                raise ValueError("an SQLite database has a `path`, and no host, database, user or password")
        elif self.path or not (self.host and self.database and self.user):
            raise ValueError(f"a {self.system} database has `host`, `database` and `user`, and no path")
        return self

    @staticmethod
    def table_of(file_name: str) -> str:
        """The table of a landed file: of `customers-3.parquet` and of `customers.keys-4.parquet` it is `customers`."""
        return file_name.partition("-")[0].removesuffix(".keys")

    @property
    def landed(self) -> FilesExtract:
        """How a landed file of the source is read: what was received is kept as Parquet."""
        return FilesExtract.model_validate({"connector": "files", "path": "landed", "format": "parquet"})
