-- One row is an entry that was reversed because its document changed or went, and the entry in its place, if any.
with

entries as (
    select
        entry_no,
        any_value(entry_id) as entry_id,
        any_value(document_kind) as document_kind,
        any_value(document_id) as document_id,
        min(party_id) as party_id,
        any_value(entry_date) as entry_date,
        any_value(reverses_entry_no) as reverses_entry_no,
        any_value(recorded_at) as recorded_at,
        regexp_replace(any_value(entry_id), '#\d+$', '') as first_id,
        coalesce(sum(amount) filter (where amount > 0), 0) as debit_amount,
    from core.ledger_lines
    where
        contains(entry_id, '#')
        or entry_no in (select corrections.reverses_entry_no from core.ledger_lines as corrections)
    group by entry_no
),

reversals as (
    select * from entries
    where reverses_entry_no is not null
)

select
    reversals.entry_no as reversal_no,
    reversed.entry_no as reversed_no,
    reversed.entry_id as reversed_id,
    reversed.document_kind,
    reversed.document_id,
    reversed.party_id,
    reversed.entry_date,
    reversed.debit_amount as reversed_amount,
    reversed.recorded_at as posted_at,
    reversals.recorded_at as corrected_at,
    corrected.entry_no as corrected_no,
    corrected.entry_date as corrected_entry_date,
    coalesce(corrected.debit_amount, 0) as corrected_amount,
    corrected_amount - reversed_amount as difference_amount,
    cast(getvariable('reporting_currency') as varchar) as currency_code,
from reversals
inner join entries as reversed on reversals.reverses_entry_no = reversed.entry_no
left join entries as corrected
    on
        reversed.first_id = corrected.first_id
        and reversals.recorded_at = corrected.recorded_at
        and corrected.reverses_entry_no is null
