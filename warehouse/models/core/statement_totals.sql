-- One row is a total of a statement: the lines of which sections it adds up, and where it stands.
select totals.statement, totals.section_no, totals.line, totals.first_no, totals.last_no
from (
    values
    ('income statement', 29, 'gross profit', 10, 29),
    ('income statement', 59, 'operating profit', 10, 59),
    ('income statement', 69, 'profit before tax', 10, 69),
    ('income statement', 79, 'profit for the period', 10, 79),
    ('balance sheet', 19, 'total non-current assets', 10, 19),
    ('balance sheet', 29, 'total current assets', 20, 29),
    ('balance sheet', 39, 'total assets', 10, 39),
    ('balance sheet', 49, 'total equity', 40, 49),
    ('balance sheet', 59, 'total non-current liabilities', 50, 59),
    ('balance sheet', 69, 'total current liabilities', 60, 69),
    ('balance sheet', 79, 'total liabilities', 50, 79),
    ('balance sheet', 89, 'total equity and liabilities', 40, 89),
    ('cash flow, indirect', 19, 'cash from operating activities', 10, 19),
    ('cash flow, indirect', 29, 'cash from investing activities', 20, 29),
    ('cash flow, indirect', 39, 'cash from financing activities', 30, 39),
    ('cash flow, indirect', 49, 'change in cash', 10, 49),
    ('cash flow, indirect', 59, 'cash at the end', 10, 59),
    ('cash flow, direct', 19, 'cash from operating activities', 10, 19),
    ('cash flow, direct', 29, 'cash from investing activities', 20, 29),
    ('cash flow, direct', 39, 'cash from financing activities', 30, 39),
    ('cash flow, direct', 49, 'change in cash', 10, 49),
    ('cash flow, direct', 59, 'cash at the end', 10, 59)
) as totals (statement, section_no, line, first_no, last_no)
