"""The record of payslips at rest."""

from schemas.records.payslips import Payslips
from schemas.table import known, no_row, record_table

TABLE = record_table(
    Payslips,
    known("employee_id", "employees.employee_id"),
    known("department_id", "departments.department_id"),
    no_row(
        "periods:paid_once",
        "an employee has one payslip for a period",
        """
        select employee_id, period_start_date, count(*) as payslips_count
        from {batch}
        group by all
        having count(*) > 1""",
        "warn",
    ),
)
