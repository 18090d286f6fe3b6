"""From a guess to the SQL of a mapping: dates in their order, numbers with their mark, words by a lookup."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.records import RECORDS
from tasks.propose.fitting import COUNTRY, DAY, PRICED, allowed_words
from tasks.propose.guess import Guess
from tasks.propose.seen import MOST, Seen
from tasks.propose.vocabulary import translated
from tasks.shapes import shape_of
from tasks.source.expression import parse_expression
from warehouse.tables import identifier

MONTHS = re.compile(r"\d{1,2}([ .-]+)[^\W\d_]{3}(\.?)[ -]+(\d{2,4})")


@dataclass(frozen=True)
class Written:
    """The SQL of a column, what a person must know of it, and the words that it looks up."""

    sql: str
    notes: tuple[str, ...] = ()
    lookup: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    """Words of the lookup whose meaning is not known."""


def quoted(name: str) -> str:
    """A source's column as SQL: bare where that means the column, else in quotes."""
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        try:
            expression = parse_expression(name, {})
        except ValueError:
            return identifier(name)
        # `order` or `date` bare would be read as something else.
        if expression.key == "column" and expression.name == name and name.lower() not in RESERVED:
            return name
    return identifier(name)


RESERVED = {
    "order", "group", "table", "date", "day", "time", "text", "case", "select", "from", "to", "end", "desc", "position",
    "at", "by", "no", "type", "timestamp", "value", "values", "user", "left", "right", "all", "any", "month", "year",
} - {"type"}  # fmt: skip


def written(guess: Guess, record: str) -> Written:
    """The SQL that makes the record's column of the file's."""
    name = quoted(guess.seen.name)
    words = allowed_words(RECORDS[record], guess.column.name)
    if words:
        return _looked_up(guess.seen, name, guess.column.name, words)
    match guess.column.type:
        case "DATE":
            return _as_day(guess.seen, name)
        case "TIMESTAMPTZ":
            return _as_moment(guess.seen, name)
        case "BOOLEAN":
            return _as_flag(guess.seen, name, guess.column.name)
        case "VARCHAR":
            return _as_text(guess.seen, name, guess.column.name)
    return Written(number(guess.seen, name))


def number(seen: Seen, name: str) -> str:
    """A number in plain digits with a point."""
    if seen.shape == "number with a comma":
        has_thousands = any("." in value for value in seen.values)
        spaced = any(re.search(r"[ \u00a0\u202f]", value.strip()) for value in seen.values)
        plain = f"regexp_replace({name}, '[ \\x{{a0}}\\x{{202f}}]', '', 'g')" if spaced else name
        plain = f"replace({plain}, '.', '')" if has_thousands else plain
        return f"replace({plain}, ',', '.')"
    if seen.shape == "number with commas between thousands":
        return f"replace({name}, ',', '')"
    if seen.shape == "text" and seen.all_match(PRICED):
        bare = f"regexp_replace({name}, '[^0-9.,-]', '', 'g')"
        is_comma = any(re.search(r",\d{1,2}\D*$", value) for value in seen.values)
        return f"replace(replace({bare}, '.', ''), ',', '.')" if is_comma else f"replace({bare}, ',', '')"
    return name


def _as_text(seen: Seen, name: str, column: str) -> Written:
    if column.endswith("_id") and seen.values and seen.all_match(r"\d+\.0", 1.0):
        return Written(f"regexp_replace({name}, '\\.0$', '')", ("a number that went through a spreadsheet",))
    if column == "country_code" and not seen.all_match(COUNTRY, MOST):
        return Written(name, ("names of countries: say the code of each in a lookup",))
    if any(value != value.strip() for value in seen.values):
        return Written(f"trim({name})", ("some have blanks around them",))
    return Written(name)


def _as_flag(seen: Seen, name: str, column: str) -> Written:
    if seen.all_match(r"(?i)true|false|0|1|t|f|yes|no|y|n", 1.0):
        return Written(name)
    return _looked_up(seen, name, column, ["true", "false"])


def _looked_up(seen: Seen, name: str, column: str, words: Sequence[str]) -> Written:
    values = [value for value in seen.distinct if value.strip()]
    if set(values) <= set(words):
        return Written(name)
    if {value.lower() for value in values} <= set(words):
        return Written(f"lower({name})")
    known = translated(values, words)
    unknown = tuple(value for value in values if value not in known)
    notes = ("of " + ", ".join(words),) if unknown else ()
    return Written(f"lookup('{column}', {name})", notes, known, unknown)


def _as_day(seen: Seen, name: str) -> Written:
    shape = seen.shape or ""
    if shape.startswith("moment as 2025"):
        return Written(f"cast({name} as timestamp)")
    if shape in ("day as 2025-12-31", "day as 2025/12/31") or not seen.values:
        return Written(name)
    if seen.all_match(DAY.pattern, MOST):
        return Written(f"strptime({name}, '%Y%m%d')")
    pattern, notes = _pattern(seen)
    return Written(f"strptime({name}, '{pattern}')", notes)


def _as_moment(seen: Seen, name: str) -> Written:
    shape = seen.shape or ""
    zone = "no zone stands in it, so it is taken for UTC: else `cast(...) at time zone 'Europe/Berlin'`"
    if shape.startswith(("moment as 2025", "day as 2025")) or not seen.values:
        has_offset = seen.all_match(r".*(Z|[+-]\d{2}:?\d{2})")
        return Written(name, () if has_offset or not seen.values else (zone,))
    pattern, notes = _pattern(seen)
    return Written(f"strptime({name}, '{pattern}')", (*notes, zone))


def _pattern(seen: Seen) -> tuple[str, tuple[str, ...]]:
    """How days and moments are written that do not begin with the year, and whether their order can be told."""
    first = next((value.strip() for value in seen.values if shape_of(value) == seen.shape), seen.values[0].strip())
    named = MONTHS.match(first)
    if named:
        year = "%Y" if len(named[3]) == 4 else "%y"
        return f"%d{named[1]}%b{named[2]}{first[named.start(3) - 1]}{year}", ()
    mark = next((letter for letter in first if letter in "./-"), ".")
    parts = [re.match(rf"(\d+){re.escape(mark)}(\d+){re.escape(mark)}(\d+)", value.strip()) for value in seen.values]
    there = [part for part in parts if part]
    one, two = max((int(part[1]) for part in there), default=0), max((int(part[2]) for part in there), default=0)
    year = "%Y" if there and len(there[0][3]) == 4 else "%y"
    is_month_first = two > 12 >= one
    notes = () if max(one, two) > 12 or mark == "." else (
        "no day is after the 12th, so day and month may be the other way round",
    )  # fmt: skip
    day = f"%m{mark}%d{mark}{year}" if is_month_first else f"%d{mark}%m{mark}{year}"
    return day + _clock(first), notes


def _clock(first: str) -> str:
    clock = re.search(r"([ T]+)\d{1,2}:\d{2}(:\d{2})?( ?[AaPp][Mm])?$", first)
    if clock is None:
        return ""
    hours = "%I" if clock[3] else "%H"
    return f"{clock[1]}{hours}:%M{':%S' if clock[2] else ''}{' %p' if clock[3] and clock[3][0] == ' ' else ''}" + (
        "%p" if clock[3] and clock[3][0] != " " else ""
    )
