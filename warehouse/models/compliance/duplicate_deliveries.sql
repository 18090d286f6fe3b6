-- One row is a file name under which a source delivered what it had delivered before.
with

first_names as (
    select source, file, min(file_name) as first_file_name
    from operations.deliveries
    where status = 'new'
    group by all
),

duplicates as (
    select source, file_name, file, max(bytes) as bytes, count(*) as deliveries_count
    from operations.deliveries
    where status = 'duplicate'
    group by all
)

select
    duplicates.source,
    duplicates.file_name,
    duplicates.file,
    duplicates.bytes,
    first_names.first_file_name,
    duplicates.deliveries_count,
from duplicates
left join first_names using (source, file)
