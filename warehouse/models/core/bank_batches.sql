-- One row is a line of the books in a batch that it may have reached the account in: what was paid in one way on a day
-- (rule 1) or since the batch before (rule 2), some days earlier, and comes to the amount of the batch.
with

rest as (
    select lines.*
    from core.bank_lines as lines
    anti join core.bank_matches_by_document as matched on lines.side = matched.side and lines.line_id = matched.line_id
    anti join core.bank_matches_by_reference as others on lines.side = others.side and lines.line_id = others.line_id
    anti join core.bank_matches_by_sum as sums on lines.side = sums.side and lines.line_id = sums.line_id
    where lines.method_code is not null
),

batches as (
    select
        account_code,
        currency_code,
        method_code,
        line_date as batch_date,
        sum(amount) as batch_amount,
        min(line_id) as match_key,
    from rest
    where side = 'statement'
    group by account_code, currency_code, method_code, line_date
),

spans as (
    select
        *,
        -- A batch gathers what came since the one before, a month at most.
        greatest(
            coalesce(lag(batch_date) over habit + 1, batch_date - 31), batch_date - 31
        ) as first_date,
    from batches
    window habit as (partition by account_code, currency_code, method_code order by batch_date)
),

covered as (
    select * exclude (first_date), 1 as rule_no, batch_date as expected_date from spans
    union all
    select
        * exclude (first_date),
        2 as rule_no,
        cast(unnest(generate_series(first_date, batch_date, interval 1 day)) as date) as expected_date,
    from spans
),

delayed as (
    select
        account_code,
        currency_code,
        method_code,
        line_id,
        amount,
        unnest(range(6)) as delay_days,
        line_date + cast(unnest(range(6)) as integer) as expected_date,
    from rest
    where side = 'book'
),

taken as (
    select *
    from delayed
    inner join covered using (account_code, currency_code, method_code, expected_date)
    qualify sum(amount) over (partition by match_key, rule_no, delay_days) = batch_amount
),

-- The delay that explains most batches is the bank's habit; others only happen to come to the same.
habits as (
    select account_code, currency_code, method_code, rule_no, delay_days
    from taken
    group by account_code, currency_code, method_code, rule_no, delay_days
    qualify
        row_number() over (
            partition by account_code, currency_code, method_code, rule_no
            order by count(distinct match_key) desc, delay_days
        ) = 1
)

select
    taken.account_code,
    taken.currency_code,
    taken.method_code,
    taken.line_id,
    taken.amount,
    taken.delay_days,
    taken.batch_date,
    taken.match_key,
    taken.rule_no,
from taken
inner join habits using (account_code, currency_code, method_code, rule_no, delay_days)
