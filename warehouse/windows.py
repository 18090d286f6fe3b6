"""The past ranges for which a source was asked again, and what came of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from warehouse.connection import Connection


@dataclass(frozen=True)
class AskedWindow:
    """A range of days that a source was asked for: one row of `operations.windows`."""

    source: str
    first_date: date
    last_date: date
    """The last of its days, included."""
    status: str
    """`loaded`, or `failed` and to be asked again."""
    batch_ids: list[str]
    reason: str | None
    asked_at: datetime


def write_window(connection: Connection, window: AskedWindow) -> None:
    """Write down what came of asking."""
    values = list(vars(window).values())
    connection.execute(f"insert into operations.windows values ({', '.join('?' * len(values))})", values)


def loaded_windows(connection: Connection, source: str) -> Sequence[tuple[date, date]]:
    """First and last day of every range of the source that was loaded whole."""
    return connection.execute(
        "select first_date, last_date from operations.windows where source = ? and status = 'loaded' order by all",
        [source],
    ).fetchall()


def refused_files(connection: Connection, source: str) -> Sequence[tuple[str, str]]:
    """SHA-256 and name of every file of the source of which no delivery could be loaded, the first one first."""
    return connection.execute(
        """
        select file, arg_min(file_name, batch_no)
        from operations.batches
        where source = ?
        group by file
        having not bool_or(status = 'loaded')
        order by min(batch_no)
        """,
        [source],
    ).fetchall()


def loaded_names(connection: Connection, source: str) -> Sequence[str]:
    """The names of the files of the source that were loaded."""
    rows = connection.execute(
        "select distinct file_name from operations.batches where source = ? and status = 'loaded'", [source]
    ).fetchall()
    return [name for (name,) in rows]
