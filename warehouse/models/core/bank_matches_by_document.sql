-- One row is a line of statement or books whose match is certain: the line is the entry's document, or the balance both
-- began with; or an entry and its reversal, which no bank has seen.
with

compared as (
    select
        *,
        sum(if(side = 'statement', amount, -amount)) over same_document as difference_amount,
        count(distinct side) over same_document as sides_count,
        starts_with(known_as, 'correction of ') as is_correction,
        contains(known_as, 'opening of ') as is_opening,
    from core.bank_lines
    where known_as is not null
    window same_document as (partition by account_code, currency_code, known_as)
)

select
    side,
    line_id,
    known_as as match_key,
    case
        when is_correction then 'an entry and its reversal'
        when is_opening then 'balance at the beginning'
        else 'the statement line is the document of the entry'
    end as reason,
from compared
where difference_amount = 0 and (sides_count = 2 or is_correction)
