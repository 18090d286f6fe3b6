"""The SQL of one load: rows in, repeated keys out, versions made, all inside the caller's transaction."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pyarrow as pa

from warehouse.connection import Connection
from warehouse.tables import StoredRecord, identifier, literal

INCOMING = "incoming"
"""The temporary table in which rows wait that may meet rows stored before."""


WITHDRAWN = """
    stored._superseded_batch in (
        select batches.batch_no
        from operations.withdrawals
        inner join operations.batches as batches using (batch_id)
        where withdrawals.is_withdrawn
    )
"""
"""The condition that a row gave way to no other version: its key was gone from its source."""


@dataclass(frozen=True)
class Repeated:
    """A row whose key stands earlier in the same file."""

    row: int
    first_row: int
    is_same: bool


@dataclass(frozen=True)
class Changed:
    """A row whose key is stored already with other content."""

    row: int
    batch_id: str
    file_name: str
    stored_row: int


def is_empty(connection: Connection, record: StoredRecord) -> bool:
    """Whether nothing is stored of the record yet, so that no row can meet another."""
    found = connection.execute(f"select 1 from {_table(record)} limit 1").fetchone()
    return found is None


def create_incoming(connection: Connection, record: StoredRecord) -> None:
    """Make room for the rows of a file apart from those stored before, each with the stored row that says the same."""
    connection.execute(f"""
        create or replace temp table {INCOMING} as
        select *, null::bigint as _same_as from {_table(record)} limit 0
    """)


def insert_stream(
    connection: Connection, record: StoredRecord, into: str, rows: pa.RecordBatchReader, batch_no: int
) -> None:
    """Write a stream of typed rows once, under the batch's number."""
    names = ", ".join(_names(record))
    with _registered(connection, rows):
        connection.execute(
            f"insert into {into} ({names}, _row, _batch) select {names}, _row, {int(batch_no)} from typed_rows"
        )


def insert_incoming(
    connection: Connection, record: StoredRecord, rows: pa.RecordBatchReader, batch_no: int, only_source: str | None
) -> None:
    """Write a stream of typed rows apart; of a row that is stored already just as it is, only the key.

    Most of a file that is delivered again says nothing new, and would be written for nothing. Two rows are the same
    when a hash of their key and another of all their columns are: 128 bits, of which chance makes no two alike.
    With `only_source` a row counts as said before only where that source said it: two tills may both have a receipt 1.
    """
    keys = [identifier(name) for name in record.key]
    key, names = ", ".join(keys), ", ".join(_names(record))
    values = [name if name in keys else f"if(place is null, {name}, null)" for name in _names(record)]
    with _registered(connection, rows):
        connection.execute(f"""
            insert into {INCOMING} ({names}, _row, _batch, _same_as)
            select {", ".join(values)}, _row, {int(batch_no)}, place
            from typed_rows
            left join (
                select hash({key}) as key_hash, hash({names}) as row_hash, rowid as place
                from {_table(record)} as stored
                where _superseded_batch is null{_of_source(only_source)}
            ) as stored on stored.key_hash = hash({key}) and stored.row_hash = hash({names})
        """)


@contextmanager
def _registered(connection: Connection, rows: pa.RecordBatchReader) -> Iterator[None]:
    connection.register("typed_rows", rows)
    try:
        yield
    finally:
        connection.unregister("typed_rows")


def _of_source(source: str | None) -> str:
    """The condition that a stored row came from a source."""
    batches = f"select batch_no from operations.batches where source = {literal(source or '')}"
    return f" and stored._batch in ({batches})" if source else ""


def table_of(record: StoredRecord, *, is_apart: bool) -> str:
    """Where the rows of a load go first."""
    return INCOMING if is_apart else _table(record)


