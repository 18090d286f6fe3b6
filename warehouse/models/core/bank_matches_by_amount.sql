-- One row is a line of statement or books that is matched with one of the other side by nothing but its amount, on the
-- same day or within five; a card is never matched with a cheque.
with

rest as (
    select
        lines.*,
        row_number() over (
            partition by lines.side, lines.account_code, lines.currency_code, lines.amount, lines.line_date
            order by lines.line_id
        ) as nth,
    from core.bank_lines as lines
    anti join core.bank_matches_by_document as matched on lines.side = matched.side and lines.line_id = matched.line_id
    anti join core.bank_matches_by_reference as others on lines.side = others.side and lines.line_id = others.line_id
    anti join core.bank_matches_by_sum as sums on lines.side = sums.side and lines.line_id = sums.line_id
    anti join core.bank_matches_by_batch as batches on lines.side = batches.side and lines.line_id = batches.line_id
    -- What is known by its document can be nothing else.
    where lines.known_as is null or lines.side = 'statement'
),

days as (
    select *, unnest(range(-5, 6)) as days_apart, line_date + cast(days_apart as integer) as book_date
    from rest
    where side = 'statement'
),

pairs as (
    select days.line_id as statement_line_id, books.line_id as book_line_id, abs(days.days_apart) as days_count
    from days
    inner join rest as books
        on
            days.account_code = books.account_code
            and days.currency_code = books.currency_code
            and days.amount = books.amount
            and days.book_date = books.line_date
            -- Of several of the same day and amount each has its own.
            and days.nth = books.nth
    where books.side = 'book' and coalesce(days.method_code = books.method_code, true)
),

nearest as (
    select *
    from pairs
    qualify
        row_number() over (partition by statement_line_id order by days_count, book_line_id) = 1
        and row_number() over (partition by book_line_id order by days_count, statement_line_id) = 1
)

select
    unnest(['statement', 'book']) as side,
    unnest([statement_line_id, book_line_id]) as line_id,
    statement_line_id as match_key,
    'equal amount' || if(days_count = 0, ' on the same day', ' within five days') as reason,
from nearest
