"""What the operations write down of every delivery, batch and load, and what they read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from warehouse.connection import Connection


@dataclass(frozen=True)
class Batch:
    """A file that was read, or could not be."""

    batch_no: int
    batch_id: str
    source: str
    file: str
    file_name: str
    landed: str
    bytes: int
    rows: int
    columns: list[str]
    status: str
    reason: str | None
    mapping: str
    recorded_at: datetime


@dataclass(frozen=True)
class Load:
    """What became of the rows of a batch for one record: one row of `operations.loads`."""

    batch_id: str
    source: str
    file: str
    record: str
    rows_extracted: int
    rows_accepted: int
    rows_unchanged: int
    rows_quarantined: int
    rows_out_of_scope: int
    loaded_at: datetime


@dataclass(frozen=True)
class Delivery:
    """One time that a file was delivered."""

    source: str
    file_name: str
    path: str
    file: str
    bytes: int
    modified_ns: int
    status: str
    received_at: datetime


def next_batch_no(connection: Connection) -> int:
    """The number of the next batch; there is one writer, so no two take the same."""
    found = connection.execute("select coalesce(max(batch_no), 0) + 1 from operations.batches").fetchone()
    assert found is not None
    return int(found[0])


def write_batch(connection: Connection, batch: Batch) -> None:
    """Write a batch down."""
    values = list(vars(batch).values())
    connection.execute(f"insert into operations.batches values ({', '.join('?' * len(values))})", values)


def write_load(connection: Connection, load: Load, out_of_scope: dict[str, int]) -> None:
    """Write down what became of a batch's rows for one record, and how many each out-of-scope rule left out."""
    values = list(vars(load).values())
    connection.execute(f"insert into operations.loads values ({', '.join('?' * len(values))})", values)
    for rule, rows in out_of_scope.items():
        connection.execute(
            "insert into operations.out_of_scope values (?, ?, ?, ?, ?)",
            [load.batch_id, load.source, load.record, rule, rows],
        )


def write_delivery(connection: Connection, delivery: Delivery) -> None:
    """Write down that a file was delivered."""
    connection.execute(
        """
        insert into operations.deliveries
        select ?, ?, ?, ?, ?, ?, make_timestamp(? // 1000) at time zone 'UTC', ?, ?
        """,
        [
            delivery.source, delivery.file_name, delivery.path, delivery.file, delivery.bytes, delivery.modified_ns,
            delivery.modified_ns, delivery.status, delivery.received_at,
        ],
    )  # fmt: skip


def known_deliveries(connection: Connection, source: str) -> set[tuple[str, int, int]]:
    """Path, size and time of change of every delivery of the source: a file that has them all was seen before."""
    rows = connection.execute(
        "select path, bytes, modified_ns from operations.deliveries where source = ?", [source]
    ).fetchall()
    return {(path, size, modified) for path, size, modified in rows}


def last_delivered(connection: Connection, source: str, path: str) -> str | None:
    """The content that a place gave when it was asked last; None when it never was."""
    found = connection.execute(
        "select file from operations.deliveries where source = ? and path = ? order by received_at desc, rowid desc",
        [source, path],
    ).fetchone()
    return found[0] if found else None


def known_cursors(connection: Connection, source: str) -> dict[str, str]:
    """From where a source is read on, by the names of its cursors."""
    rows = connection.execute(
        "select name, arg_max(value, cursor_no) from operations.cursors where source = ? group by name", [source]
    ).fetchall()
    return dict(rows)


def write_cursors(
    connection: Connection, source: str, cursors: Mapping[str, str], batch_id: str | None, moved_at: datetime
) -> None:
    """Write down from where a source is read on, where that is another place than before."""
    known = known_cursors(connection, source) if cursors else {}
    for name, value in cursors.items():
        if known.get(name) != value:
            connection.execute(
                "insert into operations.cursors select count(*) + 1, ?, ?, ?, ?, ? from operations.cursors",
                [source, name, value, batch_id, moved_at],
            )


def batches_of_file(connection: Connection, source: str, file: str) -> list[int]:
    """The numbers of the batches in which this content was loaded, the first one first."""
    rows = connection.execute(
        "select batch_no from operations.batches where source = ? and file = ? order by batch_no", [source, file]
    ).fetchall()
    return [number for (number,) in rows]


def refusal_of(connection: Connection, source: str, file: str) -> str | None:
    """Why this content could not be read; None when it was read, or never came."""
    found = connection.execute(
        """
        select arg_max(reason, batch_no) from operations.batches where source = ? and file = ?
        having bool_and(status = 'refused')
        """,
        [source, file],
    ).fetchone()
    return found[0] if found else None


def has_later_batch(connection: Connection, source: str, batch_no: int) -> bool:
    """Whether something of the source was loaded after the batch of this number."""
    later = "select 1 from operations.batches where source = ? and batch_no > ? limit 1"
    return connection.execute(later, [source, batch_no]).fetchone() is not None


def files_to_replay(connection: Connection, source: str) -> Sequence[tuple[str, str, str, int]]:
    """SHA-256, landed path, name and size of every file with rows in quarantine, or that could not be read."""
    return connection.execute(
        """
        select file, any_value(landed), arg_min(file_name, batch_no), any_value(bytes)
        from operations.batches
        where source = ? and (
            file in (select file from operations.quarantine where source = ? and status = 'open')
            or file not in (select file from operations.batches where source = ? and status <> 'refused')
        )
        group by file
        order by min(batch_no)
        """,
        [source, source, source],
    ).fetchall()


def close_quarantine(connection: Connection, source: str, file: str, records: Sequence[str]) -> None:
    """Mark the open quarantine rows of a file as replayed for these records: what is still wrong is written again."""
    connection.execute(
        "update operations.quarantine set status = 'replayed' where source = ? and file = ? "
        "and status = 'open' and record in (select unnest(?::varchar[]))",
        [source, file, list(records)],
    )
