-- One row is a month, currency and way of paying: what customers paid, and what was paid back to them.
with

payments as (
    select
        payments.payment_date,
        payments.currency_code,
        coalesce(payments.method_code, 'unknown') as method_code,
        payments.direction,
        payments.amount,
        allocations.direction as settles,
    from record.payments as payments
    left join core.allocations as allocations using (payment_id)
    where payments.payment_date <= getvariable('as_of_date')
),

-- Money in that names no document still came in; money out is a refund only when it names a receivable.
customers_money as (
    select
        *,
        direction = 'in' as is_received,
        if(direction = 'in', amount, -amount) as signed_amount,
    from payments
    where (direction = 'in' and settles is distinct from 'payable') or (direction = 'out' and settles = 'receivable')
)

select
    cast(date_trunc('month', payment_date) as date) as month,
    currency_code,
    method_code,
    count(*) filter (where is_received) as payments_count,
    count(*) filter (where not is_received) as refunds_count,
    coalesce(sum(signed_amount) filter (where is_received), 0) as received_amount,
    coalesce(sum(signed_amount) filter (where not is_received), 0) as refunded_amount,
    sum(signed_amount) as net_amount,
from customers_money
group by all
