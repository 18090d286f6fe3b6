-- One row is a posted journal of which the record has learnt something since: a line more, another, or one less.
with

posted as (
    select document_id as journal_id, max(recorded_at) as posted_at
    from store.ledger_lines
    where leg = 'line' and line_no = 1
    group by document_id
),

versions as (
    select journal_id, _recorded_at, _superseded_at from record.journal_lines_versions
    union all
    select journal_id, _recorded_at, _superseded_at from record.journals_versions
),

learnt as (
    select journal_id, greatest(max(_recorded_at), max(_superseded_at)) as learnt_at
    from versions
    group by journal_id
)

select posted.journal_id
from posted
inner join learnt on posted.journal_id = learnt.journal_id
where learnt.learnt_at > posted.posted_at
