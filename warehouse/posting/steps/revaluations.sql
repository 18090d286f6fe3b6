-- One row is a leg of a month end's revaluation of what is held and owed in another currency, or of its reversal.
with

monetary as (
    select account_code
    from core.accounts
    where role in ('receivables', 'payables') or account_type = 'bank'
),

movements as (
    select
        account_code,
        currency_code,
        last_day(entry_date) as month_end_date,
        sum(currency_amount) as currency_amount,
        sum(amount) as amount,
    from steps.posted
    where
        currency_code <> getvariable('reporting_currency')
        and account_code in (from monetary)
        and leg <> 'line'
        and not is_posted_elsewhere
    group by all
),

month_ends as (
    select currency_code, rate_date as month_end_date, units, per_units
    from steps.rates
    where
        rate_date = last_day(rate_date)
        and rate_date <= getvariable('posted_until_date')
        and 'exchange_gain_unrealised' in (select role from steps.roles)
),

balances as (
    select
        movements.account_code,
        currency_code,
        month_ends.month_end_date,
        any_value(month_ends.units) as units,
        any_value(month_ends.per_units) as per_units,
        cast(sum(movements.currency_amount) as decimal(18, 4)) as currency_amount,
        sum(movements.amount) as amount,
    from month_ends
    inner join movements using (currency_code)
    where movements.month_end_date <= month_ends.month_end_date
    group by all
),

differences as (
    select *, cast(converted(currency_amount, units, per_units) - amount as decimal(18, 4)) as difference_amount
    from balances
    where converted(currency_amount, units, per_units) <> amount
),

legs as (
    select
        unnest(['revaluation', 'revaluation', 'revaluation_reversal', 'revaluation_reversal']) as document_kind,
        unnest([month_end_date, month_end_date, month_end_date + 1, month_end_date + 1]) as entry_date,
        unnest(['balance', 'exchange_difference', 'balance', 'exchange_difference']) as leg,
        unnest([account_code, null, account_code, null]) as account_code,
        unnest([currency_code, null, currency_code, null]) as currency_code,
        unnest([1, -1, -1, 1]) * difference_amount as amount,
        strftime(month_end_date, '%Y-%m-%d') || '/' || currency_code as document_id,
        account_code as revalued_code,
    from differences
)

select
    legs.document_kind || '/' || legs.document_id as entry_id,
    legs.document_kind,
    legs.document_id,
    legs.entry_date,
    rules.journal,
    legs.leg,
    cast(rules.leg_no as integer) as leg_no,
    cast(
        row_number() over (partition by legs.document_kind, legs.document_id order by legs.revalued_code) as integer
    ) as line_no,
    coalesce(legs.account_code, roles.account_code) as account_code,
    cast(legs.amount as decimal(18, 4)) as amount,
    coalesce(legs.currency_code, getvariable('reporting_currency')) as currency_code,
    cast(if(legs.leg = 'balance', 0, legs.amount) as decimal(18, 4)) as currency_amount,
    false as is_posted_elsewhere,
from legs
inner join operations.posting_rules as rules using (document_kind, leg)
left join steps.roles as roles using (role)
