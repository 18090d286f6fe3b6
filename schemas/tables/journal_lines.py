"""The record of journals kept elsewhere at rest."""

from schemas.records.journal_lines import JournalLines
from schemas.table import known, record_table

TABLE = record_table(
    JournalLines,
    known("tax_code", "tax_codes.tax_code"),
)