def repeated_keys(connection: Connection, record: StoredRecord, into: str, batch_no: int) -> list[Repeated]:
    """The rows of the batch whose key stands earlier in the file, whether or not they say the same.

    A hash of the key finds the few candidates without holding ten million text keys, and without reading the other
    columns of all rows; the keys themselves decide. The hashes are materialized, because DuckDB groups rows that are
    not committed yet on one core.
    """
    key = ", ".join(identifier(name) for name in record.key)
    # Of a row that is stored already the key alone is here, and what it is the same as.
    compared = [*_names(record), *(["_same_as"] if into == INCOMING else [])]
    same = " and ".join(f"later.{c} is not distinct from first.{c}" for c in compared)
    on_key = " and ".join(f"later.{identifier(k)} = first.{identifier(k)}" for k in record.key)
    of_batch = f"from {into} where _batch = {int(batch_no)}"
    found = connection.execute(f"""
        with
        hashes as materialized (select hash({key}) as hashed {of_batch}),
        candidates as materialized (select hashed from hashes group by hashed having count(*) > 1),
        places as materialized (select rowid as place {of_batch} and hash({key}) in (select hashed from candidates)),
        suspects as materialized (select * from {into} where rowid in (select place from places)),
        first as (select * from suspects qualify row_number() over (partition by {key} order by _row) = 1)
        select later._row, first._row, {same}
        from suspects as later
        inner join first on {on_key}
        where later._row > first._row
        order by later._row
    """).fetchall()
    return [Repeated(*row) for row in found]


def remove_rows(connection: Connection, into: str, batch_no: int, rows: Iterable[int]) -> None:
    """Take rows of the running batch out again, before anyone has seen them."""
    numbers = pa.table({"_row": pa.array(rows, pa.int64())})
    if not numbers.num_rows:
        # To find nothing, DuckDB would read every row of the table.
        return
    connection.register("removed_rows", numbers)
    connection.execute(f"delete from {into} where _batch = {int(batch_no)} and _row in (select _row from removed_rows)")
    connection.unregister("removed_rows")


def match_stored(
    connection: Connection, record: StoredRecord, own_batches: Sequence[int], only_source: str | None
) -> None:
    """Put the incoming rows beside the current rows of the same key; on a replay, beside the file's own rows first.

    `only_source` as for `insert_incoming`. The keys are matched first, and the other columns read of what they match.
    """
    own = f"({', '.join(str(int(number)) for number in own_batches) or 'null'})"
    same = " and ".join(f"incoming.{c} is not distinct from stored.{c}" for c in _names(record))
    on_key = " and ".join(f"incoming.{identifier(k)} = stored.{identifier(k)}" for k in record.key)
    # A key has one current row. On a replay a row may also meet its own version that a later file has replaced; one
    # that an earlier replay of the same file retired is not there any more.
    is_own_version = f"(stored._batch in {own} and stored._superseded_batch not in {own})" if own_batches else "false"
    connection.execute(f"""
        create or replace temp table matched as
        with
        pairs as materialized (
            select incoming.rowid as incoming_id, stored.rowid as stored_id
            from {INCOMING} as incoming
            inner join {_table(record)} as stored on {on_key}
            where incoming._same_as is null and (stored._superseded_batch is null or {is_own_version})
        )
        select
            incoming._row,
            pairs.stored_id,
            stored._row as stored_row,
            stored._batch as stored_batch,
            stored._superseded_batch as superseding_batch,
            stored._superseded_batch is null as is_current,
            coalesce(stored._batch in {own}, false) as is_own,
            {same}{_of_source(only_source)} as is_same
        from pairs
        inner join {INCOMING} as incoming on pairs.incoming_id = incoming.rowid
        inner join {_table(record)} as stored on pairs.stored_id = stored.rowid
        where stored._superseded_batch is null or ({same}) or {WITHDRAWN}
        qualify row_number() over (partition by incoming._row order by is_same desc, is_current desc) = 1
    """)


def changed_rows(connection: Connection) -> list[Changed]:
    """Incoming rows that say something else than the stored row of their key, which came from another file."""
    found = connection.execute("""
        select matched._row, batches.batch_id, batches.file_name, matched.stored_row
        from matched
        inner join operations.batches as batches on matched.stored_batch = batches.batch_no
        where not matched.is_same and not matched.is_own
        order by matched._row
    """).fetchall()
    return [Changed(*row) for row in found]


