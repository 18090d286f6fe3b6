"""Trace: from a row of a published table to the rows of the record, and to the file and line that each came from.

From a line of a statement or an account of the trial balance the way leads over the entries of the ledger.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from schemas.records import RECORDS
from tasks.check import MASKED
from tasks.errors import UsageError
from warehouse.connection import Connection, connect
from warehouse.home import Home
from warehouse.trail import Rows, columns_of, files_of, records_behind, rows_where, tables


@dataclass(frozen=True)
class Origin:
    """A row of the record with the file and the data row that it came from."""

    values: dict[str, str | None]
    file_name: str
    landed: str
    row: int


@dataclass(frozen=True)
class Behind:
    """The rows of one record behind a figure, and by which of the given columns they were found."""

    record: str
    by: tuple[str, ...]
    count: int
    origins: list[Origin]


@dataclass(frozen=True)
class Trail:
    """A row of a table and what is behind it."""

    figure: Rows
    behind: list[Behind]


STATEMENTS = {"finance.income_statement": "income statement", "finance.balance_sheet": "balance sheet"}
"""How `finance.statement_entries` calls the statements that are tables of their own."""


def trace(home: Home, table: str, conditions: Mapping[str, str], limit: int = 20) -> Trail:
    """Follow the rows of a published table that have the given values back to where they came from.

    Raises UsageError when nothing is published, or there is no such table, column or row.
    """
    if not home.published.exists():
        raise UsageError(f"nothing is published in {home.root}; run `countinghouse run` first")
    with connect(home.published, read_only=True) as connection:
        _check(connection, table, conditions)
        figure = rows_where(connection, table, conditions, limit)
        if not figure.count:
            raise UsageError(f"{table} has no row where {' and '.join(f'{k} is {v}' for k, v in conditions.items())}")
        behind = [_entries(connection, figure, limit)]
        behind += [_behind(connection, record, conditions, limit) for record in records_behind(connection, table)]
    return Trail(figure, [one for one in behind if one is not None])


def _check(connection: Connection, table: str, conditions: Mapping[str, str]) -> None:
    columns = columns_of(connection, table)
    if not columns:
        raise UsageError(f"there is no table {table!r}{_nearest(table, tables(connection))}")
    for column in conditions:
        if column not in columns:
            raise UsageError(f"{table} has no column {column!r}{_nearest(column, columns)}")


def _nearest(word: str, known: list[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(known)}"


def _entries(connection: Connection, figure: Rows, limit: int) -> Behind | None:
    """The entries behind a line of a statement, or behind an account; a total is followed line by line."""
    row = dict(zip(figure.columns, figure.rows[0], strict=True))
    if figure.table == "finance.trial_balance":
        return _behind(connection, "finance.general_ledger", {"account_code": str(row["account_code"])}, limit)
    statement = STATEMENTS.get(figure.table) or row.get("statement")
    if figure.table == "finance.cash_flow":
        statement = f"cash flow, {row['method']}"
    if statement is None or row.get("is_total") != "false":
        return None
    which = {"statement": statement, "line": str(row["line"]), "compared_as": "period"}
    return _behind(connection, "finance.statement_entries", which, limit)


def _behind(connection: Connection, record: str, conditions: Mapping[str, str], limit: int) -> Behind | None:
    # The same quantity has the same name everywhere, so a column of the figure is a column of the record.
    names = columns_of(connection, record)
    by = {column: value for column, value in conditions.items() if column in names}
    if not by:
        return None
    found = rows_where(connection, record, by, limit)
    rows = [_masked(record, dict(zip(found.columns, row, strict=True))) for row in found.rows]
    # An entry that the end of a month makes by itself comes from no file.
    kept = files_of(connection, sorted({str(row["_file"]) for row in rows if row["_file"]}))
    origins = [Origin(row, *kept[str(row["_file"])], int(str(row["_row"]))) for row in rows if row["_file"]]
    return Behind(record, tuple(by), found.count, origins)


def _masked(record: str, row: dict[str, str | None]) -> dict[str, str | None]:
    """The row without personal data, which a trail to a file and line does not need."""
    known = RECORDS.get(record.removeprefix("record.").removesuffix("_versions"))
    personal = {column.name for column in known.columns() if column.personal} if known else set()
    return {name: MASKED if name in personal and value is not None else value for name, value in row.items()}
