-- One row is a leg on its account and in the reporting currency, or with what keeps it from being posted.
with

rules as (select document_kind, leg, leg_no, side, role, journal from operations.posting_rules),

ruled as (
    select
        legs.* exclude (journal, account_code, amount, line_no),
        coalesce(legs.line_no, 0) as line_no,
        coalesce(legs.journal, rules.journal) as journal,
        cast(rules.leg_no as integer) as leg_no,
        if(rules.side = 'credit', -1, 1) as sign,
        rules.role,
        coalesce(legs.account_code, roles.account_code) as account_code,
        case
            when legs.amount is not null then legs.amount
            when legs.currency_code = getvariable('reporting_currency') then legs.currency_amount
            when legs.exchange_rate is not null then converted(legs.currency_amount, 1, legs.exchange_rate)
            else converted(legs.currency_amount, rates.units, rates.per_units)
        end as amount,
    from steps.legs as legs
    left join rules using (document_kind, leg)
    left join steps.roles as roles using (role)
    left join steps.rates as rates
        on legs.currency_code = rates.currency_code and coalesce(legs.rate_date, legs.entry_date) = rates.rate_date
    where legs.currency_amount <> 0 or legs.amount <> 0
)

select
    entry_id,
    document_kind,
    document_id,
    party_id,
    entry_date,
    journal,
    leg,
    leg_no,
    line_no,
    account_code,
    cast(sign * amount as decimal(18, 4)) as amount,
    currency_code,
    cast(sign * currency_amount as decimal(18, 4)) as currency_amount,
    tax_code,
    department_id,
    description,
    is_posted_elsewhere,
    _source,
    _file,
    _row,
    case
        when entry_date is null then 'no day of it is known: its head did not come'
        when leg_no is null then 'no posting rule says where ' || leg || ' belongs'
        when account_code is null then 'the chart of accounts has no account with the role ' || role
        when account_code not in (select account_code from core.accounts) then 'no chart holds account ' || account_code
        when amount is null then 'no exchange rate of ' || currency_code || ' is known for its day or the week before'
    end as obstacle,
from ruled
