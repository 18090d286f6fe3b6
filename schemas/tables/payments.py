"""The record of payments at rest."""

from schemas.records.payments import Payments
from schemas.table import known, no_row, record_table

TABLE = record_table(
    Payments,
    known("party_id", "customers.customer_id", where="direction = 'in'"),
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
