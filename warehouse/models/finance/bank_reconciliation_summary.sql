-- One row is a bank account of the books in one of its currencies: statement and book balance, and what each has that
-- the other has not.
with

lines as (
    select
        account_code,
        currency_code,
        side = 'statement' as is_statement,
        is_matched,
        amount,
        line_date,
    from finance.bank_reconciliation
)

select
    cast(getvariable('as_of_date') as date) as as_of_date,
    account_code,
    currency_code,
    max(line_date) filter (where is_statement) as last_statement_date,
    count(*) filter (where is_statement) as statement_lines_count,
    count(*) filter (where not is_statement) as book_lines_count,
    count(*) filter (where is_statement and not is_matched) as unmatched_statement_lines_count,
    count(*) filter (where not is_statement and not is_matched) as unmatched_book_lines_count,
    coalesce(sum(amount) filter (where is_statement), 0) as statement_balance_amount,
    coalesce(sum(amount) filter (where is_statement and not is_matched), 0) as unmatched_statement_amount,
    coalesce(sum(amount) filter (where not is_statement and not is_matched), 0) as unmatched_book_amount,
    coalesce(sum(amount) filter (where not is_statement), 0) as book_balance_amount,
    statement_balance_amount - unmatched_statement_amount + unmatched_book_amount
    - book_balance_amount as difference_amount,
from lines
group by account_code, currency_code
