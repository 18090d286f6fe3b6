-- One row is a line of a bank statement, or of the ledger on a bank account, with the match that it is part of and the
-- rule that matched it; what is in no match is listed with what is known of it.
with

matches as (
    select * from core.bank_matches_by_document
    union all
    select * from core.bank_matches_by_reference
    union all
    select * from core.bank_matches_by_sum
    union all
    select * from core.bank_matches_by_batch
    union all
    select * from core.bank_matches_by_amount
),

counted as (
    select
        *,
        count(*) filter (where side = 'statement') over (partition by match_key) as statement_count,
        count(*) filter (where side = 'book') over (partition by match_key) as book_count,
    from matches
),

reach as (
    select account_code, currency_code, max(line_date) as last_date
    from core.bank_lines
    where side = 'statement'
    group by account_code, currency_code
)

select
    lines.side,
    lines.line_id,
    lines.bank_account_id,
    lines.account_code,
    lines.line_date,
    lines.currency_code,
    lines.amount,
    lines.entry_no,
    lines.entry_id,
    lines.method_code,
    counted.match_key as match_id,
    counted.match_key is not null as is_matched,
    case
        when counted.match_key is null then 'unmatched'
        when counted.statement_count = 0 then 'within the books'
        else
            if(counted.statement_count = 1, 'one', 'many') || ' to ' || if(counted.book_count = 1, 'one', 'many')
    end as match_kind,
    case
        when counted.match_key is not null then counted.reason
        when lines.side = 'statement' then 'the books have no entry of it'
        when reach.last_date is null then 'no statement of the account is known'
        when lines.line_date > reach.last_date then 'booked after the last line of the statement'
        else 'no statement shows it'
    end as reason,
    lines.trail._source,
    lines.trail._file,
    lines.trail._row,
from core.bank_lines as lines
left join counted on lines.side = counted.side and lines.line_id = counted.line_id
left join reach on lines.account_code = reach.account_code and lines.currency_code = reach.currency_code
