-- One row is an account of the company's own chart or, without one, of the shipped one, or one that a journal names.
with

chart as (
    select account_code, account_name, account_type, statement_line, cash_flow_line, role
    from record.accounts
    union all
    select account_code, account_name, account_type, statement_line, cash_flow_line, role
    from operations.chart_of_accounts
    where not exists (select 1 from record.accounts)
),

-- A journal kept elsewhere may name accounts that no chart holds; what it says last of them is what they are.
named as (
    select
        account_code,
        arg_max(account_name, (entry_date, journal_id, line_no)) as account_name,
        arg_max(account_type, (entry_date, journal_id, line_no)) as account_type,
        cast(null as varchar) as statement_line,
        cast(null as varchar) as cash_flow_line,
        cast(null as varchar) as role,
    from record.journal_lines
    where account_type is not null and account_code not in (select account_code from chart)
    group by account_code
),

accounts as (
    select * from chart
    union all
    select * from named
)

select
    accounts.account_code,
    coalesce(accounts.account_name, accounts.account_code) as account_name,
    accounts.account_type,
    types.account_class,
    coalesce(accounts.statement_line, types.statement_line) as statement_line,
    coalesce(accounts.cash_flow_line, types.cash_flow_line) as cash_flow_line,
    -- One account a role: of several the first by its number.
    case
        when row_number() over (partition by accounts.role order by accounts.account_code) = 1 then accounts.role
    end as role,
from accounts
inner join operations.account_types as types using (account_type)
