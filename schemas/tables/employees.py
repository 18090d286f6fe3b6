"""The record of employees at rest."""

from schemas.records.employees import Employees
from schemas.table import known, record_table

TABLE = record_table(
    Employees,
    known("department_id", "departments.department_id"),
)
