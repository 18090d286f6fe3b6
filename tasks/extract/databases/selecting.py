"""What a database is asked: the columns of a table or a query, and which of its rows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from tasks.errors import SourceRefused
from tasks.extract.databases.session import Column, Session, column_of, named, relation_of
from tasks.extract.fetching import Window
from tasks.source.extracts.database import TableExtract


@dataclass(frozen=True)
class Selecting:
    """A table or a query of a session, and the SQL that reads it."""

    session: Session
    name: str
    table: TableExtract
    relation: str
    columns: list[Column]

    @classmethod
    def of(cls, session: Session, name: str, table: TableExtract) -> "Selecting":
        """The table with the columns that it has now.

        Raises SourceRefused when it lacks its cursor or a column of its key.
        """
        relation = relation_of(session, table)
        columns = session.columns(relation)
        for column in (*table.key, *([table.cursor.column] if table.cursor else [])):
            named(columns, column, name)
        return cls(session, name, table, relation, columns)

    def everything(self) -> str:
        """All rows, in the order of their key where they have one, so that the same rows are the same bytes."""
        return self._select(self.columns) + self._ordered(self.table.key)

    def keys(self) -> str:
        """The key of every row."""
        keys = [named(self.columns, name, self.name) for name in self.table.key]
        return self._select(keys) + self._ordered(self.table.key)

    def all_by_cursor(self) -> str:
        """All rows in the order of the cursor."""
        return self._select(self.columns) + self._ordered([self._cursor.name])

    def since(self, value: str, *, is_included: bool) -> str:
        """The rows from a value of the cursor on, or after it; and those without one, which may be new as well."""
        column = column_of(self.session, self._cursor.name)
        lacking = f" or {column} is null" if is_included else ""
        where = f" where {column} {'>=' if is_included else '>'} {self._literal(value)}{lacking}"
        return self._select(self.columns) + where + self._ordered([self._cursor.name])

    def again(self, first: str, last: str) -> str:
        """The rows that were read before and are read again: within the overlap, or without a cursor."""
        column = column_of(self.session, self._cursor.name)
        within = f"{column} >= {self._literal(first)} and {column} <= {self._literal(last)}"
        return self._select(self.columns) + f" where ({within}) or {column} is null"

    def within(self, window: Window) -> str:
        """The rows of a past range, first included, last not."""
        column = column_of(self.session, self._cursor.name)
        where = f" where {column} >= {self._literal(window.first)} and {column} < {self._literal(window.last)}"
        return self._select(self.columns) + where + self._ordered([self._cursor.name])

    def before(self, value: str) -> str:
        """From where it is read again, when it was read up to a value."""
        assert self.table.cursor is not None
        overlap = self.table.cursor.overlap
        return earlier(value, overlap) if overlap else value

    @property
    def _cursor(self) -> Column:
        assert self.table.cursor is not None
        return named(self.columns, self.table.cursor.column, self.name)

    def _literal(self, value: str) -> str:
        return self.session.literal(value, self._cursor, self.relation)

    def _select(self, columns: list[Column]) -> str:
        return f"select {', '.join(column.sql for column in columns)} from {self.relation}"

    def _ordered(self, columns: list[str] | tuple[str, ...]) -> str:
        order = ", ".join(column_of(self.session, column) for column in columns)
        return f" order by {order}" if order else ""


def earlier(value: str, overlap: timedelta | int) -> str:
    """A value of a cursor, less the overlap.

    Raises SourceRefused when nothing can be taken from it.
    """
    try:
        if isinstance(overlap, int):
            return format(Decimal(value) - overlap, "f")
        if len(value) == len("2025-01-01"):
            return (date.fromisoformat(value) - overlap).isoformat()
        return (datetime.fromisoformat(value) - overlap).isoformat(sep=" ")
    except (ValueError, OverflowError, InvalidOperation) as error:
        raise SourceRefused(f"the cursor has come to {value!r}, from which no overlap of {overlap} is taken") from error
