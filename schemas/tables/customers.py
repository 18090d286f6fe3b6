"""The record of customers at rest."""

from schemas.records.customers import Customers
from schemas.table import record_table

TABLE = record_table(
    Customers,
)
