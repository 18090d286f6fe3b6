-- One row is a line of statement or books that is matched as part of a batch: what was paid in one way on a day, or
-- since the batch before, and reaches the account in one amount some days later, as the bank has the habit of.
with

by_day as (
    from core.bank_batches
    where rule_no = 1
),

-- A sum since the batch before gives way whole where a day by itself explains a part of it.
since as (
    select *
    from core.bank_batches
    where
        rule_no = 2
        and match_key not in (select match_key from by_day)
        and match_key not in (
            select matched.match_key
            from core.bank_batches as matched inner join by_day on matched.line_id = by_day.line_id
            where matched.rule_no = 2
        )
),

books as (
    select * from by_day
    union all
    select * from since
),

told as (
    select distinct
        account_code, currency_code, method_code, batch_date, match_key,
        if(rule_no = 1, 'sum of a day''s ', 'sum since the one before of ')
        || replace(method_code, '_', ' ') || ' payments, '
        || delay_days || ' days later' as reason,
    from books
)

select 'book' as side, books.line_id, match_key, told.reason
from books
inner join told using (match_key)
union all
select 'statement', rest.line_id, told.match_key, told.reason
from core.bank_lines as rest
anti join core.bank_matches_by_document as matched on rest.side = matched.side and rest.line_id = matched.line_id
anti join core.bank_matches_by_reference as others on rest.side = others.side and rest.line_id = others.line_id
anti join core.bank_matches_by_sum as sums on rest.side = sums.side and rest.line_id = sums.line_id
inner join told
    on
        rest.account_code = told.account_code
        and rest.currency_code = told.currency_code
        and rest.method_code = told.method_code
        and rest.line_date = told.batch_date
where rest.side = 'statement'
