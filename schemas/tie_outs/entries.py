"""What is true of every entry of the ledger by itself."""

from schemas.tie_out import TieOut, entry, first_id

ENTRIES = (
    TieOut(
        "debits_equal_credits_by_entry",
        "the debits of every entry equal its credits",
        f"""
select {entry("lines")} as breaking, sum(lines.amount) as difference
from store.ledger_lines as lines
group by lines.entry_no, lines.entry_id
having sum(lines.amount) <> 0""",
    ),
    TieOut(
        "debits_equal_credits_in_all",
        "all debits equal all credits",
        "select 'the ledger in all' as breaking, sum(amount) as difference from store.ledger_lines "
        "having sum(amount) <> 0",
    ),
    TieOut(
        "entry_numbers_have_no_gaps",
        "entries are numbered from 1 on, and no number is missing",
        f"""
with entries as (
    select entry_no, min(entry_id) as entry_id, lag(entry_no, 1, 0) over (order by entry_no) as previous_no
    from store.ledger_lines
    group by entry_no
)
select {entry("entries")} || ' comes after ' || previous_no as breaking, entry_no - previous_no - 1 as difference
from entries
where entry_no <> previous_no + 1""",
    ),
    TieOut(
        "lines_have_no_gaps",
        "the lines of an entry are numbered from 1 on, and none is missing or twice there",
        f"""
select {entry("lines")} as breaking, max(lines.line_no) - count(*) as difference
from store.ledger_lines as lines
group by lines.entry_no, lines.entry_id
having count(*) <> max(lines.line_no) or min(lines.line_no) <> 1 or count(distinct lines.line_no) <> count(*)""",
    ),
    TieOut(
        "entries_are_of_one_document",
        "the lines of an entry are of one day, one journal and one kind of document, under one number and name",
        f"""
select any_value({entry("lines")}) as breaking, 0 as difference
from store.ledger_lines as lines
group by lines.entry_no
having
    count(distinct (lines.entry_id, lines.entry_date, lines.document_kind)) > 1
    or (count(distinct lines.journal) > 1 and bool_and(lines.leg <> 'line'))
union all
select 'entry ' || max(lines.entry_no) || ' (' || lines.entry_id || ')', 0
from store.ledger_lines as lines
group by lines.entry_id
having count(distinct lines.entry_no) > 1""",
    ),
    TieOut(
        "accounts_exist",
        "every account of a ledger line is in the chart",
        f"""
select {entry("lines")} || ' on account ' || lines.account_code as breaking, sum(lines.amount) as difference
from store.ledger_lines as lines
anti join core.accounts using (account_code)
group by lines.entry_no, lines.entry_id, lines.account_code""",
    ),
    TieOut(
        "amounts_agree_in_both_currencies",
        "an amount in the reporting currency is the same on both sides, and one in another has the same sign",
        f"""
select {entry("lines")} as breaking, lines.amount - lines.currency_amount as difference
from store.ledger_lines as lines
cross join core.as_of as as_of
where
    (lines.currency_code = as_of.reporting_currency and lines.amount <> lines.currency_amount)
    or sign(lines.amount) * sign(lines.currency_amount) < 0""",
    ),
    TieOut(
        "reversals_mirror_what_they_reverse",
        "a reversal takes back every line of an earlier entry, on the same account, in both currencies",
        """
with
reversals as (select * from store.ledger_lines where reverses_entry_no is not null),
reversed as (
    select lines.*, reversals.entry_no as reversal_no, reversals.entry_id as reversal_id
    from store.ledger_lines as lines
    inner join (select distinct entry_no, entry_id, reverses_entry_no from reversals) as reversals
        on lines.entry_no = reversals.reverses_entry_no and lines.entry_no < reversals.entry_no
)
select
    'entry ' || coalesce(reversals.entry_no, reversed.reversal_no) || ' ('
    || coalesce(reversals.entry_id, reversed.reversal_id) || ')' as breaking,
    coalesce(reversals.amount, 0) + coalesce(reversed.amount, 0) as difference
from reversals
full join reversed
    on reversals.entry_no = reversed.reversal_no and reversals.line_no = reversed.line_no
where
    (reversals.account_code, reversals.party_id, reversals.tax_code, reversals.currency_code, -reversals.amount,
        -reversals.currency_amount)
    is distinct from (reversed.account_code, reversed.party_id, reversed.tax_code, reversed.currency_code,
        reversed.amount, reversed.currency_amount)""",
    ),
    TieOut(
        "entries_are_reversed_once",
        "no entry is reversed twice, and no reversal is reversed",
        f"""
with
entries as (select distinct entry_no, entry_id, reverses_entry_no from store.ledger_lines),
reversals as (from entries where reverses_entry_no is not null)
select {entry("reversals")} as breaking, 0 as difference
from reversals
where
    reverses_entry_no in (select entry_no from reversals)
    or exists (
        from reversals as others
        where others.reverses_entry_no = reversals.reverses_entry_no and others.entry_no < reversals.entry_no
    )""",
    ),
    TieOut(
        "documents_have_one_current_entry",
        "of the entries made from a document at most one is not reversed",
        f"""
with
entries as (select distinct entry_no, entry_id, reverses_entry_no from store.ledger_lines),
current as (
    select entry_no, entry_id, {first_id("entries")} as first_id
    from entries
    where
        reverses_entry_no is null
        and entry_no not in (select reverses_entry_no from entries where reverses_entry_no is not null)
)
select 'entry ' || max(entry_no) || ' (' || arg_max(entry_id, entry_no) || ')' as breaking, count(*) - 1 as difference
from current
group by first_id
having count(*) > 1""",
    ),
)
