"""How many rows a delivery has, beside what is usual."""

from math import exp, log, log1p
from statistics import median

from tasks.drift.comparison import DEVIATION, Comparison
from tasks.drift.finding import Finding
from tasks.extract.days import day_of
from tasks.source import FilesExtract

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

OF_A_WEEKDAY = 4
"""Deliveries of the same weekday that must have come before, for a Saturday to be held against Saturdays."""

SPREADS = 4.0
"""How many times the usual spread a delivery must be away: one in some ten thousand is, where nothing is wrong."""


def volume_out_of_range(one: Comparison) -> list[Finding]:
    """Many more or many fewer rows than usual, beyond what deliveries differ by themselves."""
    rules = one.source.drift.volume
    # What has to be asked gives as many rows as there are since it was asked last: there is no usual.
    if not isinstance(one.source.extract, FilesExtract) or len(one.before) < rules.deliveries:
        return []
    rows, whose = _usual(one)
    middle = median(log1p(count) for count in rows)
    spread = DEVIATION * median(abs(log1p(count) - middle) for count in rows)
    away = log1p(one.delivered.rows) - middle
    if abs(away) <= max(log(rules.factor), SPREADS * spread):
        return []
    usual = f"{round(exp(middle) - 1):,}"
    held = f"{one.delivered.rows:,} rows" if one.delivered.rows else "no row"
    return one.finding(
        rules.on, None, "volume",
        f"holds {held}, where {len(rows)} deliveries before{whose} held {usual} in the middle, {min(rows):,} to "
        f"{max(rows):,}; see whether it is of another period, or cut off",
        usual=usual, found=f"{one.delivered.rows:,}",
    )  # fmt: skip


def _usual(one: Comparison) -> tuple[list[int], str]:
    """The rows of the deliveries before; of those of the same weekday where there are enough."""
    day = one.delivered.day
    if day is not None:
        days = [(day_of(past.file_name), past.rows) for past in one.before]
        same = [rows for of, rows in days if of is not None and of.weekday() == day.weekday()]
        if len(same) >= OF_A_WEEKDAY:
            return same, f" of a {WEEKDAYS[day.weekday()]}"
    return [past.rows for past in one.before], ""
