-- One row is an entry of a journal kept elsewhere that is posted; such a journal never changes.
select entry_id
from store.ledger_lines
where leg = 'line' and line_no = 1
