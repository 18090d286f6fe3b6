"""How well what stands in a column fits what a record's column holds."""

import re
from functools import cache

from schemas.record import Column, Record
from tasks.propose.seen import FEW, MOST, Seen
from tasks.propose.vocabulary import translated

NUMBERS = {"whole number", "number with a point", "number with a comma", "number with commas between thousands"}
DAY = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])[0-3]\d")
CURRENCY = r"[A-Z]{3}"
COUNTRY = r"[A-Z]{2}"
IBAN = r"[A-Z]{2}\d{2} ?[A-Z0-9 ]{8,34}"
PRICED = r"[^\d\w]{0,2}[A-Z]{0,3} ?-?[\d.,  ]+ ?[^\d\w]{0,2}[A-Z]{0,3}"
"""An amount with its currency before or behind it."""

FLAGS = r"(?i)(true|false|yes|no|y|n|t|f|0|1|ja|nein|oui|non|nei|x|j)"

NOTHING_SEEN = 0.6
"""Of an empty column its name alone says what it is."""

CERTAIN = {"email", "iban", "counterparty_iban"}
"""What their contents tell, whatever they are called."""


def fit(seen: Seen, column: Column, record: type[Record]) -> float:
    """How well the values fit, from 0 (they cannot be it) to 1."""
    if not seen.values:
        return NOTHING_SEEN
    if column.type == "VARCHAR":
        return _fit_text(seen, column, record)
    shape = seen.shape or ""
    match column.type:
        case "DATE":
            fits = 1.0 if shape.startswith(("day", "moment")) or seen.all_match(DAY.pattern, MOST) else 0.0
        case "TIMESTAMPTZ":
            fits = 1.0 if shape.startswith("moment") else 0.7 if shape.startswith("day") else 0.0
        case "BOOLEAN":
            fits = 1.0 if seen.all_match(FLAGS, MOST) else 0.0
        case "INTEGER" | "BIGINT":
            fits = 1.0 if shape == "whole number" else 0.0
        case _:
            fits = 1.0 if shape in NUMBERS else 0.7 if seen.all_match(PRICED) else 0.0
    return fits


def _fit_text(seen: Seen, column: Column, record: type[Record]) -> float:
    name, shape = column.name, seen.shape or ""
    patterns = {
        "email": r"[^@\s]+@[^@\s]+\.[^@\s]+", "iban": IBAN, "counterparty_iban": IBAN, "currency_code": CURRENCY,
        "base_currency_code": CURRENCY,
    }  # fmt: skip
    if name in patterns:
        return 1.0 if seen.all_match(patterns[name], MOST) else 0.0
    if name == "country_code":
        return 1.0 if seen.all_match(COUNTRY, MOST) else 0.0
    words = allowed_words(record, name)
    if words:
        return _fit_words(seen, words)
    if shape.startswith(("day", "moment")) or shape in ("mail address", "number with a comma"):
        return 0.0
    if name.endswith(("_id", "_code")) or name == "reference":
        return 0.5 if shape == "JSON" else 1.0
    # A name, a title or a note is in words.
    return 0.3 if shape in NUMBERS else 1.0


def _fit_words(seen: Seen, words: tuple[str, ...]) -> float:
    """A list of words fits as far as its words are known; what is no list may be one only when all of them are."""
    if len(seen.distinct) > FEW:
        return 0.0
    share = len(translated(seen.distinct, words)) / len(seen.distinct)
    if not seen.is_coded:
        return 1.0 if share == 1 else 0.0
    return 0.4 + 0.6 * share if share else 0.3


@cache
def allowed_words(record: type[Record], name: str) -> tuple[str, ...]:
    """The words that the contract allows in a column; none where it lists none."""
    checks = record.to_schema().columns[name].checks
    return tuple(str(word) for check in checks if check.name == "isin" for word in check.statistics["allowed_values"])
