"""The record of the heads of journal entries at rest."""

from schemas.records.journals import Journals
from schemas.table import record_table

TABLE = record_table(
    Journals,
)
