"""A range of days cut into pieces that are taken in one by one."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from tasks.extract.fetching import Window

By = Literal["day", "week", "month"]
"""How long the pieces are: a day, a week from Monday, a calendar month."""

DAY = timedelta(days=1)

WESTERNMOST = timedelta(hours=12)
"""How long after it is over by UTC a day lasts where it lasts longest."""


@dataclass(frozen=True)
class Span:
    """Some days after another, both ends included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> list[date]:
        """Each of its days."""
        return [self.first + DAY * number for number in range((self.last - self.first).days + 1)]

    def over(self, moment: datetime) -> "Span | None":
        """Its days that are over at a moment, wherever on Earth; None where none is."""
        last = min(self.last, (moment.astimezone(UTC) - WESTERNMOST).date() - DAY)
        return Span(self.first, last) if last >= self.first else None

    @property
    def window(self) -> Window:
        """The same as a connector is told it: the end is the first day that is no longer in it."""
        return Window(self.first.isoformat(), (self.last + DAY).isoformat())


def cut(whole: Span, by: By) -> Iterator[Span]:
    """The pieces of a range; the first and the last are shorter where it begins or ends within one."""
    first = whole.first
    while first <= whole.last:
        last = min(_end(first, by), whole.last)
        yield Span(first, last)
        first = last + DAY


def _end(day: date, by: By) -> date:
    match by:
        case "day":
            return day
        case "week":
            return day + DAY * (6 - day.weekday())
        case "month":
            return day.replace(day=monthrange(day.year, day.month)[1])


def is_covered(span: Span, loaded: Iterable[tuple[date, date]]) -> bool:
    """Whether every day of a range lies in what was loaded, in whatever pieces that was."""
    reached = span.first
    for first, last in sorted(loaded):
        if first <= reached <= last:
            reached = last + DAY
    return reached > span.last
