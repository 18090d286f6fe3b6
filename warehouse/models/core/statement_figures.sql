-- One row is a figure that ratios are made of, for the period or for the one that it is compared with.
with

totals as (
    select line as figure, 'period' as compared_as, amount as value
    from finance.statement_lines
    where is_total and statement in ('income statement', 'balance sheet')
    union all
    select line, 'comparison', comparison_amount
    from finance.statement_lines
    where is_total and statement in ('income statement', 'balance sheet')
),

balances as (
    select
        case
            when accounts.cash_flow_line = 'cash' then 'cash'
            when accounts.account_type = 'inventory' then 'inventory'
            when accounts.role = 'receivables' then 'trade receivables'
            when accounts.role = 'payables' then 'trade payables'
            when parts.part not in ('opening', 'movement') then null
            when accounts.account_type = 'revenue' then 'revenue'
            when accounts.account_type = 'direct_costs' then 'cost of sales'
            when accounts.account_type = 'finance_costs' then 'finance costs'
        end as figure,
        parts.compared_as,
        if(figure in ('revenue', 'trade payables'), -parts.amount, parts.amount) as value,
    from core.account_parts as parts
    inner join core.accounts as accounts on parts.account_code = accounts.account_code
),

without_inventory as (
    select 'current assets without inventory' as figure, compared_as, value
    from totals
    where figure = 'total current assets'
    union all
    select 'current assets without inventory', compared_as, -value
    from balances
    where figure = 'inventory'
),

figures as (
    select * from totals
    union all
    select * from balances
    union all
    select * from without_inventory
)

select figure, compared_as, sum(value) as value
from figures
where figure is not null
group by all
