"""Loading a landed file: its rows, its quarantine, its counts and its batch in one transaction, or nothing of it."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import polars as pl
import pyarrow as pa

from schemas.records import RECORDS
from tasks.admit import Admission, as_batches
from tasks.ahead import ReadAhead
from tasks.attachments import bring_attachments
from tasks.check import Refusal
from tasks.drift.finding import Finding
from tasks.drift.profiler import Profiler
from tasks.drift.watch import Watch
from tasks.errors import BrokenPromise
from tasks.extract.formats.text import ROW, TextFile
from tasks.extract.opening import open_file
from tasks.land import Landed, make_durable
from tasks.map import needed_columns
from tasks.quarantined import Refused
from tasks.source import Source
from tasks.store import Store
from tasks.take_whole import take_whole
from warehouse import loading
from warehouse.books import Batch, Load, write_batch, write_load
from warehouse.tables import StoredRecord

Progress = Callable[[str, int], None]
"""Told the file's name and how many of its rows were read so far."""


@dataclass(frozen=True)
class Loaded:
    """A batch and what became of its rows; without loads where the file could not be read."""

    batch: Batch
    loads: list[Load]
    drift: list[Finding]
    """In what the file differs from those before it."""
    kept_back: list[str] = field(default_factory=list)
    """Which attached files were kept from the sources that they belong to, and why, a sentence each."""


def load_file(
    store: Store, source: Source, landed: Landed, batch: Batch, own_batches: list[int], progress: Progress
) -> Loaded:
    """Load a landed file inside the transaction that the caller has begun; the caller commits.

    `own_batches` are those in which the same file was loaded before: none, but on a replay.
    Raises UnreadableFile when the file is not what its source says, DriftStopped when it differs too much from those
    before it, BrokenPromise when rows do not add up.
    """
    file = open_file(landed.path, source.extract.landed)
    batch = replace(batch, columns=file.header)
    watch = Watch.over(store, source, batch, file)
    out_of_scope: dict[str, Counter[str]] = {}
    loads: list[Load] = []
    for record in source.records:
        # Every record is read from the same rows; they are looked at once.
        seen_by = None if loads else watch.profiler
        load, out_of_scope[record] = _load_record(store, source, record, landed, batch, own_batches, progress, seen_by)
        loads.append(load)
    if source.extract.landed.is_one_document:
        loads = take_whole(store, batch, loads, lambda rows: raw_rows(landed, source, rows))
    for load in loads:
        _keep_promise(load, landed)
        write_load(store.connection, load, out_of_scope[load.record])
    batch = replace(batch, rows=max(load.rows_extracted for load in loads))
    drift = watch.settle()
    make_durable(landed.path)
    write_batch(store.connection, batch)
    return Loaded(batch, loads, drift, bring_attachments(store, source, landed, batch))


@dataclass(frozen=True)
class _Loading:
    """One landed file on its way to one record."""

    store: Store
    source: Source
    record: StoredRecord
    landed: Landed
    batch: Batch
    own_batches: list[int]
    is_apart: bool
    """Whether its rows wait apart, because they may meet rows stored before."""
    progress: Progress
    seen_by: Profiler | None
    """Who looks at the rows as they go by."""

    @property
    def into(self) -> str:
        return loading.table_of(self.record, is_apart=self.is_apart)

    @property
    def is_document(self) -> bool:
        return RECORDS[self.record.name].about().is_document

    @property
    def only_source(self) -> str | None:
        """The source whose word alone counts as said before: two tills may both have a receipt 1."""
        return self.source.source if self.is_document else None


def _load_record(
    store: Store,
    source: Source,
    name: str,
    landed: Landed,
    batch: Batch,
    own_batches: list[int],
    progress: Progress,
    seen_by: Profiler | None,
) -> tuple[Load, Counter[str]]:
    """What became of the rows for one record, and how many were out of its scope by which rule."""
    record = store.records[name]
    is_apart = bool(own_batches) or not loading.is_empty(store.connection, record)
    one = _Loading(store, source, record, landed, batch, own_batches, is_apart, progress, seen_by)
    refused = Refused(store.home.scratch, batch.batch_id, source.source, landed.sha256, name)
    if is_apart:
        loading.create_incoming(store.connection, record)
    try:
        admission = _store_rows(one, refused)
        unchanged = _settle_keys(one, refused)
        loading.insert_quarantine(store.connection, refused.read())
    finally:
        refused.remove()
    load = Load(
        batch_id=batch.batch_id,
        source=source.source,
        file=landed.sha256,
        record=name,
        rows_extracted=admission.tally.extracted,
        rows_accepted=loading.count_of_batch(store.connection, record, batch.batch_no),
        rows_unchanged=unchanged,
        rows_quarantined=loading.count_quarantine(store.connection, batch.batch_id, name),
        rows_out_of_scope=admission.tally.out_of_scope.total(),
        loaded_at=batch.recorded_at,
    )
    return load, admission.tally.out_of_scope


