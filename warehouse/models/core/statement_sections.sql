-- One row is a type of account, or an activity that money is spent on, with the section of a statement where it stands.
select sections.statement, sections.kind, sections.section_no, sections.section
from (
    values
    ('income statement', 'revenue', 10, 'revenue'),
    ('income statement', 'direct_costs', 20, 'cost of sales'),
    ('income statement', 'other_income', 30, 'other income'),
    ('income statement', 'expense', 40, 'operating expenses'),
    ('income statement', 'depreciation', 50, 'depreciation'),
    ('income statement', 'finance_costs', 60, 'finance costs'),
    ('income statement', 'income_tax', 70, 'income tax'),
    ('balance sheet', 'fixed_asset', 10, 'non-current assets'),
    ('balance sheet', 'non_current_asset', 10, 'non-current assets'),
    ('balance sheet', 'inventory', 20, 'current assets'),
    ('balance sheet', 'current_asset', 20, 'current assets'),
    ('balance sheet', 'bank', 20, 'current assets'),
    ('balance sheet', 'equity', 40, 'equity'),
    ('balance sheet', 'non_current_liability', 50, 'non-current liabilities'),
    ('balance sheet', 'current_liability', 60, 'current liabilities'),
    ('cash flow', 'operating', 10, 'operating activities'),
    ('cash flow', 'investing', 20, 'investing activities'),
    ('cash flow', 'financing', 30, 'financing activities')
) as sections (statement, kind, section_no, section)
