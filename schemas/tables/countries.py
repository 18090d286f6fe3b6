"""The record of countries at rest."""

from schemas.records.countries import Countries
from schemas.table import record_table

TABLE = record_table(
    Countries,
)
