"""The record of exchange rates at rest."""

from schemas.records.exchange_rates import ExchangeRates
from schemas.table import record_table

TABLE = record_table(
    ExchangeRates,
)
