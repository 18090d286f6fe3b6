"""Finding what is recorded and gone from its source, withdrawing it, and writing that down."""

from collections.abc import Iterable

import pyarrow as pa

from warehouse.books import Batch
from warehouse.connection import Connection
from warehouse.tables import StoredRecord, identifier

FEW = 10
"""So many rows may go at once whatever the share: of a short list half is soon gone."""


class TooManyGone(Exception):
    """More rows are gone at once than a source may lose; the message says how many of how many."""

    def __init__(self, gone: int, held: int) -> None:
        super().__init__(f"{gone:,} of {held:,}")
        self.gone = gone


def withdraw_missing(
    connection: Connection,
    record: StoredRecord,
    batch: Batch,
    present: Iterable[pa.Table],
    *,
    is_kept: bool,
    most_pct: int = 100,
) -> int:
    """Withdraw the current rows of a batch's source whose keys are not present; returns how many are gone.

    Rows that are kept are written down only, and once.
    Raises TooManyGone, with nothing done, when a larger share than `most_pct` of the rows is gone.
    """
    _write_present(connection, record, present)
    _find_gone(connection, record, batch.source)
    if is_kept:
        connection.execute(
            """
            delete from gone where (stored_batch_id, row) in (
                select (stored_batch_id, row) from operations.withdrawals where source = ? and record = ?
            )
            """,
            [batch.source, record.name],
        )
    else:
        _refuse_too_many(connection, record, batch.source, most_pct)
        connection.execute(
            f"update {_table(record)} set _superseded_batch = ? where rowid in (select place from gone)",
            [batch.batch_no],
        )
    connection.execute(
        "insert into operations.withdrawals select ?, ?, ?, key, stored_batch_id, row, ?, ? from gone order by key",
        [batch.batch_id, batch.source, record.name, not is_kept, batch.recorded_at],
    )
    found = connection.execute("select count(*) from gone").fetchone()
    connection.execute("drop table gone")
    connection.execute("drop table present_keys")
    assert found is not None
    return int(found[0])


def _refuse_too_many(connection: Connection, record: StoredRecord, source: str, most_pct: int) -> None:
    counts = connection.execute(
        f"""
        select (select count(*) from gone), count(*)
        from {_table(record)} as stored
        inner join operations.batches as batches on stored._batch = batches.batch_no
        where stored._superseded_batch is null and batches.source = ?
        """,
        [source],
    ).fetchone()
    assert counts is not None
    gone, held = counts
    if gone > FEW and gone * 100 > held * most_pct:
        connection.execute("drop table gone")
        connection.execute("drop table present_keys")
        raise TooManyGone(gone, held)


def is_back(connection: Connection, record: StoredRecord, present: Iterable[pa.Table]) -> bool:
    """Whether a key is present that was withdrawn, and of which no row has come since."""
    _write_present(connection, record, present)
    keys = _keys(record)
    found = connection.execute(
        f"""
        select 1 from present_keys
        semi join {_table(record)} using ({keys})
        anti join (select {keys} from {_table(record)} where _superseded_batch is null) using ({keys})
        limit 1
        """
    ).fetchone()
    connection.execute("drop table present_keys")
    return found is not None


def _write_present(connection: Connection, record: StoredRecord, present: Iterable[pa.Table]) -> None:
    keys = _keys(record)
    connection.execute(f"create or replace temp table present_keys as select {keys} from {_table(record)} limit 0")
    for some in present:
        connection.register("some_keys", some)
        connection.execute(f"insert into present_keys select {keys} from some_keys")
        connection.unregister("some_keys")


def _find_gone(connection: Connection, record: StoredRecord, source: str) -> None:
    on_key = " and ".join(f"stored.{identifier(k)} = present_keys.{identifier(k)}" for k in record.key)
    shown = ", ".join(f"stored.{identifier(k)}" for k in record.key)
    connection.execute(
        f"""
        create or replace temp table gone as
        select
            stored.rowid as place, stored._row as row, batches.batch_id as stored_batch_id,
            concat_ws(', ', {shown}) as key
        from {_table(record)} as stored
        inner join operations.batches as batches on stored._batch = batches.batch_no
        anti join present_keys on {on_key}
        where stored._superseded_batch is null and batches.source = ?
        """,
        [source],
    )


def _table(record: StoredRecord) -> str:
    return f"store.{identifier(record.name)}"


def _keys(record: StoredRecord) -> str:
    return ", ".join(identifier(name) for name in record.key)
