-- One row is a line of an entry as the rules ask for it, before what it is worth at the end of a month is looked at.
with

lines as (
    select * from steps.lines
    union all by name
    select * from steps.rests
)

select * exclude (obstacle)
from lines
where entry_id not in (select entry_id from steps.unposted)
