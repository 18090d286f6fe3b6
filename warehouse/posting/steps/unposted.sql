-- One row is a document that cannot be posted, with the first of what stands in its way.
with

obstacles as (
    select entry_id, document_kind, document_id, party_id, entry_date, obstacle, leg_no, line_no, is_posted_elsewhere
    from steps.lines
    where obstacle is not null
    union all
    select entry_id, document_kind, document_id, party_id, entry_date, obstacle, leg_no, line_no, is_posted_elsewhere
    from steps.rests
    where obstacle is not null
)

select
    entry_id,
    any_value(document_kind) as document_kind,
    min(document_id) as document_id,
    min(party_id) as party_id,
    min(entry_date) as entry_date,
    arg_min(obstacle, (leg_no, line_no)) as reason,
    any_value(is_posted_elsewhere) as is_posted_elsewhere,
from obstacles
group by entry_id
