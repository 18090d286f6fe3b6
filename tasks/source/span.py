"""A length of time as a person writes it in a source file: `90 seconds`, `7 days`."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator

SPAN = re.compile(r"(\d{1,6}) (second|minute|hour|day|week)s?")


def as_span(text: object) -> object:
    """The length that is written; what is no text is left to whoever checks its type.

    Raises ValueError when it is no length of time.
    """
    if not isinstance(text, str):
        return text
    match = SPAN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is no span of time; `90 seconds`, `12 hours` and `7 days` are")
    return timedelta(**{f"{match[2]}s": int(match[1])})


Span = Annotated[timedelta, BeforeValidator(as_span)]
