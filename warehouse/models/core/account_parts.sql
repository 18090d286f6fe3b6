-- One row is a part of an account's balance: brought into the period, or made in it by opening, ordinary or closing
-- entries, or of assets bought on credit; by whether money moved in them.
with

placed as (
    select
        periods.compared_as,
        days.account_code,
        case
            when days.entry_date < periods.first_date then 'brought forward'
            when days.journal = 'opening' then 'opening'
            when days.is_year_end_entry then 'closing'
            else 'movement'
        end as part,
        days.is_money_entry,
        days.currency_code,
        days.amount,
    from core.account_days as days
    inner join core.periods as periods on days.entry_date <= periods.last_date
    union all
    select
        periods.compared_as,
        assets.account_code,
        'on credit',
        assets.is_money_entry,
        cast(getvariable('reporting_currency') as varchar),
        assets.amount,
    from core.assets_on_credit as assets
    inner join core.periods as periods on assets.entry_date between periods.first_date and periods.last_date
)

select compared_as, account_code, part, is_money_entry, currency_code, sum(amount) as amount
from placed
group by all
