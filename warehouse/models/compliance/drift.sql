-- One row is something in which a delivery differs from those of its source before it.
with

batches as (
    select
        batch_id,
        file_name,
        status = 'loaded' as is_loaded,
        batch_no,
        -- A refused file that is loaded by a replay is a batch of its own, and follows the refused one.
        max(batch_no) filter (where status = 'loaded') over (partition by source) as last_loaded_no,
    from operations.batches
)

select
    drift.source,
    drift.batch_id,
    batches.file_name,
    coalesce(drift.column_name, 'rows') as subject,
    drift.change,
    -- What was written down before drift was weighed only warned.
    coalesce(drift.severity, 'warn') as severity,
    drift.usual,
    drift.found,
    coalesce(drift.sentence, drift.source || ': column ' || drift.column_name || ' ' || drift.change) as sentence,
    batches.is_loaded,
    batches.batch_no >= coalesce(batches.last_loaded_no, 0) as is_latest,
from operations.drift as drift
inner join batches using (batch_id)
