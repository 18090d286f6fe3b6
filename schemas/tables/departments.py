"""The record of departments at rest."""

from schemas.records.departments import Departments
from schemas.table import record_table

TABLE = record_table(
    Departments,
)
