"""What the books say that can be checked against the files and rows they speak of."""

from dataclasses import dataclass

from warehouse.connection import Connection
from warehouse.tables import identifier


@dataclass(frozen=True)
class KeptFile:
    """A file that the books say is kept."""

    sha256: str
    landed: str
    name: str


def kept_files(connection: Connection) -> list[KeptFile]:
    """Every file that was ever read, or refused."""
    rows = connection.execute(
        """
        select file, any_value(landed), arg_min(file_name, batch_no)
        from operations.batches
        group by file
        order by file
        """
    ).fetchall()
    return [KeptFile(*row) for row in rows]


def loads_count(connection: Connection) -> int:
    """How many loads there are."""
    return int(connection.execute("select count(*) from operations.loads").fetchall()[0][0])


def unbalanced_loads(connection: Connection) -> list[str]:
    """Loads whose rows do not add up, in the books or against the rows that are stored."""
    records = [name for (name,) in connection.execute("select distinct record from operations.loads").fetchall()]
    stored = " union all ".join(
        f"select '{record}' as record, _batch as batch_no, count(*) as rows from store.{identifier(record)} group by 2"
        for record in records
    )
    if not records:
        return []
    return [
        sentence
        for (sentence,) in connection.execute(
            f"""
            with
            stored as ({stored}),
            quarantined as (select batch_id, record, count(*) as rows from operations.quarantine group by all),
            left_out as (select batch_id, record, sum(rows) as rows from operations.out_of_scope group by all),
            checked as (
                select
                    loads.batch_id || ' ' || loads.record as load,
                    loads.rows_extracted - loads.rows_accepted - loads.rows_unchanged - loads.rows_quarantined
                        - loads.rows_out_of_scope as lost,
                    coalesce(stored.rows, 0) - loads.rows_accepted as stored_more,
                    coalesce(quarantined.rows, 0) - loads.rows_quarantined as quarantined_more,
                    coalesce(left_out.rows, 0) - loads.rows_out_of_scope as left_out_more,
                from operations.loads as loads
                inner join operations.batches as batches using (batch_id)
                left join stored on stored.record = loads.record and stored.batch_no = batches.batch_no
                left join quarantined on quarantined.batch_id = loads.batch_id and quarantined.record = loads.record
                left join left_out on left_out.batch_id = loads.batch_id and left_out.record = loads.record
            )
            select format(
                '{{}}: {{}} row(s) unaccounted for; against the counts, {{}} more are stored, {{}} more in quarantine, '
                '{{}} more left out', load, lost, stored_more, quarantined_more, left_out_more
            )
            from checked
            where lost <> 0 or stored_more <> 0 or quarantined_more <> 0 or left_out_more <> 0
            order by load
            """
        ).fetchall()
    ]


def published_tables(connection: Connection) -> list[tuple[str, int]]:
    """Every table of a published file with its number of rows, each one read."""
    names = connection.execute(
        """
        select schema_name, table_name from duckdb_tables()
        where not internal and database_name = current_database() order by all
        """
    ).fetchall()
    return [
        (
            f"{schema}.{name}",
            connection.execute(f"select count(*) from {identifier(schema)}.{identifier(name)}").fetchall()[0][0],
        )
        for schema, name in names
    ]


def failed_audits(connection: Connection) -> list[str]:
    """Rules that stop a publication and were broken by the one in this file."""
    rows = connection.execute(
        """
        select table_name || ': ' || sentence from operations.audits
        where severity = 'fail' and not is_success and publication_id = (select publication_id from core.as_of)
        """
    ).fetchall()
    return [sentence for (sentence,) in rows]
