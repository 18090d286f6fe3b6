"""The sales lines of one order system with all that its document says, ready to be written in its own words."""

import polars as pl

from tasks.simulate.company.firm import Firm


def sales_of(firm: Firm, system: str) -> pl.DataFrame:
    """One row a line, by day and document number."""
    documents = firm.orders.documents.filter(pl.col("system") == system)
    lines = firm.orders.lines.join(documents, on="document")
    return lines.sort("day", "document_type", "document_id", "line_no", descending=[False, True, False, False])


def ids_of(firm: Firm, system: str, day: int) -> tuple[str, ...]:
    """The documents of a day."""
    documents = firm.orders.documents.filter((pl.col("system") == system) & (pl.col("day") == day))
    return tuple(documents["document_id"].sort())
