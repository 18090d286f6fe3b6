-- One row is an account in a line of a statement of a closed period, with its figure as the books have it now.
with

spans as (select distinct period, first_date, last_date from core.closed_places),

parts as (
    select
        spans.period,
        spans.first_date,
        days.account_code,
        days.is_money_entry,
        case
            when days.entry_date < spans.first_date then 'brought forward'
            when days.journal = 'opening' then 'opening'
            when days.is_year_end_entry then 'closing'
            else 'movement'
        end as part,
        days.currency_code,
        sum(days.amount) as amount,
    from core.account_days as days
    inner join spans on days.entry_date <= spans.last_date
    group by all
    union all
    select
        spans.period,
        spans.first_date,
        assets.account_code,
        assets.is_money_entry,
        'on credit',
        cast(getvariable('reporting_currency') as varchar),
        sum(assets.amount),
    from core.assets_on_credit as assets
    inner join spans on assets.entry_date between spans.first_date and spans.last_date
    group by all
)

select
    places.period,
    places.statement,
    cast(places.section_no as integer) as section_no,
    places.section,
    places.line,
    places.account_code,
    parts.currency_code,
    cast(sum(places.sign * parts.amount) as decimal(38, 4)) as amount,
from core.closed_places as places
inner join parts
    on
        places.period = parts.period
        and places.first_date = parts.first_date
        and places.account_code = parts.account_code
        and list_contains(places.parts, parts.part)
        and (parts.is_money_entry or not places.is_of_money_entries)
group by all
having sum(places.sign * parts.amount) <> 0
