"""The sales tax of each month and currency: what customers were charged and what suppliers and receipts asked for."""

import polars as pl

from tasks.simulate.company.expenses import Expense


def monthly_tax(invoices: pl.DataFrame, expenses: list[Expense]) -> pl.DataFrame:
    """One row a month and currency; output and input tax in cents."""
    documents = invoices.select("currency_code", "direction", "tax", month=pl.col("document_date").dt.month_start())
    receipts = pl.DataFrame(
        [("EUR", "payable", line.tax, line.claim_date.replace(day=1)) for line in expenses],
        schema={"currency_code": pl.String, "direction": pl.String, "tax": pl.Int64, "month": pl.Date},
        orient="row",
    )
    of = {"output": "receivable", "input": "payable"}
    return (
        pl.concat([documents, receipts])
        .group_by("month", "currency_code")
        .agg(**{name: pl.col("tax").filter(direction=direction).sum() for name, direction in of.items()})
        .sort("month", "currency_code")
    )
