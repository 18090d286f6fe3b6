"""The record of expense claims at rest."""

from schemas.records.expense_claims import ExpenseClaims
from schemas.table import known, no_row, record_table

TABLE = record_table(
    ExpenseClaims,
    known("employee_id", "employees.employee_id"),
    known("department_id", "departments.department_id"),
    no_row(
        "claims:one_employee",
        "all lines of a claim are of one employee, in one currency and of one day",
        """
        select claim_id, count(distinct (employee_id, currency_code, claim_date)) as claimants_count
        from {batch}
        group by all
        having count(distinct (employee_id, currency_code, claim_date)) > 1""",
        "warn",
    ),
)
