-- One row is a line of a statement, or a total of such lines, for the period and for the one that it is compared with.
with

accounts as (select * from finance.statement_accounts),

lines as (
    select
        statement,
        section_no,
        section,
        line,
        min(line_order || account_code) as line_order,
        false as is_total,
        cast(null as integer) as first_no,
        sum(amount) as amount,
        sum(comparison_amount) as comparison_amount,
    from accounts
    group by all
),

totals as (
    select
        totals.statement,
        totals.section_no,
        totals.line as section,
        totals.line,
        '' as line_order,
        true as is_total,
        totals.first_no,
        coalesce(sum(lines.amount), 0) as amount,
        coalesce(sum(lines.comparison_amount), 0) as comparison_amount,
    from core.statement_totals as totals
    left join lines
        on totals.statement = lines.statement and lines.section_no between totals.first_no and totals.last_no
    group by all
),

statement_lines as (
    select * from lines
    union all
    select * from totals
),

periods as (
    select
        arg_max(period, compared_as = 'period') as period,
        arg_max(period, compared_as = 'comparison') as comparison_period,
    from core.periods
)

select
    lines.statement,
    row_number() over (partition by lines.statement order by lines.section_no, lines.line_order, lines.line) as line_no,
    lines.section,
    lines.line,
    lines.is_total,
    -- A total adds up the lines from this one to its own that are no totals.
    case
        when lines.is_total then (
            select 1 + count(*) from statement_lines as earlier
            where earlier.statement = lines.statement and earlier.section_no < lines.first_no
        )
    end as first_line_no,
    periods.period,
    periods.comparison_period,
    cast(getvariable('reporting_currency') as varchar) as currency_code,
    lines.amount,
    lines.comparison_amount,
from statement_lines as lines
cross join periods
