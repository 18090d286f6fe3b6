"""Naming the right word when a wrong one was written."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(wrong: str, right: Iterable[str]) -> str:
    """`; did you mean 'quantity'?` for the nearest right name, or nothing when none is near."""
    by_lower = {name.lower(): name for name in right}
    close = get_close_matches(wrong.lower(), by_lower, n=1, cutoff=0.6)
    return f"; did you mean {by_lower[close[0]]!r}?" if close else ""
