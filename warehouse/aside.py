"""A warehouse beside the warehouse: a copy in a home of its own, whole or cut back to what was known on a day."""

import shutil
from datetime import date, datetime

from warehouse.connection import Connection, connect
from warehouse.home import Home
from warehouse.publication import Company
from warehouse.workroom import workroom, write_unposted

CUT = (
    # Numbers stay: what was known then is published under the name that it had then.
    "create temp table later as select batch_no, batch_id from operations.batches where recorded_at > $moment",
    "delete from operations.batches where recorded_at > $moment",
    "delete from operations.deliveries where received_at > $moment",
    "delete from operations.windows where asked_at > $moment",
    *(
        f"delete from operations.{table} where batch_id in (select batch_id from later)"
        for table in ("loads", "out_of_scope", "withdrawals", "quarantine", "drift", "profiles", "attachments")
    ),
    "delete from operations.runs where started_at > $moment",
    "delete from operations.publications where published_at > $moment",
    "delete from operations.audits where publication_id not in (select publication_id from operations.publications)",
    "delete from operations.postings where posted_at > $moment",
    "delete from operations.closings where closed_at > $moment",
    "delete from operations.filed_files where period not in (select period from operations.closings)",
    "delete from operations.filed_statements where period not in (select period from operations.closings)",
    "delete from store.ledger_lines where recorded_at > $moment",
    # A refused row that a later replay took in was still open.
    """
    update operations.quarantine set status = 'open'
    where not exists (
        from operations.batches as refused
        inner join operations.batches as replayed
            on
                refused.source = replayed.source
                and refused.file = replayed.file
                and refused.batch_no < replayed.batch_no
        where refused.batch_id = quarantine.batch_id
    )
    """,
)
"""What takes the books back to a moment; everything in them is only ever added, or says when it gave way."""


def copy_warehouse(home: Home, aside: Home) -> None:
    """Copy the warehouse of a home into another one, in the place of what stood there."""
    if aside.root.exists():
        shutil.rmtree(aside.root)
    aside.root.mkdir(parents=True)
    with connect(home.warehouse) as connection:
        connection.execute("checkpoint")
    shutil.copyfile(home.warehouse, aside.warehouse)


def cut_back(connection: Connection, moment: datetime) -> None:
    """Take out of a copied warehouse whatever was recorded after a moment."""
    connection.execute("begin")
    for statement in CUT:
        _cut(connection, statement, moment)
    later = [number for (number,) in connection.execute("select batch_no from later").fetchall()]
    if later:
        for table in _stored_records(connection):
            connection.execute(f"delete from store.{table} where list_contains(?, _batch)", [later])
            connection.execute(
                f"update store.{table} set _superseded_batch = null where list_contains(?, _superseded_batch)", [later]
            )
    connection.execute("drop table later")
    connection.execute("commit")
    connection.execute("checkpoint")


def _cut(connection: Connection, statement: str, moment: datetime) -> None:
    connection.execute(statement, {"moment": moment} if "$moment" in statement else None)


def _stored_records(connection: Connection) -> list[str]:
    found = connection.execute(
        "select table_name from duckdb_columns() where schema_name = 'store' and column_name = '_superseded_batch'"
    ).fetchall()
    return [f'"{name}"' for (name,) in found]


def list_unposted(connection: Connection, home: Home, company: Company, as_of: date) -> None:
    """Say of each document of a warehouse that was cut back why it has no entry: what is told of it now came later."""
    with workroom(connection, home, company, as_of):
        write_unposted(connection)
        connection.execute(
            r"""
            insert into operations.unposted_documents by name
            select
                entry_id,
                any_value(document_kind) as document_kind,
                any_value(document_id) as document_id,
                min(party_id) as party_id,
                min(entry_date) as entry_date,
                'not posted by then' as reason,
            from workroom.steps.entries
            where
                not is_posted_elsewhere
                and document_kind not in ('revaluation', 'revaluation_reversal')
                and (document_kind <> 'depreciation' or leg = 'line')
                and entry_id not in (
                    select regexp_replace(entry_id, '#\d+$', '') from store.ledger_lines where reverses_entry_no is null
                )
            group by entry_id
            """
        )
