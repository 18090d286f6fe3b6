"""The record of fixed assets at rest."""

from schemas.records.fixed_assets import FixedAssets
from schemas.table import record_table

TABLE = record_table(
    FixedAssets,
)
