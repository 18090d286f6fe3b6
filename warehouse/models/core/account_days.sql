-- One row is an account on a day: what the lines of the ledger come to, by journal, tax code and kind of entry. Every
-- statement is made of it, so that the ledger is read once.
with

money_entries as (
    select lines.entry_no
    from core.ledger_lines as lines
    inner join core.accounts as accounts on lines.account_code = accounts.account_code
    where accounts.cash_flow_line = 'cash'
),

-- What closes a year carries its result into equity, and touches nothing else.
year_end_entries as (
    select lines.entry_no
    from core.ledger_lines as lines
    inner join core.accounts as accounts on lines.account_code = accounts.account_code
    where lines.journal = 'closing'
    group by lines.entry_no
    having
        bool_and(accounts.account_class in ('income', 'expense', 'equity'))
        and bool_or(accounts.account_class = 'equity')
)

select
    account_code,
    entry_date,
    journal,
    tax_code,
    entry_no in (select entry_no from money_entries) as is_money_entry,
    journal = 'closing' and entry_no in (select entry_no from year_end_entries) as is_year_end_entry,
    cast(getvariable('reporting_currency') as varchar) as currency_code,
    sum(greatest(amount, 0)) as debit_amount,
    sum(greatest(-amount, 0)) as credit_amount,
    sum(amount) as amount,
    count(*) as lines_count,
from core.ledger_lines
group by all
