-- One row is an entry of a journal kept elsewhere that is posted as the record has it; it is not looked at again.
select regexp_replace(entry_id, '#\d+$', '') as entry_id
from store.ledger_lines
where
    leg = 'line'
    and line_no = 1
    and reverses_entry_no is null
    and document_id not in (select journal_id from steps.changed_journals)
