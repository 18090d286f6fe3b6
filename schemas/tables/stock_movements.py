"""The record of stock movements at rest."""

from schemas.records.stock_movements import StockMovements
from schemas.table import known, record_table

TABLE = record_table(
    StockMovements,
    known("product_id", "products.product_id"),
)
