"""What the lines of sold and bought documents have in common: the arithmetic that each of them keeps."""

from decimal import Decimal

import polars as pl


def quantity_has_its_sign() -> pl.Expr:
    """Whether the quantity is positive on an invoice and negative on a credit note."""
    return (pl.col("quantity") != 0) & ((pl.col("quantity") > 0) == (pl.col("document_type") == "invoice"))


def net_amount_adds_up() -> pl.Expr:
    """Whether the net amount is quantity times unit price; half a cent is the most that rounding to it moves."""
    difference = pl.col("quantity") * pl.col("unit_price_amount") - pl.col("net_amount")
    return difference.abs() <= Decimal("0.005")


def tax_is_plausible() -> pl.Expr:
    """Whether the tax is at most half of the net amount: the highest in force is Hungary's 27%."""
    return pl.col("tax_amount").abs() * 2 <= pl.col("net_amount").abs() + Decimal("0.02")
