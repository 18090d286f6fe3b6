"""The record of budget lines at rest."""

from schemas.records.budget_lines import BudgetLines
from schemas.table import known, no_row, record_table

TABLE = record_table(
    BudgetLines,
    known("department_id", "departments.department_id"),
    no_row(
        "months:planned_once",
        "a plan has one line for an account, a department and a month",
        """
        select budget_id, account_code, department_id, period_start_date, count(*) as lines_count
        from {batch}
        group by all
        having count(*) > 1""",
        "warn",
    ),
)
