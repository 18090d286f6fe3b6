"""Posting: the entries that the rules ask for, held against the ledger; what is new is added, what changed corrected.

The rules are the selects in `posting/`: one a kind of document gives the legs of its entries, the steps find their
accounts and rates. No line of the ledger is ever changed: a correction is a reversal and a new entry.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime
from types import MappingProxyType

from warehouse.connection import Connection
from warehouse.home import Home
from warehouse.late_entries import keep_out_of_closed_periods, list_refused
from warehouse.ledger import SAID
from warehouse.posted import last_state, posted_until, posting_state, remember_posting
from warehouse.publication import Company
from warehouse.workroom import workroom, write_unposted

CONTENT = f"hash(entry_date, {SAID})"
"""What makes an entry another one."""


class UnbalancedEntry(Exception):
    """An entry whose debits and credits differ; it cannot be stored."""


@dataclass(frozen=True)
class Posting:
    """What a posting came to."""

    entries_added: int = 0
    lines_added: int = 0
    entries_reversed: int = 0
    documents_unposted: int = 0


def post(
    connection: Connection,
    home: Home,
    company: Company,
    as_of: date,
    recorded_at: datetime,
    own_journals: Mapping[str, bool] = MappingProxyType({}),
) -> Posting:
    """Bring the ledger to what the record says, in one transaction.

    Raises UnbalancedEntry when an entry does not balance; the ledger is as it was.
    """
    _remember_journal_sources(connection, own_journals)
    until, state = posted_until(connection, as_of), posting_state(connection, company, as_of)
    with workroom(connection, home, company, until):
        _find_wanted(connection)
        _refuse_unbalanced(connection)
        _find_changes(connection)
        keep_out_of_closed_periods(connection, company)
        connection.execute("begin")
        try:
            posting = _write(connection, recorded_at)
            remember_posting(connection, recorded_at, until, state, list(astuple(posting)))
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")
    return posting


def is_posted(connection: Connection, company: Company, as_of: date, own_journals: Mapping[str, bool]) -> bool:
    """Whether the ledger is made from the same record by the same rules already."""
    _remember_journal_sources(connection, own_journals)
    return posting_state(connection, company, as_of) == last_state(connection)


def _find_wanted(connection: Connection) -> None:
    connection.execute(
        f"""
        create table workroom.steps.wanted as
        select
            entry_id,
            sum({CONTENT}) as content,
            count(*) as lines_count,
            sum(amount) as difference,
            min(entry_date) as entry_date,
            max(entry_date) as last_date,
            min(_source) as source,
            any_value(is_posted_elsewhere) as is_elsewhere,
            -- The lines of a journal have numbers already; where they are whole, they stay.
            min(line_no) = 1 and max(line_no) = count(*) and bool_and(leg = 'line') as is_numbered,
        from workroom.steps.entries
        group by entry_id
        """
    )


def _refuse_unbalanced(connection: Connection) -> None:
    unbalanced = connection.execute(
        """
        select entry_id, entry_date, cast(difference as varchar), source, entry_date < last_date
        from workroom.steps.wanted
        where difference <> 0 or entry_date < last_date
        order by entry_id
        """
    ).fetchall()
    if unbalanced:
        entry_id, day, difference, source, is_of_several_days = unbalanced[0]
        others = f"; {len(unbalanced) - 1:,} more do not either" if len(unbalanced) > 1 else ""
        why = "its lines are of several days" if is_of_several_days else f"its debits less its credits are {difference}"
        raise UnbalancedEntry(f"entry {entry_id} of {day:%Y-%m-%d}, from {source}, does not balance: {why}{others}")


def _find_changes(connection: Connection) -> None:
    # The newest version of an entry stands unless it was reversed; a version is told by its number after a '#'.
    # A journal kept elsewhere is looked at again only when the record has learnt something of it.
    connection.execute(
        rf"""
        create table workroom.steps.stored as
        select
            entry_no,
            any_value(entry_id) as entry_id,
            regexp_replace(any_value(entry_id), '#\d+$', '') as first_id,
            sum({CONTENT}) as content,
            count(*) as lines_count,
            coalesce(entry_no in (select reverses_entry_no from store.ledger_lines), false) as is_reversed,
        from store.ledger_lines
        where
            reverses_entry_no is null
            and (leg <> 'line' or document_id in (select journal_id from workroom.steps.changed_journals))
        group by entry_no
        """
    )
    connection.execute(
        """
        create table workroom.steps.changes as
        with
        versions as (select first_id, count(*) as versions_count from workroom.steps.stored group by first_id),
        changes as (
            select
                coalesce(wanted.entry_id, stored.first_id) as entry_id,
                stored.entry_id as stored_id,
                stored.entry_no as reversed_entry_no,
                wanted.entry_id is not null as is_wanted,
                wanted.entry_date,
                wanted.is_numbered,
            from (from workroom.steps.wanted where not is_elsewhere) as wanted
            full join (from workroom.steps.stored where not is_reversed) as stored
                on wanted.entry_id = stored.first_id
            where (wanted.content, wanted.lines_count) is distinct from (stored.content, stored.lines_count)
        )
        select changes.*, coalesce(versions.versions_count, 0) as versions_count
        from changes
        left join versions on changes.entry_id = versions.first_id
        """
    )


def _write(connection: Connection, recorded_at: datetime) -> Posting:
    (last_no,) = _one(connection, "select coalesce(max(entry_no), 0) from store.ledger_lines")
    (reversed_count,) = _one(connection, "select count(reversed_entry_no) from workroom.steps.changes")
    connection.execute(REVERSALS, {"last_no": last_no, "recorded_at": recorded_at})
    connection.execute(NEW_ENTRIES, {"last_no": last_no, "recorded_at": recorded_at})
    _refuse_unbalanced_lines(connection, last_no)
    connection.execute("delete from store.comparison_lines")
    connection.execute(COMPARISON)
    write_unposted(connection)
    list_refused(connection)
    last_reversal_no = last_no + reversed_count
    added, lines = _one(
        connection,
        f"select count(distinct entry_no), count(*) from store.ledger_lines where entry_no > {last_reversal_no}",
    )
    (unposted,) = _one(connection, "select count(*) from operations.unposted_documents")
    return Posting(added, lines, reversed_count, unposted)


REVERSALS = """
    insert into store.ledger_lines by name
    with reversed as (
        select reversed_entry_no, stored_id, $last_no + row_number() over (order by reversed_entry_no) as entry_no
        from workroom.steps.changes
        where reversed_entry_no is not null
    )
    select
        lines.* replace (
            reversed.entry_no as entry_no,
            reversed.stored_id || if(contains(reversed.stored_id, '#'), 'r', '#1r') as entry_id,
            -lines.amount as amount,
            -lines.currency_amount as currency_amount,
            reversed.reversed_entry_no as reverses_entry_no,
            -- Not into a closed period, where late entries are refused.
            greatest(lines.entry_date, getvariable('first_open_date')) as entry_date,
            cast($recorded_at as timestamptz) as recorded_at
        )
    from store.ledger_lines as lines
    inner join reversed on lines.entry_no = reversed.reversed_entry_no
