-- One row is a line of the income statement of the financial year to date, or a total of such lines.
select
    line_no,
    section,
    line,
    is_total,
    period,
    comparison_period,
    currency_code,
    amount,
    comparison_amount,
from finance.statement_lines
where statement = 'income statement'
