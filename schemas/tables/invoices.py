"""The record of invoices at rest."""

from schemas.records.invoices import Invoices
from schemas.table import known, record_table

TABLE = record_table(
    Invoices,
    known("party_id", "customers.customer_id", where="direction = 'receivable'"),
)
