"""The record of contacts with customers at rest."""

from schemas.records.interactions import Interactions
from schemas.table import known, record_table

TABLE = record_table(
    Interactions,
    known("customer_id", "customers.customer_id"),
)
