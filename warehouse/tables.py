"""The tables of the flows' own warehouse: the store of every record and the operations' own books."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.ledger import create_ledger, ledger_files

OPERATIONS = {
    "batches": (
        "one row is a file that was read, or could not be",
        """batch_no integer, batch_id varchar, source varchar, file varchar, file_name varchar, landed varchar,
        bytes bigint, rows bigint, columns varchar[], status varchar, reason varchar, mapping varchar,
        recorded_at timestamptz""",
    ),
    "deliveries": (
        "one row is one time that a file was delivered",
        """source varchar, file_name varchar, path varchar, file varchar, bytes bigint, modified_ns bigint,
        modified_at timestamptz, status varchar, received_at timestamptz""",
    ),
    "cursors": (
        "one row is a place that a source was read to, and from which it is read on",
        """cursor_no bigint, source varchar, name varchar, value varchar, batch_id varchar, moved_at timestamptz""",
    ),
    "attachments": (
        "one row is a file that a mail brought to a source, or that was kept from it",
        """batch_id varchar, source varchar, file varchar, row bigint, attachment_no integer, message_id varchar,
        attachment_name varchar, attachment_sha256 varchar, bytes bigint, target varchar, path varchar,
        status varchar, reason varchar, brought_at timestamptz""",
    ),
    "windows": (
        "one row is a past range of days that a source was asked for, and what came of it",
        """source varchar, first_date date, last_date date, status varchar, batch_ids varchar[], reason varchar,
        asked_at timestamptz""",
    ),
    "loads": (
        "one row is what became of the rows of a batch for one record",
        """batch_id varchar, source varchar, file varchar, record varchar, rows_extracted bigint,
        rows_accepted bigint, rows_unchanged bigint, rows_quarantined bigint, rows_out_of_scope bigint,
        loaded_at timestamptz""",
    ),
    "out_of_scope": (
        "one row is a rule that left rows of a batch out, with their number",
        "batch_id varchar, source varchar, record varchar, rule varchar, rows bigint",
    ),
    "withdrawals": (
        "one row is a recorded row whose key is gone from its source, and whether that withdrew it",
        """batch_id varchar, source varchar, record varchar, key varchar, stored_batch_id varchar, row bigint,
        is_withdrawn boolean, found_at timestamptz""",
    ),
    "quarantine": (
        "one row is a row that was refused, with every reason",
        """batch_id varchar, source varchar, file varchar, row bigint, record varchar, rules varchar[],
        reasons varchar[], raw varchar, status varchar""",
    ),
    "drift": (
        "one row is something in which a delivery differs from those of its source before it",
        """batch_id varchar, source varchar, column_name varchar, change varchar, severity varchar, usual varchar,
        found varchar, sentence varchar""",
    ),
    "profiles": (
        "one row is a column of a delivery: how full it is, how it is written, and its words where they are few",
        """batch_id varchar, source varchar, column_name varchar, rows bigint, filled bigint, shape varchar,
        "values" varchar[]""",
    ),
    "runs": (
        "one row is a run of a flow",
        """run_id varchar, flow varchar, as_of_date date, started_at timestamptz, ended_at timestamptz,
        status varchar, publication_id varchar""",
    ),
    "audits": (
        "one row is one expectation of one table, as audited for one publication",
        """publication_id varchar, table_name varchar, expectation varchar, column_name varchar, severity varchar,
        is_success boolean, observed varchar, unexpected_count bigint, sentence varchar""",
    ),
    "publications": (
        "one row is a version of the warehouse that analysts could see",
        "publication_id varchar, as_of_date date, published_at timestamptz, company varchar",
    ),
    "closings": (
        "one row is a closed period",
        """period varchar, first_date date, last_date date, financial_year_start date, last_entry_no bigint,
        publication_id varchar, closed_at timestamptz, reason varchar""",
    ),
    "filed_files": (
        "one row is a file that was filed for a closed period",
        "period varchar, file_name varchar, sha256 varchar, bytes bigint",
    ),
    "filed_statements": (
        "one row is an account in a line of a statement as it was filed for a closed period",
        """period varchar, statement varchar, section_no integer, section varchar, line varchar, account_code varchar,
        currency_code varchar, amount decimal(38, 4)""",
    ),
    "catalogue": (
        "one row is a column of a record, as its contract states it",
        """record varchar, column_name varchar, type varchar, unit varchar, description varchar,
        is_personal boolean, "references" varchar, is_nullable boolean, is_key boolean""",
    ),
    "rules": (
        "one row is a rule of a record's contract",
        "record varchar, rule varchar, sentence varchar",
    ),
}
"""The operations' tables: grain and columns."""

ADDED = (
    "alter table operations.drift add column if not exists severity varchar",
    "alter table operations.drift add column if not exists usual varchar",
    "alter table operations.drift add column if not exists found varchar",
    "alter table operations.drift add column if not exists sentence varchar",
)
"""What brings the tables of a warehouse that an earlier version made to what they are now."""


@dataclass(frozen=True)
class StoredColumn:
    """A column of a record as the warehouse needs to know it."""

    name: str
    type: str
    description: str
    unit: str | None
    personal: bool
    references: str | None
    nullable: bool


