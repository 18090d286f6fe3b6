"""What each system's files must leave in the record, read back from their own words: text, day and amount."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from operator import itemgetter

from tasks.simulate.expectation import Expectation


class Accepted:
    """The current rows of every system, by the name of its folder."""

    def __init__(self, expectations: Iterable[Expectation]) -> None:
        self._of = {expectation.system.folder: expectation for expectation in expectations}

    def rows(self, folder: str, *columns: str) -> Iterator[tuple[str, ...]]:
        """Some columns of one system's rows, each value as text; what is not there is empty."""
        expectation = self._of[folder]
        # One more than asked for, as a single item would not come in a tuple.
        chosen = itemgetter(*(expectation.columns.index(column) for column in columns), 0)
        for content in expectation.kept.values():
            yield tuple(["" if value is None else str(value) for value in chosen(content)[:-1]])


def amount(text: str) -> Decimal:
    """An amount with a point, or with a comma and points between the thousands."""
    return Decimal(text.replace(".", "").replace(",", ".") if "," in text else text)


@cache
def day(text: str) -> date:
    """A day in the order of its country: 2024-12-31 and 20241231, or 31.12.2024, 31/12/2024 and 31-12-2024."""
    digits = "".join(filter(str.isdigit, text))
    if text[2].isdigit():
        return date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    return date.fromisoformat(f"{digits[4:]}-{digits[2:4]}-{digits[:2]}")
