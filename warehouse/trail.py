"""From a row of a published table back to the record's rows, their files and their lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from warehouse.connection import Connection
from warehouse.tables import identifier, literal


@dataclass(frozen=True)
class Rows:
    """Rows as text, with the names of their columns; `count` is how many there are in all."""

    table: str
    columns: list[str]
    rows: list[tuple[str | None, ...]]
    count: int


def columns_of(connection: Connection, table: str) -> list[str]:
    """The columns of a table or view; none when there is no such table."""
    found = connection.execute(
        """
        select column_name from duckdb_columns()
        where schema_name || '.' || table_name = ? and database_name = current_database()
        order by column_index
        """,
        [table],
    ).fetchall()
    return [name for (name,) in found]


def tables(connection: Connection) -> list[str]:
    """Every table and view that analysts see, by name."""
    found = connection.execute(
        """
        select distinct schema_name || '.' || table_name as name from duckdb_columns()
        where not internal and database_name = current_database() and schema_name <> 'store'
        order by name
        """
    ).fetchall()
    return [name for (name,) in found]


def rows_where(connection: Connection, table: str, conditions: Mapping[str, str], limit: int) -> Rows:
    """The rows of a table whose columns, as text, are the given values."""
    columns = columns_of(connection, table)
    shown = ", ".join(f"{identifier(column)}::varchar as {identifier(column)}" for column in columns)
    met = " and ".join(f"{identifier(column)}::varchar = {literal(value)}" for column, value in conditions.items())
    schema, name = table.split(".", 1)
    which = f"from {identifier(schema)}.{identifier(name)} where {met or 'true'}"
    order = "_batch_id, _row" if "_batch_id" in columns else "all"
    rows = connection.execute(f"select {shown} {which} order by {order} limit {limit:d}").fetchall()
    counted = connection.execute(f"select count(*) {which}").fetchall()
    return Rows(table, columns, rows, counted[0][0])


def records_behind(connection: Connection, table: str) -> list[str]:
    """The records that a table is made from, through whatever tables stand between."""
    if table.startswith("record."):
        return [table]
    found = connection.execute(
        """
        with recursive behind (table_name) as (
            select ?::varchar
            union
            select lineage.source_table
            from operations.lineage as lineage
            inner join behind using (table_name)
        )
        select table_name from behind where starts_with(table_name, 'record.') order by table_name
        """,
        [table],
    ).fetchall()
    return [name for (name,) in found]


def files_of(connection: Connection, files: Sequence[str]) -> dict[str, tuple[str, str]]:
    """By SHA-256: the name under which a file was first delivered, and where it is kept."""
    found = connection.execute(
        """
        select file, arg_min(file_name, batch_no), any_value(landed)
        from operations.batches
        where list_contains(?::varchar[], file)
        group by file
        """,
        [list(files)],
    ).fetchall()
    return {file: (name, landed) for file, name, landed in found}
