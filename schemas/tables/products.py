"""The record of products at rest."""

from schemas.records.products import Products
from schemas.table import record_table

TABLE = record_table(
    Products,
)
