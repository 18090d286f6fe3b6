-- One row is an account on a day: what the lines of the ledger come to, by journal, tax code and kind of entry. Every
-- statement is made of it, so that the ledger is read once.
select
    account_code,
    entry_date,
    journal,
    tax_code,
    entry_no in (select entry_no from core.money_entries) as is_money_entry,
    journal = 'closing' and entry_no in (select entry_no from core.year_end_entries) as is_year_end_entry,
    cast(getvariable('reporting_currency') as varchar) as currency_code,
    sum(greatest(amount, 0)) as debit_amount,
    sum(greatest(-amount, 0)) as credit_amount,
    sum(amount) as amount,
    count(*) as lines_count,
from core.ledger_lines
group by all
