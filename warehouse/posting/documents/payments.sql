-- One row is a leg of the entry of a payment; what it settles leaves the books at the rate at which it stood there.
with

allocated as (
    select
        allocations.*,
        documents.gross_amount,
        documents.document_date,
        documents.exchange_rate,
        sum(allocations.allocated_amount) over (
            partition by allocations.direction, allocations.party_id, allocations.document_id
            order by allocations.payment_date, allocations.payment_id
        ) as settled_after_amount,
    from core.allocations as allocations
    inner join record.invoices as documents using (direction, party_id, document_id)
),

-- A payment settles no more than its document; the rest of it stands at its own rate.
settled as (
    select
        payment_id,
        direction as settles,
        party_id as document_party_id,
        allocated_amount,
        document_date,
        exchange_rate,
        least(greatest(settled_after_amount, least(gross_amount, 0)), greatest(gross_amount, 0)) as within_after,
        least(
            greatest(settled_after_amount - allocated_amount, least(gross_amount, 0)), greatest(gross_amount, 0)
        ) as within_before,
    from allocated
),

payments as (
    select
        payments.*,
        settled.* exclude (payment_id),
        case
            when settled.settles is null and payments.party_id in (select employee_id from record.employees)
                then 'employee_payment'
            when settled.settles = 'payable' and payments.direction = 'out' then 'supplier_payment'
            when settled.settles = 'payable' then 'supplier_refund'
            when settled.settles = 'receivable' and payments.direction = 'in' then 'customer_payment'
            when settled.settles = 'receivable' then 'customer_refund'
            when payments.direction = 'out' and payments.party_id in (select customer_id from record.customers)
                then 'customer_refund'
            when payments.direction = 'out' then 'supplier_payment'
            when payments.party_id in (select supplier_id from record.suppliers) then 'supplier_refund'
            else 'customer_payment'
        end as document_kind,
    from record.payments as payments
    left join settled using (payment_id)
),

at_rates as (
    select
        payments.*,
        days.units,
        days.per_units,
        if(payments.exchange_rate is null, documents.units, 1) as document_units,
        coalesce(payments.exchange_rate, documents.per_units) as document_per_units,
    from payments
    left join steps.rates as documents
        on payments.currency_code = documents.currency_code and payments.document_date = documents.rate_date
    left join steps.rates as days
        on payments.currency_code = days.currency_code and payments.payment_date = days.rate_date
),

carried as (
    select
        *,
        case
            when currency_code = getvariable('reporting_currency') then amount
            else abs(
                converted(within_after, document_units, document_per_units)
                - converted(within_before, document_units, document_per_units)
                + converted(allocated_amount - (within_after - within_before), units, per_units)
            )
        end as carried_amount,
    from at_rates
)

select
    document_kind,
    payment_id as document_id,
    coalesce(document_party_id, party_id) as party_id,
    payment_date as entry_date,
    unnest([
        'bank',
        case
            when document_kind = 'employee_payment'
                then if(document_id in (select payslip_id from record.payslips), 'wages', 'claim')
            when settles is null then 'on_account'
            else settles
        end
    ]) as leg,
    currency_code,
    amount as currency_amount,
    unnest([null, if(settles is null, null, carried_amount)]) as amount,
    _source,
    _file,
    _row,
from carried