def _store_rows(one: _Loading, refused: Refused) -> Admission:
    """Read, map and check the file while its accepted rows are being written."""
    file = open_file(one.landed.path, one.source.extract.landed)
    if one.seen_by is not None:
        file = one.seen_by.watching(file)
    mapping = one.store.mapping(one.source, one.record.name, _header(file, one.source, one.record.name))
    admission = Admission(one.store.mapper, mapping, refused, lambda rows: one.progress(one.landed.name, rows))
    frames = ReadAhead(frame for frame in admission.accepted(file) if frame.height)
    first = next(iter(frames), None)
    if first is not None:
        try:
            _insert(one, _arrow(first, frames))
        except Exception as error:
            # DuckDB reports that its reader failed; what made it fail is what the user must hear.
            raise (frames.error or error) from error
    return admission


def _insert(one: _Loading, rows: pa.RecordBatchReader) -> None:
    """Write the rows; of a delivery that may repeat an earlier one, in full only those that do not."""
    connection, number = one.store.connection, one.batch.batch_no
    if one.is_apart and not one.own_batches:
        loading.insert_incoming(connection, one.record, rows, number, one.only_source)
    else:
        loading.insert_stream(connection, one.record, one.into, rows, number)


def _header(file: TextFile, source: Source, record: str) -> list[str]:
    """The columns that the mapping may read; rows that name their own columns have all that it wants."""
    wanted = needed_columns(source, record) if file.has_open_columns else set()
    return [*file.header, *sorted(wanted - set(file.header))]


def _arrow(first: pl.DataFrame, rest: Iterable[pl.DataFrame]) -> pa.RecordBatchReader:
    batches = as_batches(first)

    def stream() -> Iterator[pa.RecordBatch]:
        yield from batches
        for frame in rest:
            yield from as_batches(frame)

    return pa.RecordBatchReader.from_batches(batches[0].schema, stream())


def _settle_keys(one: _Loading, refused: Refused) -> int:
    """Settle rows whose key stands twice, in the file or in the store; returns how many said nothing new."""
    connection, record, number = one.store.connection, one.record, one.batch.batch_no
    repeated = loading.repeated_keys(connection, record, one.into, number)
    loading.remove_rows(connection, one.into, number, [row.row for row in repeated])
    refusals = {
        row.row: Refusal(["key:repeated"], [f"its key stands in row {row.first_row} already, with other content"])
        for row in repeated
        if not row.is_same
    }
    unchanged = sum(row.is_same for row in repeated)
    if one.is_apart:
        own = one.own_batches
        loading.match_stored(connection, record, own, one.only_source)
        refusals |= _changed(one.store) if one.is_document else {}
        unchanged += loading.count_same(connection)
        first = own[0] if own else None
        loading.store_incoming(connection, record, number, is_document=one.is_document, later_batches_from=first)
        if own:
            loading.retire_own(connection, record, own, number)
    if refusals:
        refused.add(refusals, raw_rows(one.landed, one.source, set(refusals)))
    return unchanged


def _changed(store: Store) -> dict[int, Refusal]:
    """Rows of documents that are recorded with other content."""
    return {
        row.row: Refusal(
            ["key:changed"],
            [f"recorded otherwise, or by another source: row {row.stored_row} of {row.file_name}, {row.batch_id}"],
        )
        for row in loading.changed_rows(store.connection)
    }


def raw_rows(landed: Landed, source: Source, rows: set[int]) -> dict[int, dict[str, str | None]]:
    """What the source sent in these rows, read again from the landed file."""
    wanted = sorted(rows)
    found: dict[int, dict[str, str | None]] = {}
    for batch in open_file(landed.path, source.extract.landed).batches:
        if len(found) == len(wanted):
            break
        if batch.frame.height:
            first, last = bisect_left(wanted, batch.frame[0, ROW]), bisect_right(wanted, batch.frame[-1, ROW])
            held = batch.frame.join(pl.DataFrame({ROW: wanted[first:last]}, schema={ROW: pl.Int64}), on=ROW, how="semi")
            found |= {row[ROW]: row for row in held.iter_rows(named=True)}
    return found


def _keep_promise(load: Load, landed: Landed) -> None:
    """Extracted = accepted + unchanged + quarantined + out of scope, or nothing of the file is stored."""
    accounted = load.rows_accepted + load.rows_unchanged + load.rows_quarantined + load.rows_out_of_scope
    if accounted != load.rows_extracted:
        raise BrokenPromise(
            f"{landed.name}: {load.rows_extracted} rows of {load.record} were extracted but {accounted} are "
            "accounted for; nothing of the file was stored, please report this"
        )
