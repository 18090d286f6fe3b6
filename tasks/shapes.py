"""How texts are written: as numbers with a point or a comma, as days in one order or another, or as neither."""

import re
from collections import Counter
from collections.abc import Iterable

SHAPES: dict[str, str] = {
    "whole number": r"[+-]?\d+",
    "number with a point": r"[+-]?\d*\.\d+",
    "number with a comma": r"[+-]?(?:\d+|\d{1,3}(?:[. \u00a0\u202f]\d{3})+),\d+",
    "number with commas between thousands": r"[+-]?\d{1,3}(?:,\d{3})+\.\d+",
    "day as 2025-12-31": r"\d{4}-\d{1,2}-\d{1,2}",
    "day as 31.12.2025": r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})",
    "day as 31/12/2025": r"\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})",
    "day as 2025/12/31": r"\d{4}/\d{1,2}/\d{1,2}",
    "day as 31-12-2025": r"\d{1,2}-\d{1,2}-\d{4}",
    "day with the name of its month": r"\d{1,2}[ .-]+\p{L}{3,9}\.?[ -]+\d{2,4}",
    "moment as 2025-12-31 23:59": r"\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}.*",
    "moment as 31.12.2025 23:59": r"\d{1,2}\.\d{1,2}\.\d{2,4} +\d{1,2}:\d{2}.*",
    "moment as 31/12/2025 23:59": r"\d{1,2}/\d{1,2}/\d{2,4} +\d{1,2}:\d{2}.*",
    "time of day": r"\d{1,2}:\d{2}(?::\d{2})?",
    "yes or no": r"(?:yes|no|true|false|ja|nein|oui|non|nei)",
    "mail address": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "JSON": r"[\[{].*[\]}]",
}
"""How a value may be written, the narrowest first; what is none of these is text."""

TEXT = "text"

FAMILIES = {"whole number": "number", "number with a point": "number"}
"""Shapes that one column may mix from one delivery to the next: 10 and 10.50 are written alike."""

MOST = 0.9
"""A column has the shape of nine values in ten: single wrong values are refused row by row, and are no change of it."""

# The standard library's expressions have no \p{L}; a letter is a character of a word that is no digit.
_ANY = re.compile(
    "|".join(f"({shape})" for shape in SHAPES.values()).replace(r"\p{L}", r"[^\W\d_]"), re.IGNORECASE | re.DOTALL
)
_NAMES = tuple(SHAPES)


def shape_of(text: str) -> str:
    """How one value is written."""
    met = _ANY.fullmatch(text.strip())
    return _NAMES[met.lastindex - 1] if met and met.lastindex else TEXT


def count_shapes(texts: Iterable[str]) -> Counter[str]:
    """How many of the values are written in each way."""
    fullmatch = _ANY.fullmatch
    counted = Counter(met.lastindex if (met := fullmatch(text.strip())) else None for text in texts)
    return Counter({TEXT if at is None else _NAMES[at - 1]: many for at, many in counted.items()})


def shape_of_column(counted: Counter[str], most: float = MOST) -> str | None:
    """How nearly all values of a column are written, text when they are written in several ways; None without any."""
    total = counted.total()
    if not total:
        return None
    families: Counter[str] = Counter()
    for shape, many in counted.items():
        families[FAMILIES.get(shape, shape)] += many
    family, many = families.most_common(1)[0]
    if many < most * total:
        return TEXT
    members = [shape for shape in counted if FAMILIES.get(shape, shape) == family]
    # 10 beside 10.50 is a number with a point.
    return max(members, key=lambda shape: _NAMES.index(shape) if shape in SHAPES else 0)


def is_alike(one: str, other: str) -> bool:
    """Whether two columns are written alike."""
    return FAMILIES.get(one, one) == FAMILIES.get(other, other)
