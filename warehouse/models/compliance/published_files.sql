-- One row is a batch, the reading of one delivered file, with what became of its rows in all records that it fills.
with

loads as (
    select
        batch_id,
        sum(rows_accepted) as rows_accepted,
        sum(rows_unchanged) as rows_unchanged,
        sum(rows_quarantined) as rows_quarantined,
        sum(rows_out_of_scope) as rows_out_of_scope,
    from operations.loads
    group by all
)

select
    batches.batch_id,
    batches.source,
    batches.file_name,
    batches.file,
    batches.bytes,
    batches.rows as rows_count,
    batches.status,
    batches.reason,
    cast(coalesce(loads.rows_accepted, 0) as bigint) as rows_accepted,
    cast(coalesce(loads.rows_unchanged, 0) as bigint) as rows_unchanged,
    cast(coalesce(loads.rows_quarantined, 0) as bigint) as rows_quarantined,
    cast(coalesce(loads.rows_out_of_scope, 0) as bigint) as rows_out_of_scope,
from operations.batches as batches
left join loads using (batch_id)
