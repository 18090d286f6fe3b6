"""The record of cases at rest."""

from schemas.records.tickets import Tickets
from schemas.table import known, record_table

TABLE = record_table(
    Tickets,
    known("customer_id", "customers.customer_id"),
)
