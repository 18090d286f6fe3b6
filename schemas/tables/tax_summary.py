"""Taxes on sales and purchases, by month and code."""

from schemas.table import no_row, required, table

TABLE = table(
    "finance.tax_summary",
    "one row is a month and tax code, with what was sold and bought under it and the tax on both",
    ("month", "tax_code"),
    required("sales_net_amount", "purchases_net_amount", "output_tax_amount", "input_tax_amount", "settled_amount"),
    no_row(
        "tax_due_amount:adds_up",
        "the tax due is output tax less input tax",
        "select month, tax_code from {batch} where tax_due_amount <> output_tax_amount - input_tax_amount",
        column="tax_due_amount",
    ),
)
