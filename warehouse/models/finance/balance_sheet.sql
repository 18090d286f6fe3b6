-- One row is a line of the balance sheet on the as-of date, or a total of such lines.
with

days as (
    select
        max(last_date) filter (where compared_as = 'period') as as_of_date,
        max(last_date) filter (where compared_as = 'comparison') as comparison_date,
    from core.periods
)

select
    days.as_of_date,
    days.comparison_date,
    lines.line_no,
    lines.section,
    lines.line,
    lines.is_total,
    lines.currency_code,
    lines.amount,
    lines.comparison_amount,
from finance.statement_lines as lines
cross join days
where lines.statement = 'balance sheet'
