"""The record of suppliers at rest."""

from schemas.records.suppliers import Suppliers
from schemas.table import record_table

TABLE = record_table(
    Suppliers,
)
