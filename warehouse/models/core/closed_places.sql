-- One row is a place of an account in a statement of a closed period: the days from which and up to which it counts.
with

-- A trial balance holds every account by its closing balance.
places as (
    select statement, section_no, section, line, account_code, sign, parts, is_of_money_entries
    from core.statement_places
    union all
    select
        'trial balance', 0, account_type, account_name, account_code, 1,
        ['brought forward', 'opening', 'movement', 'closing'], false,
    from core.accounts
)

select
    closings.period,
    -- A balance sheet tells the profit of the year; the other statements tell of the period.
    if(places.statement = 'balance sheet', closings.financial_year_start, closings.first_date) as first_date,
    closings.last_date,
    closings.last_entry_no,
    places.*,
from operations.closings as closings
cross join places
where closings.last_date <= getvariable('as_of_date')
