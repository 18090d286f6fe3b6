"""The book of closings: which periods are closed, what was filed of them, and under which hash."""

from dataclasses import astuple, dataclass
from datetime import date, datetime
from pathlib import Path

from warehouse.connection import Connection, connect
from warehouse.models import read_models

PLACES, FIGURES = "core.closed_places", "core.closed_figures"
"""The models that give the figures of closed periods as the books have them now."""


@dataclass(frozen=True)
class Closing:
    """A closed period, as `operations.closings` holds it."""

    period: str
    first_date: date
    last_date: date
    financial_year_start: date
    last_entry_no: int
    """The newest entry that what is filed knows of."""
    publication_id: str
    closed_at: datetime
    reason: str | None
    """Why it was closed although something was open."""


@dataclass(frozen=True)
class FiledFile:
    """A file that was filed for a period, by its hash."""

    period: str
    file_name: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Open:
    """What stands in the way of closing: how many rows or documents of a kind, with one of them."""

    what: str
    count: int
    example: str


def find_closing(connection: Connection, period: str) -> Closing | None:
    """The closing of a period; None while it is open."""
    columns = ", ".join(Closing.__dataclass_fields__)
    found = connection.execute(f"select {columns} from operations.closings where period = ?", [period]).fetchall()
    return Closing(*found[0]) if found else None


def closed_periods(connection: Connection) -> list[str]:
    """Every closed period, in the order of their days."""
    found = connection.execute("select period from operations.closings order by last_date, first_date").fetchall()
    return [period for (period,) in found]


def closing_of_day(building: Path) -> Closing | None:
    """The first closing of a period that reaches to the day a building is about; None when that day is open."""
    columns = ", ".join(Closing.__dataclass_fields__)
    with connect(building, read_only=True) as connection:
        found = connection.execute(
            f"select {columns} from operations.closings where last_date >= (select max(as_of_date) from core.as_of) "
            "order by closed_at limit 1"
        ).fetchall()
    return Closing(*found[0]) if found else None


def filed_files(connection: Connection, period: str) -> list[FiledFile]:
    """The files of a closed period."""
    columns = ", ".join(FiledFile.__dataclass_fields__)
    found = connection.execute(
        f"select {columns} from operations.filed_files where period = ? order by file_name", [period]
    ).fetchall()
    return [FiledFile(*row) for row in found]


def last_entry_no(connection: Connection) -> int:
    """The number of the newest entry of the ledger."""
    (number,) = connection.execute("select coalesce(max(entry_no), 0) from store.ledger_lines").fetchall()[0]
    return int(number)


def unposted_documents(connection: Connection, last: date) -> list[Open]:
    """Documents of days up to the last one that are not in the ledger, by what stands in their way."""
    found = connection.execute(
        """
        select 'not posted: ' || reason, count(*), min(entry_id)
        from operations.unposted_documents
        where coalesce(entry_date <= ?, true)
        group by reason
        order by reason
        """,
        [last],
    ).fetchall()
    return [Open(*row) for row in found]


def open_quarantine(connection: Connection, records: list[str], first: date, last: date) -> list[Open]:
    """Refused rows that may belong to the period: one of the days that they name is in it, or they name none."""
    found = connection.execute(
        r"""
        with refused as (
            select
                source, record, file, row,
                regexp_extract_all(raw, '\b(\d{4}-\d{2}-\d{2})', 1) as days,
            from operations.quarantine
            where status = 'open' and list_contains(?, record)
        )
        select 'refused row(s) of ' || source || ' for ' || record, count(*), arg_min('row ' || row, (file, row))
        from refused
        where
            len(days) = 0
            or len(list_filter(days, lambda day: coalesce(try_cast(day as date) between ? and ?, true))) > 0
        group by source, record
        order by source, record
        """,
        [records, first, last],
    ).fetchall()
    return [Open(*row) for row in found]


def figures_of(building: Path, closing: Closing) -> list[tuple[object, ...]]:
    """The figures of the period, account by account in every line of every statement, as they are to be filed.

    The building knows nothing of the closing yet; what is written into it to ask is taken back.
    """
    models = {model.name: model.sql for model in read_models()}
    with connect(building) as connection:
        connection.execute("set variable as_of_date = cast(? as date)", [closing.last_date])
        connection.execute("begin")
        _write_closing(connection, closing)
        connection.execute(f"create or replace table {PLACES} as {models[PLACES]}")
        found = connection.execute(f"select * from ({models[FIGURES]}) where period = ? order by all", [closing.period])
        rows = found.fetchall()
        connection.execute("rollback")
    return rows


def write_closing(
    connection: Connection, closing: Closing, files: list[FiledFile], figures: list[tuple[object, ...]]
) -> None:
    """Write down that the period is closed, all of it or nothing; from then on it is."""
    connection.execute("begin")
    try:
        _write_closing(connection, closing)
        for file in files:
            connection.execute("insert into operations.filed_files values (?, ?, ?, ?)", list(astuple(file)))
        if figures:
            columns = ", ".join(f"unnest(${place + 1})" for place in range(len(figures[0])))
            values = [list(column) for column in zip(*figures, strict=True)]
            connection.execute(f"insert into operations.filed_statements select {columns}", values)
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def _write_closing(connection: Connection, closing: Closing) -> None:
    columns = ", ".join(Closing.__dataclass_fields__)
    marks = ", ".join("?" for _ in Closing.__dataclass_fields__)
    connection.execute(f"insert into operations.closings ({columns}) values ({marks})", list(astuple(closing)))
