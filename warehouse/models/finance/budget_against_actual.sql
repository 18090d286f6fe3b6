-- One row is an account of income or expense, a department and a month, with what was planned and what the ledger has;
-- a variance above zero is for the better.
with

accounts as (
    select account_code, account_name, account_class, if(account_class = 'income', -1, 1) as sign
    from core.accounts
    where account_class in ('income', 'expense')
),

-- A later plan takes the place of an earlier one, account, department and month at a time.
plans as (
    select account_code, department_id, period_start_date as month, currency_code, amount
    from record.budget_lines
    where currency_code = getvariable('reporting_currency')
    qualify dense_rank() over (partition by account_code, department_id, period_start_date order by budget_id desc) = 1
),

planned as (
    select account_code, department_id, month, sum(amount) as budget_amount
    from plans
    group by all
),

planned_accounts as (
    select account_code, bool_or(department_id is not null) as is_by_department
    from planned
    group by account_code
),

-- The ledger is told by department where the plan is; a closing entry takes nothing out.
actual as (
    select
        lines.account_code,
        if(planned_accounts.is_by_department, lines.department_id, null) as department_id,
        cast(date_trunc('month', lines.entry_date) as date) as month,
        sum(accounts.sign * lines.amount) as actual_amount,
    from core.ledger_lines as lines
    inner join accounts on lines.account_code = accounts.account_code
    left join planned_accounts on lines.account_code = planned_accounts.account_code
    where lines.entry_no not in (select entry_no from core.year_end_entries)
    group by all
),

compared as (
    select
        coalesce(planned.account_code, actual.account_code) as account_code,
        coalesce(planned.department_id, actual.department_id) as department_id,
        coalesce(planned.month, actual.month) as month,
        coalesce(planned.budget_amount, 0) as budget_amount,
        coalesce(actual.actual_amount, 0) as actual_amount,
        planned.account_code is not null as is_planned,
    from planned
    full join actual
        on
            planned.account_code = actual.account_code
            and planned.month = actual.month
            and planned.department_id is not distinct from actual.department_id
    where coalesce(planned.month, actual.month) <= getvariable('as_of_date')
),

years as (
    select
        compared.*,
        accounts.account_name,
        accounts.account_class,
        sum(compared.budget_amount) over to_date as budget_to_date_amount,
        sum(compared.actual_amount) over to_date as actual_to_date_amount,
        if(accounts.account_class = 'income', 1, -1) as better,
    from compared
    inner join accounts on compared.account_code = accounts.account_code
    window to_date as (
        partition by
            compared.account_code,
            compared.department_id,
            date_diff('month', getvariable('financial_year_start'), compared.month) // 12
        order by compared.month
    )
)

select
    account_code,
    coalesce(department_id, 'none') as department_id,
    month,
    account_name,
    account_class,
    is_planned,
    getvariable('reporting_currency') as currency_code,
    cast(budget_amount as decimal(38, 4)) as budget_amount,
    cast(actual_amount as decimal(38, 4)) as actual_amount,
    cast(better * (actual_amount - budget_amount) as decimal(38, 4)) as variance_amount,
    cast(if(budget_amount = 0, null, 100 * variance_amount / abs(budget_amount)) as decimal(18, 2)) as variance_pct,
    cast(budget_to_date_amount as decimal(38, 4)) as budget_to_date_amount,
    cast(actual_to_date_amount as decimal(38, 4)) as actual_to_date_amount,
    cast(better * (actual_to_date_amount - budget_to_date_amount) as decimal(38, 4)) as variance_to_date_amount,
from years
