-- One row is a place of an account in the cash flow statement by one of its methods, as in `core.statement_places`.
with

accounts as (
    select
        account_code,
        coalesce(role, '') as role,
        account_class in ('income', 'expense') as is_result,
        cash_flow_line = 'cash' as is_money,
        coalesce(role, '') = 'exchange_gain_unrealised' as is_revaluation,
        if(is_result, 'operating', split_part(cash_flow_line, ':', 1)) as activity,
        trim(split_part(cash_flow_line, ':', 2)) as cash_flow_line,
        case
            when activity <> 'operating' then trim(split_part(cash_flow_line, ':', 2))
            when role = 'receivables' or account_type = 'revenue' then 'receipts from customers'
            when role in ('wages', 'wages_payable', 'employee_payable', 'expense_claims') then 'payments to employees'
            when role in ('payroll_tax_payable', 'social_security') then 'payroll taxes'
            when role in ('output_tax', 'input_tax') then 'sales taxes'
            when role in ('bank_fees', 'interest_expense', 'interest_income') then 'interest and bank charges'
            when role in ('payables', 'goods_received') then 'payments to suppliers'
            when account_type in ('inventory', 'direct_costs', 'expense') then 'payments to suppliers'
            when account_type = 'income_tax' or statement_line = 'income tax payable' then 'income taxes'
            else 'other receipts and payments'
        end as counterpart,
    from core.accounts
),

placed as (
    select accounts.*, sections.section_no, sections.section
    from accounts
    inner join core.statement_sections as sections
        on accounts.activity = sections.kind and sections.statement = 'cash flow'
),

-- Money did what all other accounts together did the other way round: the result, and what changed beside it. Assets
-- bought on credit are paid for with the invoice, by either method.
indirect as (
    select
        'indirect' as method, section_no, section,
        if(is_result, 'profit for the period', cash_flow_line) as line,
        if(is_result, 1, 2) as line_order,
        account_code, -1 as sign, ['movement', 'on credit'] as parts, false as is_of_money_entries,
    from placed
    union all
    select
        'indirect', section_no, section, 'exchange differences on cash, shown below', 3,
        account_code, 1, ['movement'], true,
    from placed
    where is_revaluation
),

-- The same by what was paid for: the other accounts of each entry that moved money.
direct as (
    select
        'direct', section_no, section, counterpart,
        list_position(['receipts from customers', 'payments to suppliers', 'payments to employees'], counterpart),
        account_code, -1, ['movement', 'on credit'], true,
    from placed
    where not is_revaluation
),

-- Either ends with what money of other currencies gained by itself, and with the money that there was before.
money as (
    select
        unnest(['indirect', 'direct']), 40, 'exchange differences', 'exchange differences on cash', 1,
        account_code, -1, ['movement'], true,
    from accounts
    where is_revaluation
    union all
    select
        unnest(['indirect', 'direct']), 50, 'cash', 'cash at the beginning', 1,
        account_code, 1, ['brought forward'], false,
    from accounts
    where is_money
    union all
    select
        unnest(['indirect', 'direct']), 50, 'cash', 'opening balances taken over', 2,
        account_code, 1, ['opening'], false,
    from accounts
    where is_money
),

places as (
    select * from indirect
    union all
    select * from direct
    union all
    select * from money
)

select
    'cash flow, ' || method as statement,
    section_no,
    section,
    line,
    coalesce(line_order, 9) as line_order,
    account_code,
    sign,
    parts,
    is_of_money_entries,
from places
