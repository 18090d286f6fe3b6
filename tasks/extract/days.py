"""The day that a file's name carries, by which its deliveries are counted and asked for."""

import re
from datetime import date

# A number of other digits beside it is an order's, not a day's.
DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-_.]?)(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<day>[0-3]\d)(?!\d)"
)
OTHER_ORDER = re.compile(
    r"(?<!\d)(?P<day>[0-3]\d)(?P<mark>[-_.])(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)"
)


def day_of(name: str) -> date | None:
    """The day in a file's name: `till_2025-03-31.csv`, `20250331.csv`, `31.03.2025.csv`; None where there is none."""
    for pattern in (DAY, OTHER_ORDER):
        for met in pattern.finditer(name):
            try:
                return date(int(met["year"]), int(met["month"]), int(met["day"]))
            except ValueError:
                # 2025-02-31 is no day, and so no name of one.
                continue
    return None
