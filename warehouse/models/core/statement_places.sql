-- One row is a place of an account in a statement: its section and line, which parts of its balance stand there (of all
-- entries, or of those only that moved money), and with which sign.
with

accounts as (
    select *, account_class in ('income', 'expense') as is_result
    from core.accounts
),

sections as (select * from core.statement_sections),

income_statement as (
    select
        'income statement' as statement,
        sections.section_no,
        sections.section,
        accounts.statement_line as line,
        1 as line_order,
        accounts.account_code,
        -1 as sign,
        ['opening', 'movement'] as parts,
        false as is_of_money_entries,
    from accounts
    inner join sections on accounts.account_type = sections.kind and sections.statement = 'income statement'
),

balance_sheet as (
    select
        'balance sheet', sections.section_no, sections.section,
        if(accounts.role = 'retained_earnings', 'retained earnings', accounts.statement_line),
        if(accounts.role = 'retained_earnings', 2, 1),
        accounts.account_code,
        if(accounts.account_class = 'asset', 1, -1),
        ['brought forward', 'opening', 'movement', 'closing'],
        false,
    from accounts
    inner join sections on accounts.account_type = sections.kind and sections.statement = 'balance sheet'
),

-- What earlier years earned stands in retained earnings from the first day of a year on, whether it was closed or not.
results as (
    select
        'balance sheet', 40, 'equity', 'retained earnings', 2, account_code, -1, ['brought forward', 'closing'], false,
    from accounts
    where is_result
    union all
    select 'balance sheet', 40, 'equity', 'profit for the year', 3, account_code, -1, ['opening', 'movement'], false
    from accounts
    where is_result
)

select * from income_statement
union all
select * from balance_sheet
union all
select * from results
union all
select
    statement, section_no, section, line, line_order, account_code, sign, parts, is_of_money_entries,
from core.cash_flow_places
