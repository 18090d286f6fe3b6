-- One row is a line of statement or books that is matched with several of the other side, or several with several: all
-- lines with the same reference, or of a counterparty and day, come to the same sum.
with

rest as (
    select lines.*
    from core.bank_lines as lines
    anti join core.bank_matches_by_document as matched on lines.side = matched.side and lines.line_id = matched.line_id
    anti join core.bank_matches_by_reference as others on lines.side = others.side and lines.line_id = others.line_id
),

grouped as (
    select
        side,
        line_id,
        account_code,
        currency_code,
        line_date,
        amount,
        1 as rule_no,
        reference_mark as mark,
        null as on_date,
    from rest
    where reference_mark is not null
    union all
    select side, line_id, account_code, currency_code, line_date, amount, 2, unnest(party_marks), line_date as on_date
    from rest
),

compared as (
    select
        *,
        min(line_id) filter (where side = 'statement') over together as match_key,
    from grouped
    window together as (partition by account_code, currency_code, rule_no, mark, on_date)
    qualify
        sum(if(side = 'statement', amount, -amount)) over together = 0
        and count(distinct side) over together = 2
        -- What is further apart has the same words by habit, not by origin.
        and max(line_date) over together - min(line_date) over together <= 31
),

-- A group of one rule stands or falls whole: it gives way where an earlier rule has taken a line of it.
first_of as (select *, min((rule_no, match_key)) over (partition by side, line_id) as first_group from compared)

select
    side,
    line_id,
    match_key,
    if(rule_no = 1, 'equal sum of a reference', 'equal sum of a counterparty and day') as reason,
from first_of
qualify bool_and(first_group = (rule_no, match_key)) over (partition by rule_no, match_key)