"""

NEW_ENTRIES = """
    insert into store.ledger_lines by name
    with
    wanted as (
        select
            entry_id,
            entry_id || if(versions_count = 0, '', '#' || (versions_count + 1)) as version_id,
            $last_no + place as entry_no,
            entry_date,
            is_numbered,
        from workroom.steps.changes
        where is_wanted
    ),
    lines as (
        select
            entries.* exclude (is_posted_elsewhere, leg_no, entry_id, entry_date),
            wanted.entry_date,
            wanted.entry_no,
            wanted.version_id as entry_id,
            wanted.is_numbered,
            entries.leg_no,
        from workroom.steps.entries as entries
        inner join wanted using (entry_id)
    )
    select * exclude (is_numbered, leg_no), cast($recorded_at as timestamptz) as recorded_at
    from lines
    where is_numbered
    union all
    select
        * exclude (is_numbered, leg_no) replace (
            row_number() over (
                partition by entry_no
                order by leg_no, line_no, account_code, tax_code, department_id, currency_code, amount
            ) as line_no
        ),
        cast($recorded_at as timestamptz),
    from lines
    where not is_numbered
"""

COMPARISON = """
    insert into store.comparison_lines by name
    select * exclude (leg_no, line_no, is_posted_elsewhere)
    from workroom.steps.entries
    where is_posted_elsewhere
"""
"""What the journals of their own system post is posted by our rules as well, beside the ledger, to be compared."""


def _refuse_unbalanced_lines(connection: Connection, last_no: int) -> None:
    broken = connection.execute(
        "select entry_id from store.ledger_lines where entry_no > ? "
        "group by entry_no, entry_id having sum(amount) <> 0",
        [last_no],
    ).fetchall()
    if broken:
        raise UnbalancedEntry(f"entry {broken[0][0]} does not balance as it would be stored")


def _one(connection: Connection, query: str) -> tuple[int, ...]:
    found = connection.execute(query).fetchone()
    assert found is not None
    return found


def delivering_sources(connection: Connection) -> list[str]:
    """The sources of which anything was ever read."""
    found = connection.execute("select distinct source from operations.batches order by source").fetchall()
    return [source for (source,) in found]


def _remember_journal_sources(connection: Connection, own_journals: Mapping[str, bool]) -> None:
    """What a source's file says now; of one whose file is gone what it said last."""
    for source, has_own_journals in own_journals.items():
        connection.execute("delete from operations.journal_sources where source = ?", [source])
        if has_own_journals:
            connection.execute("insert into operations.journal_sources values (?)", [source])
