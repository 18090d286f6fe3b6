"""What a database is asked through: one connection that only reads, in one snapshot, whatever its system."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa

from tasks.errors import SourceRefused
from tasks.extract.formats.stream import first_line
from tasks.source.extracts.database import TableExtract

ROWS = "source_rows"
"""What the table or the query is called in what a database is asked."""

NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class Access:
    """How a database is reached, with everything put in that its source file only refers to."""

    system: str
    path: str | None
    host: str
    port: int | None
    database: str
    user: str
    password: str = field(repr=False)
    tls: str

    def told(self, error: Exception) -> str:
        """What went wrong, in a line that does not hold the password."""
        line = first_line(error)
        return line.replace(self.password, "***") if self.password else line


@dataclass(frozen=True)
class Column:
    """A column as a database gives it, and the SQL by which it is asked for so that nothing of it is lost."""

    name: str
    sql: str
    type: str


class Session(Protocol):
    """A connection that only reads, and sees one moment of the database from its first question to its last."""

    def quoted(self, name: str) -> str:
        """The name of a table or a column, as the system's SQL quotes it."""

    def columns(self, relation: str) -> list[Column]:
        """The columns of a table or a query."""

    def literal(self, value: str, column: Column, relation: str) -> str:
        """A value of a column as SQL, to be compared with the column."""

    def batches(self, sql: str) -> Iterator[pa.RecordBatch]:
        """What a select gives, as it comes; every batch has the same columns, and there is one at least."""

    def close(self) -> None:
        """End it, also in the midst of an answer."""


def relation_of(session: Session, table: TableExtract) -> str:
    """The table or the query as what stands after `from`."""
    if table.table:
        return ".".join(session.quoted(part) for part in table.table.split(".")) + f" as {ROWS}"
    # On lines of its own: the query may end with a comment.
    return f"(\n{table.query}\n) as {ROWS}"


def column_of(session: Session, name: str) -> str:
    """A column of the table or the query, not of what is selected from it."""
    return f"{ROWS}.{session.quoted(name)}"


def named(columns: list[Column], name: str, what: str) -> Column:
    """The column of this name.

    Raises SourceRefused when there is none.
    """
    found = next((column for column in columns if column.name == name), None)
    if found is None:
        shown = ", ".join(column.name for column in columns[:12])
        raise SourceRefused(f"{what} has no column {name!r}; its columns are: {shown}")
    return found


def number(value: str, column: Column) -> str:
    """A number as SQL.

    Raises SourceRefused when it is none, such as a day for which a table is asked whose cursor is a number.
    """
    if not NUMBER.fullmatch(value):
        raise SourceRefused(f"the cursor {column.name} is a number, and {value[:40]!r} is none")
    return value
