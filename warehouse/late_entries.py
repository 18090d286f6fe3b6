"""Late entries: what posting is about to write into a closed period goes to the first open day, or is refused.

A document that comes late, changes or goes is entered on the first open day, and what is reversed is reversed there. A
journal entry that names a closed day itself is not posted and says so.
"""

from warehouse.connection import Connection
from warehouse.ledger import SAID
from warehouse.publication import Company

REFUSED = """
    create or replace table workroom.steps.refused as
    with
    journals as (select distinct entry_id from workroom.steps.entries where leg = 'line'),
    late as (
        select substr(entry_id, strpos(entry_id, '/')) as journal
        from workroom.steps.changes
        inner join journals using (entry_id)
        where is_wanted and entry_date < getvariable('first_open_date')
    )
    -- An accrual and what takes it back are one journal: both are posted, or neither is.
    select entry_id
    from workroom.steps.changes
    inner join journals using (entry_id)
    where substr(entry_id, strpos(entry_id, '/')) in (select journal from late)
"""

MEANING = f"hash({SAID})"
"""What an entry says, whatever its day."""

MOVED = f"""
    create or replace table workroom.steps.moved as
    with
    late as (
        select entry_id, reversed_entry_no
        from workroom.steps.changes
        where is_wanted and reversed_entry_no is not null and entry_date < getvariable('first_open_date')
    ),
    wanted as (
        select entry_id, sum({MEANING}) as meaning, count(*) as lines_count
        from workroom.steps.entries
        where entry_id in (select entry_id from late)
        group by entry_id
    ),
    stored as (
        select entry_no, sum({MEANING}) as meaning, count(*) as lines_count
        from store.ledger_lines
        where entry_no in (select reversed_entry_no from late)
        group by entry_no
    )
    select late.entry_id
    from late
    inner join wanted using (entry_id)
    inner join stored on late.reversed_entry_no = stored.entry_no
    where (wanted.meaning, wanted.lines_count) = (stored.meaning, stored.lines_count)
"""
"""Entries that say the same as the ledger but for a day that is closed: they stay where they are."""

KEPT_OUT = """
    create or replace table workroom.steps.changes as
    select
        changes.* replace (greatest(entry_date, getvariable('first_open_date')) as entry_date),
        -- New entries are numbered after all reversals, in the order of their days.
        row_number() over (order by not is_wanted, entry_date, entry_id)
        + count(reversed_entry_no) over () as place,
    from workroom.steps.changes as changes
    where
        entry_id not in (select entry_id from workroom.steps.refused)
        and entry_id not in (select entry_id from workroom.steps.moved)
"""

UNPOSTED = """
    insert into operations.unposted_documents by name
    select
        entry_id,
        any_value(document_kind) as document_kind,
        any_value(document_id) as document_id,
        min(party_id) as party_id,
        min(entry_date) as entry_date,
        'the books are closed until ' || cast(getvariable('first_open_date') - 1 as date)
        || '; give it a later day, or say `late_entries: allow` in company.yml' as reason,
    from workroom.steps.entries
    where entry_id in (select entry_id from workroom.steps.refused)
    group by entry_id
"""


def keep_out_of_closed_periods(connection: Connection, company: Company) -> None:
    """Change what is to be posted so that no entry gets a day in a closed period, unless the company allows it."""
    connection.execute(
        "set variable first_open_date = (select cast(max(last_date) + 1 as date) from operations.closings where ?)",
        [company.late_entries == "refuse"],
    )
    # Without a closed day nothing is earlier than it, and both tables are empty.
    connection.execute(REFUSED)
    connection.execute(MOVED)
    connection.execute(KEPT_OUT)


def list_refused(connection: Connection) -> None:
    """Say of every journal entry that was kept out why it is not in the ledger."""
    connection.execute(UNPOSTED)
