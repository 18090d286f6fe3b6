-- One row is a line of the cash flow statement of the financial year to date by one of its two methods.
select
    replace(statement, 'cash flow, ', '') as method,
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
where starts_with(statement, 'cash flow, ')