def count_same(connection: Connection) -> int:
    """How many incoming rows say what is stored already."""
    stored_before = _count(connection, f"select count(*) from {INCOMING} where _same_as is not null")
    return stored_before + _count(connection, "select count(*) from matched where is_same")


def store_incoming(
    connection: Connection,
    record: StoredRecord,
    batch_no: int,
    *,
    is_document: bool,
    later_batches_from: int | None,
) -> None:
    """Store new rows, and new versions of changed ones; the versions that they replace are superseded.

    A document is changed by a replay of its own file alone; what another file says of it was refused.
    On a replay (`later_batches_from` is the batch in which the file first came) a stored version that was delivered
    after the file stays the current one, and the replayed row takes its place behind it. A row that was withdrawn,
    because its key is gone from the source, stays withdrawn.
    """
    names = ", ".join(_names(record))
    changes = f"(not is_same and {'is_own' if is_document else 'true'})"
    later = "false" if later_batches_from is None else f"(not is_own and stored_batch > {int(later_batches_from)})"
    connection.execute(f"""
        update {_table(record)} set _superseded_batch = {int(batch_no)}
        where rowid in (select stored_id from matched where {changes} and is_current and not {later})
    """)
    connection.execute(f"""
        insert into {_table(record)} ({names}, _row, _batch, _superseded_batch)
        select {", ".join(f"incoming.{name}" for name in _names(record))}, incoming._row, {int(batch_no)},
            case when {later} then matched.stored_batch when is_own then matched.superseding_batch end
        from {INCOMING} as incoming
        left join matched on incoming._row = matched._row
        where incoming._same_as is null and (matched._row is null or {changes})
    """)


def retire_own(connection: Connection, record: StoredRecord, own_batches: Sequence[int], batch_no: int) -> None:
    """On a replay, supersede what the file gave before and, mapped or checked anew, no longer gives."""
    own = ", ".join(str(int(number)) for number in own_batches)
    connection.execute(f"""
        update {_table(record)} set _superseded_batch = {int(batch_no)}
        where _superseded_batch is null and _batch in ({own}) and rowid not in (select stored_id from matched)
    """)


def count_of_batch(connection: Connection, record: StoredRecord, batch_no: int) -> int:
    """How many rows are stored under the batch, counted in the table itself."""
    return _count(connection, f"select count(*) from {_table(record)} where _batch = {int(batch_no)}")


def rows_of_batch(connection: Connection, record: StoredRecord, batch_no: int) -> list[int]:
    """The numbers of the rows that are stored under the batch."""
    found = connection.execute(f"select _row from {_table(record)} where _batch = {int(batch_no)} order by _row")
    return [int(row) for (row,) in found.fetchall()]


def first_refused(connection: Connection, batch_id: str, record: str) -> tuple[int, str]:
    """The first row of the batch that was refused for the record, and the first rule that it broke."""
    found = connection.execute(
        "select row, rules[1] from operations.quarantine where batch_id = ? and record = ? order by row limit 1",
        [batch_id, record],
    ).fetchone()
    assert found is not None
    return int(found[0]), str(found[1])


def insert_quarantine(connection: Connection, rows: pa.RecordBatchReader) -> None:
    """Store refused rows with their reasons."""
    connection.register("refused_rows", rows)
    connection.execute("insert into operations.quarantine by name select * from refused_rows")
    connection.unregister("refused_rows")


def count_quarantine(connection: Connection, batch_id: str, record: str) -> int:
    """How many rows of the batch are in quarantine for the record, counted in the table itself."""
    found = connection.execute(
        "select count(*) from operations.quarantine where batch_id = ? and record = ?", [batch_id, record]
    ).fetchone()
    assert found is not None
    return int(found[0])


def _table(record: StoredRecord) -> str:
    return f"store.{identifier(record.name)}"


def _names(record: StoredRecord) -> list[str]:
    return [identifier(column.name) for column in record.columns]


def _count(connection: Connection, query: str) -> int:
    found = connection.execute(query).fetchone()
    assert found is not None
    return int(found[0])
