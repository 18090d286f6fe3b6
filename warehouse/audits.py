"""The results of an audit, kept with the publication that they speak of."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from warehouse.connection import connect


@dataclass(frozen=True)
class AuditLine:
    """One expectation of one table, as one audit found it; the fields are the columns of `operations.audits`."""

    publication_id: str
    table_name: str
    expectation: str
    column_name: str | None
    severity: str
    is_success: bool
    observed: str
    unexpected_count: int
    sentence: str


def record_audits(path: Path, lines: Sequence[AuditLine]) -> None:
    """Write the lines into a DuckDB file; an earlier audit of the same publication gives way to this one."""
    names = [field.name for field in fields(AuditLine)]
    # One statement for all lines: a statement a line takes twenty times as long.
    columns = ", ".join(f"unnest(${name}) as {name}" for name in names)
    values = {name: [getattr(line, name) for line in lines] for name in names}
    with connect(path) as connection:
        connection.begin()
        connection.execute(
            "delete from operations.audits where list_contains(?, publication_id)", [values["publication_id"]]
        )
        if lines:
            connection.execute(f"insert into operations.audits by name select {columns}", values)
        connection.commit()


def table_names(path: Path) -> set[str]:
    """The tables and views of a DuckDB file, each as `schema.table`."""
    with connect(path, read_only=True) as connection:
        rows = connection.execute("select table_schema || '.' || table_name from information_schema.tables").fetchall()
    return {name for (name,) in rows}


def found_rows(path: Path, sql: str, limit: int) -> list[dict[str, str]]:
    """The first rows that a query finds, as text; for telling a person where to look."""
    with connect(path, read_only=True) as connection:
        found = connection.execute(f"select cast(columns(*) as varchar) from ({sql}) limit {limit:d}")
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def as_of_date(path: Path) -> str:
    """The day that the tables of a building file are told as of."""
    with connect(path, read_only=True) as connection:
        row = connection.execute("select cast(as_of_date as varchar) from core.as_of").fetchone()
    if row is None:
        raise ValueError(f"{path}: core.as_of holds no day")
    return str(row[0])
