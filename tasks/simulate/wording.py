"""How systems write amounts, days and moments as text."""

import polars as pl


def money(cents: str, decimal: str = ".", thousands: bool = False) -> pl.Expr:
    """A column of cents as text with two decimals, exact."""
    whole = (pl.col(cents).abs() // 100).cast(pl.String)
    if thousands:
        whole = whole.str.replace(r"^(\d+)(\d{3})$", "${1}.${2}")
    sign = pl.when(pl.col(cents) < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    return pl.concat_str(sign, whole, pl.lit(decimal), (pl.col(cents).abs() % 100).cast(pl.String).str.zfill(2))


def day(column: str, pattern: str = "%Y-%m-%d") -> pl.Expr:
    """A day as text."""
    return pl.col(column).dt.strftime(pattern)


def moment(column: str, pattern: str = "%Y-%m-%dT%H:%M:%SZ") -> pl.Expr:
    """A moment as text."""
    return pl.col(column).dt.strftime(pattern)


def amount_of(cents: int, decimal: str = ".") -> str:
    """One amount of cents as text with two decimals, exact."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}{decimal}{abs(cents) % 100:02d}"
