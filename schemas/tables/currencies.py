"""The record of currencies at rest."""

from schemas.records.currencies import Currencies
from schemas.table import record_table

TABLE = record_table(
    Currencies,
)
