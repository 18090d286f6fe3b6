"""Withdrawing what is gone: rows that a source once gave and whose keys it no longer has."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyarrow as pa

from schemas.records import RECORDS
from tasks.admit import NEWEST, map_rows
from tasks.extract.opening import open_file
from tasks.land import Landed, make_durable
from tasks.map import compile_mapping
from tasks.source import DatabaseExtract, RecordMapping, Source
from tasks.store import Store
from warehouse.books import Batch, write_batch, write_cursors
from warehouse.withdrawals import TooManyGone, is_back, withdraw_missing


@dataclass(frozen=True)
class Gone:
    """Recorded rows whose keys are gone from their source."""

    record: str
    rows: int
    is_withdrawn: bool
    """Whether that withdrew them: a posted document stays until another document reverses it."""
    share: str | None = None
    """How many of how many are gone, where that is too many at once to be believed."""

    def __str__(self) -> str:
        what = f"{self.rows:,} {'row' if self.rows == 1 else 'rows'} of {self.record}"
        if self.share:
            return (
                f"{self.share} rows of {self.record}: gone from the source at once, and kept until its keys change "
                "again; if that is right, give its table a higher `most_deleted_pct`"
            )
        if self.is_withdrawn:
            return f"{what}: gone from the source, and withdrawn"
        return f"{what}: gone from the source, and kept; what is posted is reversed by another document"


def compare_keys(store: Store, source: Source, landed: Landed, batch: Batch) -> list[Gone]:
    """Compare a landed list of keys with what is recorded, inside the transaction that the caller has begun.

    The list is a batch of its own, whose rows are loaded nowhere.
    """
    file = open_file(landed.path, source.extract.landed)
    rows = sum(part.rows for part in file.batches)
    make_durable(landed.path)
    write_batch(store.connection, replace(batch, columns=file.header, rows=rows, status="compared"))
    gone = withdraw(store, source, landed, batch)
    if any(
        is_back(store.connection, store.records[name], _keys(store, source, name, landed)) for name in source.records
    ):
        # Behind the cursor nobody would look for it, so the next run reads the table from the beginning.
        table = DatabaseExtract.table_of(landed.name)
        write_cursors(store.connection, source.source, {table: ""}, batch.batch_id, batch.recorded_at)
    return gone


def withdraw(store: Store, source: Source, landed: Landed, batch: Batch) -> list[Gone]:
    """Withdraw what is recorded from the source under keys that are not in a landed file, which names all there are.

    A withdrawn row is superseded by the batch and by no other version; its versions stay. A document is reported and
    stays: it has entries in the ledger, which another document reverses, and no system's clean-up.
    """
    gone = []
    most_pct = _most_pct(source, landed)
    for name in source.records:
        is_document = RECORDS[name].about().is_document
        present = _keys(store, source, name, landed)
        try:
            rows = withdraw_missing(
                store.connection, store.records[name], batch, present, is_kept=is_document, most_pct=most_pct
            )
        except TooManyGone as error:
            gone.append(Gone(name, error.gone, is_withdrawn=False, share=str(error)))
            continue
        gone += [Gone(name, rows, is_withdrawn=not is_document)] if rows else []
    return gone


def _most_pct(source: Source, landed: Landed) -> int:
    assert isinstance(source.extract, DatabaseExtract)
    return source.extract.tables[source.extract.table_of(landed.name)].most_deleted_pct


def _keys(store: Store, source: Source, record: str, landed: Landed) -> Iterator[pa.Table]:
    """The record's key for each row of the file, as the mapping makes it.

    Of a row on which the mapping's SQL fails there is none: nothing is recorded under it either.
    """
    key = RECORDS[record].about().key
    expressions = source.records[record].columns
    alone = RecordMapping(columns={column: expressions[column] for column in key})
    only = source.model_copy(update={"records": {record: alone}})
    file = open_file(landed.path, source.extract.landed)
    mapping = compile_mapping(only, record, file.header, store.mapper.type_of)
    for batch in file.batches:
        yield map_rows(store.mapper, mapping, batch.frame, {}).select(key).to_arrow(compat_level=NEWEST)
