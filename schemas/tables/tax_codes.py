"""The record of tax codes at rest."""

from schemas.records.tax_codes import TaxCodes
from schemas.table import record_table

TABLE = record_table(
    TaxCodes,
)
