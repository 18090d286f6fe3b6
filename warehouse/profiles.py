"""What each delivery looked like, column by column, and what the deliveries of a source before it looked like."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from warehouse.books import Batch
from warehouse.connection import Connection


@dataclass(frozen=True)
class ColumnProfile:
    """A column of a delivery: how much of it is filled, how it is written, and its words when they are few."""

    rows: int
    filled: int
    shape: str | None
    values: tuple[str, ...] | None = None

    @property
    def fill_rate(self) -> float:
        """The share of its rows that is filled; of no rows, none."""
        return self.filled / self.rows if self.rows else 0.0


@dataclass(frozen=True)
class PastDelivery:
    """A delivery that was loaded: its rows and its columns."""

    batch_no: int
    file_name: str
    rows: int
    recorded_at: datetime
    columns: dict[str, ColumnProfile] = field(default_factory=dict)


@dataclass(frozen=True)
class DriftRow:
    """One row of `operations.drift`: in what a delivery differs from those before it."""

    column_name: str | None
    change: str
    severity: str
    usual: str | None
    found: str | None
    sentence: str


def write_profile(connection: Connection, batch: Batch, columns: dict[str, ColumnProfile]) -> None:
    """Write down what a loaded batch looks like."""
    if not columns:
        return
    profiles = list(columns.values())
    connection.execute(
        """
        insert into operations.profiles
        select ?, ?, unnest(?::varchar[]), unnest(?::bigint[]), unnest(?::bigint[]), unnest(?::varchar[]),
            unnest(?::varchar[][])
        """,
        [
            batch.batch_id,
            batch.source,
            list(columns),
            [one.rows for one in profiles],
            [one.filled for one in profiles],
            [one.shape for one in profiles],
            [None if one.values is None else list(one.values) for one in profiles],
        ],
    )


def write_drift(connection: Connection, batch: Batch, drift: Sequence[DriftRow]) -> None:
    """Write down in what a batch differs from those before it."""
    for row in drift:
        connection.execute(
            "insert into operations.drift values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                batch.batch_id,
                batch.source,
                row.column_name,
                row.change,
                row.severity,
                row.usual,
                row.found,
                row.sentence,
            ],
        )


def is_loaded(connection: Connection, source: str, file: str) -> bool:
    """Whether this content of the source was loaded before."""
    found = connection.execute(
        "select 1 from operations.batches where source = ? and file = ? and status = 'loaded' limit 1", [source, file]
    ).fetchone()
    return found is not None


def deliveries_before(
    connection: Connection, source: str, file: str, batch_no: int, since: date | None, most: int, called: str = ""
) -> list[PastDelivery]:
    """The last deliveries of a source that were loaded before this file came first, the newest last.

    Of a source with several tables, those whose names begin as the files of one table are `called`.
    A file that was loaded again counts once, as it was loaded last.
    """
    found = connection.execute(
        """
        with
        own as (
            select coalesce(min(batch_no), ?) as first_no from operations.batches where source = ? and file = ?
        ),
        loaded as (
            select max_by(batches, batch_no) as batch, min(batch_no) as first_no
            from operations.batches
            where source = ? and status = 'loaded' and recorded_at >= ? and starts_with(file_name, ?)
            group by file
        ),
        before as (
            select batch from loaded where first_no < (select first_no from own) order by first_no desc limit ?
        )
        select
            batch.batch_no, batch.file_name, batch.rows, batch.recorded_at, batch.columns,
            profiles.column_name, profiles.rows, profiles.filled, profiles.shape, profiles.values,
        from before
        left join operations.profiles on batch.batch_id = profiles.batch_id
        order by batch.batch_no
        """,
        [batch_no, source, file, source, since or date(1, 1, 1), called, most],
    ).fetchall()
    deliveries: dict[int, PastDelivery] = {}
    for number, name, rows, recorded_at, columns, column, of, filled, shape, values in found:
        # A delivery of before profiles were taken still says which columns it had.
        known = deliveries.setdefault(
            number, PastDelivery(number, name, rows, recorded_at, dict.fromkeys(columns, NONE))
        )
        if column is not None:
            known.columns[column] = ColumnProfile(of, filled, shape, None if values is None else tuple(values))
    return list(deliveries.values())


NONE = ColumnProfile(0, 0, None)
"""A column of which nothing but its name is known."""
