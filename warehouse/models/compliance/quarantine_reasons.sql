-- One row is a source, record and rule that refused rows, with one of them as a sample.
with

refusals as (
    select source, record, batch_id, row, status, unnest(rules) as rule, unnest(reasons) as reason
    from operations.quarantine
),

counted as (
    select
        source,
        record,
        rule,
        count(*) filter (where status = 'open') as rows_count,
        count(*) filter (where status = 'replayed') as replayed_count,
    from refusals
    group by all
),

-- Of rows that still wait before those that were mended; the first of the first batch.
samples as (
    select source, record, rule, batch_id as sample_batch_id, row as sample_row, reason as sample_reason
    from refusals
    qualify row_number() over (
        partition by source, record, rule
        order by status = 'open' desc, batch_id asc, row asc, reason asc
    ) = 1
)

select
    counted.*,
    samples.sample_batch_id,
    samples.sample_row,
    samples.sample_reason,
from counted
inner join samples using (source, record, rule)
