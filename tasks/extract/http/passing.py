"""What passes by itself, so that asking again is worth it, and how long to wait before."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
"""Seconds; each wait is twice the one before, up to a minute."""

PASSING_STATUSES = frozenset({408, 425, 429, *range(500, 600)}) - {501, 505}
"""Too slow, too early, too often, and a server's own faults but for what it will never learn."""


class Passing(Exception):
    """A server could not answer now; the reason continues a sentence that begins with its address."""

    def __init__(self, reason: str, asked_wait: float | None = None) -> None:
        super().__init__(reason)
        self.asked_wait = asked_wait


def wait_before(attempt: int, chance: float) -> float:
    """How long to wait after the attempt of this number, the first is 1: longer each time, and never all at once."""
    longest: float = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1))
    return longest * (0.5 + chance / 2)


def asked_wait(headers: Mapping[str, str]) -> float | None:
    """How many seconds an answer asks us to wait; None when it does not say, or not so that it can be understood."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal():
        return float(text[:12])
    # A date is compared with the server's own clock, which stands in the same answer; ours may go wrong.
    then, now = _date(text), _date(headers.get("date", ""))
    return max(0.0, (then - now).total_seconds()) if then and now else None


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else None
