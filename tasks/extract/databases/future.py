"""Moments that lie in the future: a mistyped year in one row is not where its table has been read to."""

import re
from datetime import datetime, timedelta

MOMENT = re.compile(r"(\d{4,})-\d\d-\d\d")

ZONES = timedelta(days=1)
"""How far a database without zones, or with another clock, may seem to be ahead of ours."""


def is_ahead(value: str, asked_at: datetime) -> bool:
    """Whether a cursor's value is a day, or a moment on one, that has not come yet in any zone."""
    moment = MOMENT.match(value)
    if moment is None:
        return False
    return len(moment[1]) > 4 or moment[0] > (asked_at + ZONES).date().isoformat()
