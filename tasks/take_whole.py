"""Taking a file that is one document whole: where a row of it is refused, no row of it enters the books."""

from collections.abc import Callable
from dataclasses import replace

from schemas.records import RECORDS
from tasks.check import Refusal
from tasks.quarantined import Refused
from tasks.store import Store
from warehouse import loading
from warehouse.books import Batch, Load

Raw = Callable[[set[int]], dict[int, dict[str, str | None]]]
"""Gives what the source sent in some rows."""

RULE = "document:refused"
"""What the quarantine calls a row that is right by itself, of a document that is not."""


def take_whole(store: Store, batch: Batch, loads: list[Load], raw: Raw) -> list[Load]:
    """Refuse what was accepted of a document of which another row was refused; what is no document is left alone.

    Half an invoice would be posted as another invoice. Its supplier is who it is all the same.
    """
    documents = {load.record for load in loads if RECORDS[load.record].about().is_document}
    refused = [load.record for load in loads if load.record in documents and load.rows_quarantined]
    if not refused:
        return loads
    row, rule = loading.first_refused(store.connection, batch.batch_id, refused[0])
    reason = f"another row of its document was refused: row {row} as one of {refused[0]}, by {rule}"
    return [
        _refused(store, batch, load, reason, raw) if load.record in documents and load.rows_accepted else load
        for load in loads
    ]


def _refused(store: Store, batch: Batch, load: Load, reason: str, raw: Raw) -> Load:
    record = store.records[load.record]
    rows = loading.rows_of_batch(store.connection, record, batch.batch_no)
    loading.remove_rows(store.connection, loading.table_of(record, is_apart=False), batch.batch_no, rows)
    refused = Refused(store.home.scratch, batch.batch_id, load.source, load.file, load.record)
    try:
        refused.add({row: Refusal([RULE], [reason]) for row in rows}, raw(set(rows)))
        loading.insert_quarantine(store.connection, refused.read())
    finally:
        refused.remove()
    return replace(load, rows_accepted=0, rows_quarantined=load.rows_quarantined + len(rows))
