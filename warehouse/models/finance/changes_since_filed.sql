-- One row is an account in a line of a filed statement whose figure is another now: as filed, now, and the entries that
-- made the difference.
with

filed as (
    select filed.*
    from operations.filed_statements as filed
    inner join operations.closings as closings on filed.period = closings.period
    where closings.last_date <= getvariable('as_of_date')
),

figures as (
    select
        period,
        statement,
        section,
        line,
        account_code,
        currency_code,
        coalesce(filed.amount, 0) as filed_amount,
        coalesce(figures_now.amount, 0) as current_amount,
    from filed
    full join core.closed_figures as figures_now
        using (period, statement, section, line, account_code, currency_code)
),

parts as (
    select period, statement, section, line, account_code, entry_no, entry_id, sum(amount) as amount
    from finance.entries_since_filed
    group by all
),

entries as (
    select
        period,
        statement,
        section,
        line,
        account_code,
        sum(amount) as entries_amount,
        count(*) as entries_count,
        string_agg(entry_no || ' (' || entry_id || ')', ', ' order by entry_no) as entries,
    from parts
    group by all
)

select
    figures.period,
    figures.statement,
    figures.section,
    figures.line,
    figures.account_code,
    accounts.account_name,
    figures.currency_code,
    figures.filed_amount,
    figures.current_amount,
    figures.current_amount - figures.filed_amount as difference_amount,
    coalesce(entries.entries_amount, 0) as entries_amount,
    coalesce(entries.entries_count, 0) as entries_count,
    -- A figure also moves when an account is given another place in the chart.
    coalesce(entries.entries, 'none: the account stands in another line now') as entries,
from figures
left join entries using (period, statement, section, line, account_code)
left join core.accounts as accounts on figures.account_code = accounts.account_code
where figures.filed_amount <> figures.current_amount
