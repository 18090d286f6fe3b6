"""The published tables as a report reads them: in a fixed order, exact, without personal data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import polars as pl

from tasks.errors import UsageError
from warehouse.home import Home
from warehouse.published import Published, open_published

# A page is for a person: a firm with more currencies finds the others in the workbook.
CURRENCIES_SHOWN = 4
# The company's own first, then the busiest; the same on every page, so that the eye finds them in one place.
CURRENCY_ORDER = """
    select currency_code
    from finance.sales_ledger
    group by currency_code
    order by
        currency_code = (select reporting_currency from core.as_of) desc,
        sum(documents_count) desc,
        currency_code
"""


class Figures:
    """Questions to one published version."""

    def __init__(self, published: Published) -> None:
        self._published = published
        query = "select distinct column_name from operations.catalogue where is_personal"
        self._personal = {name for (name,) in self.rows(query)}
        self._currencies = [code for (code,) in self.rows(CURRENCY_ORDER)]

    def frame(self, query: str, *parameters: Any) -> pl.DataFrame:
        """The answer as a frame."""
        answer = pl.from_arrow(self._published.ask(query, parameters))
        assert isinstance(answer, pl.DataFrame)
        return answer

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """The answer as rows; the query says their order."""
        return self.frame(query, *parameters).rows()

    def row(self, query: str, *parameters: Any) -> tuple[Any, ...]:
        """The one row of a total."""
        return self.frame(query, *parameters).row(0)

    def sheet(self, table: str, order: str, without: tuple[str, ...] = (), where: str = "true") -> pl.DataFrame:
        """A whole table for the workbook: personal columns stay behind, and so do moments of this machine's clock."""
        frame = self.frame(f"select * from {table} where {where} order by {order}, columns(*)")
        clocks = {name for name, kind in frame.schema.items() if isinstance(kind, pl.Datetime)}
        return frame.select(name for name in frame.columns if name not in {*self._personal, *clocks, *without})

    def currencies(self, table: str) -> list[str]:
        """The currencies of a table that a page shows, in the order of every page."""
        return [code for (code,) in self.by_currency(f"select distinct currency_code from {table}")]

    def by_currency(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """One row for each currency that a page shows; the query's first column is the currency."""
        rows = {row[0]: row for row in self.rows(query, *parameters)}
        order = [*(code for code in self._currencies if code in rows), *sorted(rows.keys() - {*self._currencies})]
        return [rows[code] for code in order[:CURRENCIES_SHOWN]]


@contextmanager
def open_figures(home: Home) -> Iterator[Figures]:
    """Open what is published, or say that nothing is."""
    if not home.published.exists():
        raise UsageError(
            f"nothing is published in {home.root} yet, so there is nothing to report: run the business day first"
        )
    with open_published(home) as published:
        yield Figures(published)
