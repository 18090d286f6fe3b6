"""A length of time as a person writes it in a source file: `90 seconds`, `7 days`."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator

UNIT = "(second|minute|hour|day|week)s?"
"""A unit of time as it may be written, and caught."""

SPAN = re.compile(rf"(\d{{1,6}}) {UNIT}")


def length(number: str, unit: str) -> timedelta:
    """So many of a unit.

    Raises ValueError when that is longer than any calendar.
    """
    try:
        return timedelta(**{f"{unit}s": int(number)})
    except OverflowError as error:
        raise ValueError(f"{number} {unit}s are longer than any calendar") from error


def _as_span(text: object) -> object:
    if not isinstance(text, str):
        return text
    match = SPAN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is no span of time; `90 seconds`, `12 hours` and `7 days` are")
    return length(*match.groups())


Span = Annotated[timedelta, BeforeValidator(_as_span)]
