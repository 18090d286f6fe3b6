-- One row is an entry that balances in its own currency but not in the reporting one, with the leg that takes the rest.
with

entries as (
    select
        entry_id,
        any_value(document_kind) as document_kind,
        any_value(document_id) as document_id,
        any_value(party_id) as party_id,
        any_value(entry_date) as entry_date,
        any_value(is_posted_elsewhere) as is_posted_elsewhere,
        any_value(_source) as _source,
        any_value(_file) as _file,
        any_value(_row) as _row,
        -sum(amount) as amount,
    from steps.lines
    where leg <> 'line'
    group by entry_id
    having sum(amount) <> 0 and sum(currency_amount) = 0 and count(*) = count(amount)
),

rules as (
    select rules.document_kind, rules.leg, rules.leg_no, rules.journal, rules.role, roles.account_code
    from operations.posting_rules as rules
    left join steps.roles as roles using (role)
    where rules.side = 'rest'
)

select
    entries.entry_id,
    entries.document_kind,
    entries.document_id,
    entries.party_id,
    entries.entry_date,
    rules.journal,
    rules.leg,
    cast(rules.leg_no as integer) as leg_no,
    0 as line_no,
    rules.account_code,
    cast(entries.amount as decimal(18, 4)) as amount,
    getvariable('reporting_currency') as currency_code,
    cast(entries.amount as decimal(18, 4)) as currency_amount,
    entries.is_posted_elsewhere,
    entries._source,
    entries._file,
    entries._row,
    case
        when rules.account_code is null then 'the chart of accounts has no account with the role ' || rules.role
    end as obstacle,
from entries
left join rules using (document_kind)
