"""A tie-out: two ways to one figure, which must come to the same to the last decimal."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TieOut:
    """An identity of the books: its name, the sentence that it is, and the query that finds what breaks it.

    The query selects `breaking`, which names the entry, account, line or document, and `difference`.
    """

    name: str
    sentence: str
    sql: str


ENTRY = "'entry ' || {0}.entry_no || ' (' || {0}.entry_id || ')'"
"""How an entry is named: its number in the ledger, and what it was made from."""

FIRST_ID = r"regexp_replace({0}.entry_id, '#\d+r?$', '')"
"""What an entry, its corrections and their reversals have in common."""


def entry(alias: str) -> str:
    """The SQL that names the entry of a row."""
    return ENTRY.format(alias)


def first_id(alias: str) -> str:
    """The SQL of the name that an entry had before it was corrected."""
    return FIRST_ID.format(alias)


CURRENT = """(
    select * from store.ledger_lines
    where
        reverses_entry_no is null
        and entry_no not in (select reverses_entry_no from store.ledger_lines where reverses_entry_no is not null)
)"""
"""The entries that stand: neither reversed nor a reversal."""


def same(here: str, there: str, key: str, named: str) -> str:
    """The query of what differs: `here` and `there` select the key's columns and an amount; `named` names a key."""
    return f"""
with here as ({here}), there as ({there})
select {named} as breaking, coalesce(here.amount, 0) - coalesce(there.amount, 0) as difference
from here
full join there using ({key})
where coalesce(here.amount, 0) <> coalesce(there.amount, 0)"""
