"""What employees claimed, by month and category, and what of it is paid back."""

from schemas.table import no_row, one_of, required, table, ties

TABLE = table(
    "finance.expense_report",
    "one row is what an employee claimed in a month for a category, by whether it is paid back",
    ("month", "employee_id", "category_code", "currency_code", "status"),
    required("claims_count", "net_amount", "tax_amount", "gross_amount"),
    one_of("status", ["paid", "partly paid", "open"]),
    no_row(
        "gross_amount:adds_up",
        "what was claimed is the amount without tax and the tax",
        "select month, category_code from {batch} where gross_amount <> net_amount + tax_amount",
        column="gross_amount",
    ),
    ties(
        "totals:tied_to_record",
        "the report comes to the lines of the record's claims up to the as-of date",
        "select employee_id, currency_code, sum(gross_amount) as gross_amount from {batch} group by all",
        """
        select employee_id, currency_code, sum(gross_amount) as gross_amount
        from record.expense_claims cross join core.as_of
        where coalesce(claim_date, expense_date) <= as_of_date
        group by all""",
    ),
)
