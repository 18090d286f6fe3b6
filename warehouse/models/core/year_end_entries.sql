-- One row is an entry that closes a year: it carries the result into equity, no more. A view: read once a build.
select lines.entry_no
from core.ledger_lines as lines
inner join core.accounts as accounts on lines.account_code = accounts.account_code
where lines.journal = 'closing'
group by lines.entry_no
having
    bool_and(accounts.account_class in ('income', 'expense', 'equity'))
    and bool_or(accounts.account_class = 'equity')
