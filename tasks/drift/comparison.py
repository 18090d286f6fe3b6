"""A delivery beside those before it, as every rule of drift gets them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from tasks.drift.finding import Finding
from tasks.drift.words import KnownColumns
from tasks.extract.days import day_of
from tasks.source import Source
from tasks.source.drift import On
from warehouse.profiles import ColumnProfile, PastDelivery

DEVIATION = 1.4826
"""What makes of the middle distance from the middle a standard deviation; single odd deliveries do not move it."""


@dataclass(frozen=True)
class Delivered:
    """A delivery that is being loaded."""

    file_name: str
    columns: dict[str, ColumnProfile]
    rows: int
    has_open_columns: bool
    """Whether each row names its own columns, so that one that is not there is only empty."""

    @property
    def day(self) -> date | None:
        """The day that its name carries; when it happened to arrive says nothing of how much it should hold."""
        return day_of(self.file_name)


@dataclass(frozen=True)
class Comparison:
    """A delivery and those of its source before it, the newest last."""

    source: Source
    known: KnownColumns
    delivered: Delivered
    before: Sequence[PastDelivery]

    def finding(
        self,
        on: On,
        column: str | None,
        change: str,
        text: str,
        *,
        usual: str | None = None,
        found: str | None = None,
    ) -> list[Finding]:
        """What was found, with the weight that the source's file gives it; none where it is to be ignored."""
        if on == "ignore":
            return []
        name = self.delivered.file_name
        severity: str = on
        if on == "stop":
            accepted = any(fnmatchcase(name, pattern) for pattern in self.source.drift.accepted)
            severity = "accepted" if accepted else "stop"
            text += "" if accepted else f"; nothing of it was loaded: {self._after()}"
        return [Finding(self.source.source, name, column, change, severity, text, usual, found)]

    def _after(self) -> str:
        name = self.source.source
        replay = f"countinghouse quarantine replay --source {name}"
        return f"have it delivered anew, or accept it under drift in sources/{name}.yml and run {replay}"

    def had(self, column: str) -> list[ColumnProfile]:
        """The column in each delivery before that had it, and any row."""
        profiles = (past.columns.get(column) for past in self.before if past.rows)
        return [profile for profile in profiles if profile is not None and profile.rows]

    @property
    def last(self) -> PastDelivery | None:
        """The delivery before it."""
        return self.before[-1] if self.before else None


def most_usual(words: Sequence[str]) -> tuple[str, int]:
    """The word that stands most often, and how often."""
    ((word, times),) = Counter(words).most_common(1)
    return word, times


def percent(share: float) -> str:
    """A share as people say it: 12 %."""
    return f"{100 * share:.0f} %" if share in (0, 1) or 0.01 <= share <= 0.99 else f"{100 * share:.1f} %"


def listed(words: Sequence[str], most: int = 5) -> str:
    """Some words, and how many more there are."""
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return ", ".join(words[:most]) + more


def deliveries(number: int) -> str:
    """`the delivery before`, or `the 7 deliveries before`."""
    return "the delivery before" if number == 1 else f"the {number} deliveries before"
