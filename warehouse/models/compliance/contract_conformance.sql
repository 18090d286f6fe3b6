-- One row is a source, record and rule of its contract, with how many rows were held to it and how many it refused.
with

-- A replay loads a file again, as batch -r1, -r2, ...: the file counts as it was loaded last.
numbered as (
    select
        *,
        regexp_replace(batch_id, '-r[0-9]+$', '') as first_batch_id,
        coalesce(try_cast(regexp_extract(batch_id, '-r([0-9]+)$', 1) as integer), 0) as replay_no,
    from operations.loads
),

latest as (
    select *
    from numbered
    qualify row_number() over (partition by first_batch_id, record order by replay_no desc) = 1
),

checked as (
    select source, record, cast(sum(rows_extracted - rows_out_of_scope) as bigint) as rows_checked
    from latest
    group by all
),

refusals as (
    select source, record, unnest(rules) as rule, batch_id, row
    from operations.quarantine
    where status = 'open'
),

refused as (
    select source, record, rule, count(distinct row(batch_id, row)) as rows_refused
    from refusals
    group by all
),

-- The contract's own rules, and those of reading and casting that this source has met.
rules as (
    select checked.source, checked.record, contract.rule, contract.sentence
    from checked
    inner join operations.rules as contract using (record)
    union
    select
        refused.source,
        refused.record,
        refused.rule,
        case
            when contract.sentence is not null then contract.sentence
            when refused.rule = 'structure:columns' then 'a line has as many fields as its header'
            when refused.rule = 'structure:encoding' then 'a line is written in the encoding of its source'
            when refused.rule = 'structure:json' then 'a line is one whole JSON object'
            when refused.rule like 'en16931:%' or refused.rule like 'xrechnung:%'
                then 'an electronic invoice keeps ' || regexp_replace(refused.rule, '^.*:', '') || ' of its standard'
            when refused.rule = 'document:refused' then 'no other row of the same document is refused'
            when refused.rule like '%:cast' then replace(refused.rule, ':cast', '') || ' can be read as what it is'
            else refused.rule
        end as sentence,
    from refused
    left join operations.rules as contract using (record, rule)
),

conformance as (
    select
        source,
        record,
        rule,
        rules.sentence,
        coalesce(checked.rows_checked, 0) as rows_checked,
        coalesce(refused.rows_refused, 0) as rows_refused,
    from rules
    left join checked using (source, record)
    left join refused using (source, record, rule)
)

select
    *,
    -- Rounded down: one refused row among a million is not 100%.
    cast((10000 * (rows_checked - rows_refused) // nullif(rows_checked, 0)) / 100 as decimal(9, 2)) as conformance_pct,
from conformance
