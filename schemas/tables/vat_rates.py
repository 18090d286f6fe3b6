"""The record of rates of value added tax at rest."""

from schemas.records.vat_rates import VatRates
from schemas.table import record_table

TABLE = record_table(
    VatRates,
)
