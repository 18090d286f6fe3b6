"""Holding the tables of a building to identities, and keeping what was found beside them."""

from collections.abc import Iterable
from pathlib import Path

from warehouse.connection import connect

SHOWN = 3
"""How many of what breaks an identity are named: enough to see a pattern, few enough to read."""

TABLE = """
    create or replace table compliance.tie_outs (
        tie_out_no integer, tie_out varchar, sentence varchar, is_kept boolean, breaking_count bigint,
        difference decimal(38, 4), breaking varchar
    )
"""


def hold_tie_outs(path: Path, tie_outs: Iterable[tuple[str, str, str]]) -> None:
    """Ask each identity, given by name, sentence and query, what breaks it, and keep the answers in the file."""
    with connect(path) as connection:
        connection.begin()
        connection.execute("create schema if not exists compliance")
        connection.execute(TABLE)
        connection.execute("comment on table compliance.tie_outs is 'one row is an identity that the books must keep'")
        for number, (name, sentence, query) in enumerate(tie_outs, start=1):
            connection.execute(
                f"""
                insert into compliance.tie_outs
                select
                    ?, ?, ?, count(*) = 0, count(*), coalesce(sum(abs(difference)), 0),
                    array_to_string(list(breaking order by breaking)[:{SHOWN}], '; ')
                from ({query})
                """,
                [number, name, sentence],
            )
        connection.commit()
