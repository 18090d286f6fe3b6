-- One row is a line of a ledger entry that belongs to a day up to the as-of date.
select *
from store.ledger_lines
where entry_date <= getvariable('as_of_date')
