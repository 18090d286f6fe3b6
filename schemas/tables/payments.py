"""The record of payments at rest."""

from schemas.records.payments import Payments
from schemas.table import known, no_row, record_table

TABLE = record_table(
    Payments,
    # Money comes in from customers and goes out to suppliers; what is paid back takes the other way.
    no_row(
        "party_id:known",
        "whoever paid or was paid is a known customer, supplier or employee, where the company keeps them",
        """
        select distinct direction, party_id
        from {batch}
        where
            party_id is not null
            and if(direction = 'in', exists (from record.customers), exists (from record.suppliers))
            and party_id not in (
                select customer_id from record.customers
                union all
                select supplier_id from record.suppliers
                union all
                select employee_id from record.employees
            )""",
        "warn",
        "party_id",
    ),
    known("document_id", "invoices.document_id"),
    no_row(
        "settles_in_its_currency",
        "a payment is in the currency of the invoice that it settles",
        """
        select payment_id, currency_code, document_id
        from {batch}
        where
            document_id in (select document_id from record.invoices)
            and (document_id, currency_code) not in (select (document_id, currency_code) from record.invoices)""",
        "warn",
    ),
)
