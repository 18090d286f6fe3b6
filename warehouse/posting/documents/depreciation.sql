-- One row is a leg of the entry of a fixed asset's month; its months come to what it loses over its life, to the cent.
with

months as (
    select
        *,
        unnest(range(1, useful_life_months + 1)) as month_no,
    from record.fixed_assets
),

shares as (
    select
        *,
        last_day(acquired_date + to_months(cast(month_no - 1 as integer))) as entry_date,
        converted(cost_amount - residual_amount, month_no, useful_life_months)
        - converted(cost_amount - residual_amount, month_no - 1, useful_life_months) as share_amount,
    from months
)

select
    'depreciation' as document_kind,
    asset_id || '/' || strftime(entry_date, '%Y-%m') as document_id,
    entry_date,
    acquired_date as rate_date,
    unnest(['depreciation', 'accumulated']) as leg,
    unnest([department_id, null]) as department_id,
    currency_code,
    share_amount as currency_amount,
    _source,
    _file,
    _row,
from shares
where
    entry_date <= getvariable('posted_until_date')
    and (disposed_date is null or entry_date < date_trunc('month', disposed_date))
