"""The register of letters at rest."""

from schemas.records.documents import Documents
from schemas.table import known, record_table

TABLE = record_table(
    Documents,
    known("responsible_id", "employees.employee_id"),
)
