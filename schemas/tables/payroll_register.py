"""What employees earned, payslip by payslip, and what of it stands on the payroll accounts."""

from schemas.table import no_row, required, table, ties

TABLE = table(
    "finance.payroll_register",
    "one row is a payslip",
    ("payslip_id",),
    required("month", "employee_id", "payment_date", "currency_code", "posted_cost_amount"),
    no_row(
        "net_pay_amount:adds_up",
        "net pay is gross pay less what is kept back, and the employer's cost is gross pay and what is paid on top",
        """
        select payslip_id
        from {batch}
        where
            net_pay_amount <> gross_pay_amount - employee_tax_amount - employee_social_amount
            or employer_cost_amount <> gross_pay_amount + employer_social_amount""",
    ),
    ties(
        "payslips:of_the_record",
        "the register has the payslips of the record up to the as-of date",
        "select payslip_id, gross_pay_amount from {batch}",
        """
        select payslip_id, gross_pay_amount
        from record.payslips cross join core.as_of
        where period_end_date <= as_of_date""",
    ),
)
