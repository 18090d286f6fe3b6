-- One row is a line of statement or books that is matched with one of the other side: of the same amount, and with a
-- number or text that the other has too, or of the same counterparty.
with

rest as (
    select lines.*
    from core.bank_lines as lines
    anti join core.bank_matches_by_document as matched on lines.side = matched.side and lines.line_id = matched.line_id
),

marked as (
    select * exclude (marks), 1 as rule_no, unnest(marks) as mark from rest
    union all
    select * exclude (marks), 2 as rule_no, unnest(party_marks) as mark from rest
),

pairs as (
    select distinct
        statements.line_id as statement_line_id,
        books.line_id as book_line_id,
        statements.rule_no,
        abs(statements.line_date - books.line_date) as days_count,
    from marked as statements
    inner join marked as books using (account_code, currency_code, amount, rule_no, mark)
    where
        statements.side = 'statement'
        and books.side = 'book'
        and abs(statements.line_date - books.line_date) <= 10
),

-- Each is the nearest that the other has.
nearest as (
    select *
    from pairs
    qualify
        row_number() over (partition by statement_line_id order by rule_no, days_count, book_line_id) = 1
        and row_number() over (partition by book_line_id order by rule_no, days_count, statement_line_id) = 1
)

select
    unnest(['statement', 'book']) as side,
    unnest([statement_line_id, book_line_id]) as line_id,
    statement_line_id as match_key,
    if(rule_no = 1, 'equal reference and amount', 'equal amount and counterparty')
    || if(days_count = 0, ' on the same day', ' within ten days') as reason,
from nearest
