"""What the bank says and what the books say, line by line and in all."""

from schemas.tie_out import TieOut, entry, same

BOOK = """(
    select lines.*, entry_no || '/' || line_no as line_id
    from store.ledger_lines as lines
    inner join core.accounts as accounts on lines.account_code = accounts.account_code
    where
        accounts.account_type = 'bank' and lines.currency_amount <> 0
        and lines.entry_date <= (select as_of_date from core.as_of)
)"""
"""The ledger itself, where it stands on bank accounts; what a month end revalues is no money that moved."""

BANK = (
    TieOut(
        "bank_lines_are_reconciled_once",
        "every line of the ledger on a bank account stands in the reconciliation once, with its amount",
        f"""
with
books as (select * from {BOOK}),
listed as (
    select line_id, any_value(entry_no) as entry_no, any_value(entry_id) as entry_id, sum(amount) as amount
    from finance.bank_reconciliation
    where side = 'book'
    group by line_id
)
select
    case when books.line_id is null then {entry("listed")} else {entry("books")} end as breaking,
    coalesce(books.currency_amount, 0) - coalesce(listed.amount, 0) as difference
from books
full join listed on books.line_id = listed.line_id
where coalesce(books.currency_amount, 0) <> coalesce(listed.amount, 0)""",
    ),
    TieOut(
        "bank_book_equals_statement_and_unmatched",
        "the bank accounts of the books hold what the statements say, and what is unmatched on either side",
        same(
            f"""
    select account_code, currency_code, sum(amount) as amount
    from (
        select account_code, currency_code, currency_amount as amount from {BOOK}
        union all
        select account_code, currency_code, if(side = 'statement', amount, -amount)
        from finance.bank_reconciliation
        where not is_matched
    )
    group by all""",
            """
    select account_code, currency_code, sum(amount) as amount
    from (
        select distinct bank_account_id, account_code
        from finance.bank_reconciliation
        where side = 'statement'
    )
    inner join (
        select bank_account_id, currency_code, amount
        from record.bank_transactions
        where booking_date <= (select as_of_date from core.as_of)
        union all
        -- What stood on the account before its first line.
        select
            bank_account_id, any_value(currency_code),
            coalesce(arg_min(balance_after_amount - amount, (booking_date, statement_id, line_no)), 0)
        from record.bank_transactions
        where booking_date <= (select as_of_date from core.as_of)
        group by bank_account_id
    ) using (bank_account_id)
    group by all""",
            "account_code, currency_code",
            "'bank account ' || account_code || ' in ' || currency_code",
        ),
    ),
    TieOut(
        "bank_matches_come_to_the_same",
        "what is matched comes to the same on the statement and in the books, match by match",
        """
select
    coalesce('entry ' || min(entry_no) || ' (' || min(entry_id) || ')', 'statement line ' || min(line_id))
    || ' in match ' || match_id as breaking,
    sum(if(side = 'statement', amount, -amount)) as difference
from finance.bank_reconciliation
where match_id is not null
group by match_id
having sum(if(side = 'statement', amount, -amount)) <> 0 or count(distinct (account_code, currency_code)) > 1""",
    ),
)
