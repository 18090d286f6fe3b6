"""Entries that no document of trade asks for: journals kept elsewhere, and what the end of a month makes by itself."""

from schemas.tie_out import CURRENT, TieOut, entry, first_id
from schemas.tie_outs.documents import JOURNALS, NOT_ELSEWHERE, OF_DOCUMENTS, REVALUATIONS, listed

ROLLED_SHARE = """cast(
    (2 * cast((cost_amount - residual_amount) * 10000 as hugeint) * {month} + 100 * useful_life_months)
    // (200 * useful_life_months) as decimal(38, 4)
) / 100"""
"""What an asset has lost after some months, to the cent."""

MADE_ENTRIES = (
    TieOut(
        "journals_equal_their_lines",
        "the journals of the record are what their entries hold, account by account",
        f"""
with
posted as (
    select
        {first_id("lines")} as first_id, lines.account_code, max(lines.entry_no) as entry_no,
        arg_max(lines.entry_id, lines.entry_no) as entry_id, sum(lines.amount) as amount
    from {CURRENT} as lines
    where lines.document_kind in ({listed(JOURNALS)}) or (lines.document_kind = 'depreciation' and lines.leg = 'line')
    group by all
),
journals as (
    select
        case
            when entry_type in ('opening_balance', 'depreciation') then entry_type
            when reversal_date is not null then 'accrual'
            else 'journal'
        end || '/' || journal_id as first_id,
        account_code,
        amount
    from record.journal_lines
    union all
    select 'accrual_reversal/' || journal_id, account_code, -amount
    from record.journal_lines
    where reversal_date is not null
),
expected as (select first_id, account_code, sum(amount) as amount from journals group by all)
select
    coalesce('entry ' || posted.entry_no || ' (' || posted.entry_id || ')', 'no entry of ' || first_id)
    || ' on account ' || account_code as breaking,
    coalesce(posted.amount, 0) - coalesce(expected.amount, 0) as difference
from posted
full join expected using (first_id, account_code)
where
    coalesce(posted.amount, 0) <> coalesce(expected.amount, 0)
    and first_id not in (select entry_id from operations.unposted_documents)""",
    ),
    TieOut(
        "depreciation_equals_the_asset_register",
        "what the register says that assets lose in a month is what their entries hold",
        f"""
with
posted as (
    select
        lines.document_id, max(lines.entry_no) as entry_no, arg_max(lines.entry_id, lines.entry_no) as entry_id,
        sum(lines.currency_amount) filter (where accounts.role = 'accumulated_depreciation') as lost_amount,
        sum(lines.currency_amount) filter (where accounts.role = 'depreciation') as expense_amount
    from {CURRENT} as lines
    left join core.accounts as accounts using (account_code)
    where lines.document_kind = 'depreciation' and lines.leg <> 'line'
    group by all
),
months as (
    select *, unnest(range(1, useful_life_months + 1)) as month_no
    from record.fixed_assets
    where {NOT_ELSEWHERE}
),
shares as (
    select
        asset_id || '/' || strftime(last_day(acquired_date + to_months(cast(month_no - 1 as integer))), '%Y-%m')
        as document_id,
        {ROLLED_SHARE.format(month="month_no")} - {ROLLED_SHARE.format(month="(month_no - 1)")} as amount
    from months
)
select {entry("posted")} as breaking, coalesce(posted.expense_amount, 0) - coalesce(shares.amount, 0) as difference
from posted
left join shares using (document_id)
where (posted.expense_amount, -posted.lost_amount) is distinct from (shares.amount, shares.amount)""",
    ),
    TieOut(
        "revaluations_are_taken_back",
        "what the end of a month revalues, the next day takes back, account by account",
        f"""
select
    unnest(list_distinct(list({entry("lines")}))) || ' on account ' || lines.account_code as breaking,
    sum(lines.amount) as difference
from store.ledger_lines as lines
where lines.document_kind in ({listed(REVALUATIONS)})
group by lines.document_id, lines.account_code
having sum(lines.amount) <> 0""",
    ),
    TieOut(
        "accounts_follow_the_posting_rules",
        "an entry stands on the accounts that its posting rule or its document names",
        f"""
with named as (
    select account_code from record.sales_lines
    union all
    select account_code from record.purchase_lines
    union all
    select account_code from record.expense_claims
    union all
    select account_code from record.bank_transactions
)
select {entry("lines")} || ' on account ' || lines.account_code as breaking, lines.amount as difference
from {CURRENT} as lines
left join operations.posting_rules as rules using (document_kind, leg)
left join core.accounts as accounts using (account_code)
where
    case
        when rules.leg is null then true
        when rules.leg = 'line' then false
        when rules.role is null
            then accounts.account_type <> 'bank' and accounts.role not in ('receivables', 'payables')
        when rules.role = 'bank' then accounts.account_type <> 'bank'
        else
            accounts.role is distinct from rules.role
            and lines.account_code not in (select account_code from named where account_code is not null)
    end is distinct from false""",
    ),
    TieOut(
        "entries_are_of_known_kinds",
        "every entry is made from a kind of document that the record keeps",
        f"""
select {entry("lines")} as breaking, sum(lines.amount) filter (where lines.amount > 0) as difference
from store.ledger_lines as lines
where lines.document_kind not in ({listed((*OF_DOCUMENTS, *JOURNALS, *REVALUATIONS, "depreciation"))})
group by lines.entry_no, lines.entry_id""",
    ),
)
