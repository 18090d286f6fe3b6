"""The catalogue: products and their prices in an SQLite file."""

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

ARTICLES = ("sextant", "barometer", "compass", "chronometer", "lead line", "telescope", "log book", "signal lamp")
PRICES = {f"A{number:02}": Decimal(15 * number) + Decimal("0.50") for number in range(1, len(ARTICLES) + 1)}
"""What one piece costs, by article."""


class Catalogue:
    """The file, which a program of the firm writes."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def environment(self) -> dict[str, str]:
        """Where the file is."""
        return {"DEMO_CATALOGUE": str(self._file)}

    def live(self, _day: date) -> dict[str, int]:
        """All articles first; then a price goes up, and an article is given up."""
        is_new = not self._file.exists()
        with closing(sqlite3.connect(self._file)) as connection, connection:
            if is_new:
                connection.execute("create table articles (article text primary key, name text, price text)")
                rows = [(article, name, str(PRICES[article])) for article, name in zip(PRICES, ARTICLES, strict=True)]
                connection.executemany("insert into articles values (?, ?, ?)", rows)
                return {"articles": len(rows)}
            connection.execute("update articles set price = '18.50' where article = 'A01'")
            connection.execute("delete from articles where article = 'A08'")
        return {"articles": 1, "articles given up": 1}
