-- One row is a source's column that refers to another record, with how often it names what that record does not hold.
with

references_made as (
    select
        _source as source, 'sales_lines' as record, 'customer_id' as column_name, 'customers' as target,
        customer_id in (select customer_id from record.customers) as is_resolved,
    from record.sales_lines
    where customer_id is not null
    union all
    select _source, 'sales_lines', 'product_id', 'products', product_id in (select product_id from record.products)
    from record.sales_lines
    union all
    select _source, 'invoices', 'party_id', 'customers', party_id in (select customer_id from record.customers)
    from record.invoices
    where direction = 'receivable'
    union all
    select _source, 'invoices', 'party_id', 'suppliers', party_id in (select supplier_id from record.suppliers)
    from record.invoices
    where direction = 'payable'
    union all
    select
        _source, 'purchase_lines', 'supplier_id', 'suppliers',
        supplier_id in (select supplier_id from record.suppliers),
    from record.purchase_lines
    union all
    select
        _source, 'purchase_lines', 'document_id', 'invoices',
        (supplier_id, document_id) in (
            select (party_id, document_id)
            from record.invoices
            where direction = 'payable'
        ),
    from record.purchase_lines
    union all
    select _source, 'purchase_lines', 'product_id', 'products', product_id in (select product_id from record.products)
    from record.purchase_lines
    where product_id is not null
    union all
    select _source, 'stock_movements', 'product_id', 'products', product_id in (select product_id from record.products)
    from record.stock_movements
    union all
    select
        _source, 'expense_claims', 'employee_id', 'employees',
        employee_id in (select employee_id from record.employees),
    from record.expense_claims
    union all
    select _source, 'payslips', 'employee_id', 'employees', employee_id in (select employee_id from record.employees)
    from record.payslips
    union all
    select _source, 'payments', 'document_id', 'invoices', document_id in (select document_id from record.invoices)
    from record.payments
    where document_id is not null
    union all
    select
        _source, 'interactions', 'customer_id', 'customers',
        customer_id in (select customer_id from record.customers),
    from record.interactions
    where customer_id is not null
    union all
    select _source, 'tickets', 'customer_id', 'customers', customer_id in (select customer_id from record.customers)
    from record.tickets
    where customer_id is not null
    union all
    select
        _source, 'ticket_events', 'ticket_id', 'tickets',
        (desk, ticket_id) in (select (desk, ticket_id) from record.tickets)
    from record.ticket_events
    union all
    select
        _source, 'documents', 'responsible_id', 'employees',
        responsible_id in (select employee_id from record.employees),
    from record.documents
    where responsible_id is not null
),

-- A firm that does not deliver its customers cannot name one that is missing.
held as (
    select 'customers' as target from record.customers
    union
    select 'suppliers' from record.suppliers
    union
    select 'employees' from record.employees
    union
    select 'products' from record.products
    union
    select 'invoices' from record.invoices
    union
    select 'tickets' from record.tickets
)

select
    source,
    record,
    column_name,
    target,
    count(*) as rows_count,
    count(*) filter (where not is_resolved) as orphans_count,
from references_made
semi join held using (target)
group by all