@dataclass(frozen=True)
class StoredRecord:
    """A record as the warehouse needs to know it."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[StoredColumn, ...]
    rules: tuple[tuple[str, str], ...]


def identifier(name: str) -> str:
    """The name quoted as an SQL identifier, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """The text quoted as an SQL string, whatever it holds."""
    return "'" + text.replace("'", "''") + "'"


def create_tables(connection: duckdb.DuckDBPyConnection, records: Iterable[StoredRecord]) -> None:
    """Create what is missing, and bring the catalogue to what the contracts say now; nothing else changes.

    Raises ValueError when a contract no longer fits the table that already holds its rows.
    """
    records = list(records)
    made_from = _made_from(records)
    if _was_made_from(connection) == made_from:
        return
    connection.execute("begin")
    for schema in ("store", "record", "operations"):
        connection.execute(f"create schema if not exists {schema}")
    for name, (grain, columns) in OPERATIONS.items():
        connection.execute(f"create table if not exists operations.{name} ({columns})")
        connection.execute(f"comment on table operations.{name} is {literal(grain)}")
    for statement in ADDED:
        connection.execute(statement)
    create_ledger(connection)
    stored = _stored_columns(connection)
    for record in records:
        _create_record(connection, record, stored)
    _write_catalogue(connection, records)
    connection.execute("create or replace table store.made_from as select ? as digest", [made_from])
    connection.execute("comment on table store.made_from is 'one row is what all of these tables were made from'")
    connection.execute("commit")


def _made_from(records: Sequence[StoredRecord]) -> str:
    """The same text for the same code, shipped data and contracts: five hundred statements would change nothing."""
    digest = hashlib.sha256(repr(records).encode())
    for file in (Path(__file__), *ledger_files()):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _was_made_from(connection: duckdb.DuckDBPyConnection) -> str | None:
    try:
        found = connection.execute("select digest from store.made_from").fetchone()
    except duckdb.CatalogException:
        return None
    return found[0] if found else None


def _stored_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The columns of the tables of the store, before anything is made."""
    rows = connection.execute(
        "select table_name, list(column_name order by column_index) from duckdb_columns() "
        "where schema_name = 'store' and database_name = current_database() group by all"
    ).fetchall()
    return dict(rows)


def _create_record(
    connection: duckdb.DuckDBPyConnection, record: StoredRecord, stored: Mapping[str, Sequence[str]]
) -> None:
    _refuse_other_columns(record, stored.get(record.name))
    columns = ", ".join(f"{identifier(column.name)} {column.type}" for column in record.columns)
    table = f"store.{identifier(record.name)}"
    connection.execute(
        f"create table if not exists {table} ({columns}, _row bigint, _batch integer, _superseded_batch integer)"
    )
    names = ", ".join(f"stored.{identifier(column.name)}" for column in record.columns)
    versions = f"""
        select
            {names},
            batches.source as _source, batches.file as _file, stored._row as _row,
            batches.batch_id as _batch_id, batches.recorded_at as _recorded_at,
            superseding.recorded_at as _superseded_at
        from {table} as stored
        inner join operations.batches as batches on stored._batch = batches.batch_no
        left join operations.batches as superseding on stored._superseded_batch = superseding.batch_no
    """
    view = f"record.{identifier(record.name)}"
    history = f"record.{identifier(record.name + '_versions')}"
    connection.execute(f"create or replace view {history} as {versions}")
    connection.execute(f"create or replace view {view} as {versions} where stored._superseded_batch is null")
    connection.execute(f"comment on view {view} is {literal(record.grain)}")
    connection.execute(f"comment on view {history} is {literal(record.grain + ', in one of its versions')}")
    for column in record.columns:
        described = column.description + (f" Unit: {column.unit}." if column.unit else "")
        connection.execute(f"comment on column {table}.{identifier(column.name)} is {literal(described)}")


def _refuse_other_columns(record: StoredRecord, stored: Sequence[str] | None) -> None:
    wanted = [*(column.name for column in record.columns), "_row", "_batch", "_superseded_batch"]
    if stored is not None and list(stored) != wanted:
        raise ValueError(
            f"store.{record.name} was made by another version of the contract schemas/records/{record.name}.py: "
            f"it holds {', '.join(stored)}; start with an empty home folder and load again"
        )


def _write_catalogue(connection: duckdb.DuckDBPyConnection, records: Sequence[StoredRecord]) -> None:
    connection.execute("delete from operations.catalogue")
    connection.execute("delete from operations.rules")
    columns = [
        [
            record.name, column.name, column.type, column.unit, column.description, column.personal,
            column.references, column.nullable, column.name in record.key,
        ]
        for record in records
        for column in record.columns
    ]  # fmt: skip
    rules = [[record.name, rule, sentence] for record in records for rule, sentence in record.rules]
    _insert_all(connection, "catalogue", columns)
    _insert_all(connection, "rules", rules)


def _insert_all(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[object]]) -> None:
    """One statement for all rows: a statement a row takes a hundred times as long."""
    if rows:
        values = ", ".join(f"unnest(${place + 1})" for place in range(len(rows[0])))
        connection.execute(
            f"insert into operations.{table} select {values}", [list(column) for column in zip(*rows, strict=True)]
        )
