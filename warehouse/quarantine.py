"""Reading the quarantine: what was refused, by which rule, and the rows themselves."""

from dataclasses import dataclass

from warehouse.connection import Connection


@dataclass(frozen=True)
class RefusedRow:
    """One refused row, as `operations.quarantine` holds it."""

    batch_id: str
    source: str
    file: str
    file_name: str
    row: int
    record: str
    rules: list[str]
    reasons: list[str]
    raw: str
    status: str


@dataclass(frozen=True)
class RefusedCount:
    """How many open rows of a source and record break one rule, with an example."""

    source: str
    record: str
    rule: str
    rows: int
    example_batch: str
    example_row: int
    example_reason: str


def count_refused(connection: Connection, source: str | None) -> list[RefusedCount]:
    """Open rows by source, record and rule, the most first; a row that breaks two rules counts for both."""
    rows = connection.execute(
        """
        with
        reasons as (
            select source, record, batch_id, row, unnest(rules) as rule, unnest(reasons) as reason
            from operations.quarantine
            where status = 'open' and (? is null or source = ?)
        )
        select
            source, record, rule, count(*) as rows,
            arg_min(batch_id, (batch_id, row)), arg_min(row, (batch_id, row)), arg_min(reason, (batch_id, row))
        from reasons
        group by all
        order by rows desc, source, record, rule
        """,
        [source, source],
    ).fetchall()
    return [RefusedCount(*row) for row in rows]


def read_refused(
    connection: Connection,
    *,
    source: str | None = None,
    rule: str | None = None,
    batch_id: str | None = None,
    row: int | None = None,
    limit: int | None = None,
) -> list[RefusedRow]:
    """Open rows that fit every given condition, in the order of their files and rows."""
    rows = connection.execute(
        """
        select
            quarantine.batch_id, quarantine.source, quarantine.file, batches.file_name, quarantine.row,
            quarantine.record, quarantine.rules, quarantine.reasons, quarantine.raw, quarantine.status
        from operations.quarantine as quarantine
        inner join operations.batches as batches on quarantine.batch_id = batches.batch_id
        where quarantine.status = 'open'
            and (? is null or quarantine.source = ?)
            and (? is null or list_contains(quarantine.rules, ?))
            and (? is null or quarantine.batch_id = ?)
            and (? is null or quarantine.row = ?)
        order by batches.batch_no, quarantine.record, quarantine.row
        limit ?
        """,
        [source, source, rule, rule, batch_id, batch_id, row, row, limit],
    ).fetchall()
    return [RefusedRow(*values) for values in rows]
