-- One row is an entry that moved money: a line of it is on an account of cash or a bank. A view: read once a build.
select distinct lines.entry_no
from core.ledger_lines as lines
inner join core.accounts as accounts on lines.account_code = accounts.account_code
where accounts.cash_flow_line = 'cash'
