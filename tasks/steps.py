"""The steps of a mapping's SQL: each cast is tried once, in a select of its own, with the answer to whether it failed.

An expression with three casts of one column would otherwise be evaluated a dozen times for every row.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from tasks.extract.formats.text import ROW
from warehouse.mapper import SOURCE_ROWS
from warehouse.tables import literal


@dataclass(frozen=True)
class Step:
    """A value that is tried: its column's name, its SQL, when it is lost, and after how many others it comes."""

    name: str
    sql: str
    is_lost: str
    level: int


def lost_in(names: Iterable[str]) -> str | None:
    """The condition under which one of these steps lost its value."""
    conditions = " or ".join(f"{name}_lost" for name in dict.fromkeys(names))
    return f"({conditions})" if conditions else None


def _prefix(columns: Iterable[str]) -> str:
    """How the names of steps begin: as no column of the source does."""
    taken = [name.lower() for name in columns]
    prefix = "_step_"
    while any(name.startswith(prefix) for name in taken):
        prefix = f"_{prefix}"
    return prefix


class Steps:
    """The steps that a mapping needs, each once."""

    def __init__(
        self, lookups: Mapping[str, Mapping[str, str]], columns: Iterable[str], type_of: Callable[[str, str], str]
    ) -> None:
        self._lookups = lookups
        self._type_of = type_of
        self._steps: dict[str, Step] = {}
        self._prefix = _prefix(columns)

    def relation(self) -> str:
        """The source's rows with every step's value and whether it was lost, as a relation of SQL."""
        relation = SOURCE_ROWS
        for level in range(1, max((step.level for step in self._steps.values()), default=0) + 1):
            steps = [step for step in self._steps.values() if step.level == level]
            values = ", ".join(f"{step.sql} as {step.name}" for step in steps)
            losses = ", ".join(f"coalesce({step.is_lost}, false) as {step.name}_lost" for step in steps)
            relation = f"(select *, {losses} from (select *, {values} from {relation}))"
        return relation

    def rewritten(self, expression: exp.Expression) -> tuple[str, list[str]]:
        """The expression as SQL over the relation, and the names of the steps that it takes."""
        tried: list[str] = []
        return self._rewrite(expression.copy(), tried).sql("duckdb"), tried

    def cast(self, value: str, to: str) -> str:
        """The step that casts text; text that is no such value, or not exactly, is lost."""
        tried = _tried(value, to)
        return self._add(tried, lambda name: _failed(value, name, to), value)

    def narrow(self, value: str, given: str, to: str) -> str:
        """The step that casts a value of another type; one that does not fit, or would be rounded, is lost."""
        return self._add(f"try_cast({value} as {to})", lambda name: _narrowed(value, name, given, to), value)

    def _rewrite(self, node: exp.Expression, tried: list[str]) -> exp.Expression:
        """From the leaves up, so that what is tried holds only what has been rewritten."""
        for child in list(node.iter_expressions()):
            child.replace(self._rewrite(child, tried))
        if isinstance(node, exp.Column):
            return exp.column(exp.to_identifier(node.name, quoted=node.name != ROW))
        if isinstance(node, exp.Anonymous) and node.name.lower() == "lookup":
            return self._taken(self._look_up(node), tried)
        if isinstance(node, exp.Cast) and not isinstance(node, exp.TryCast):
            return self._taken(self._cast(node.this, node.args["to"].sql("duckdb")), tried)
        if isinstance(node, exp.StrToTime):
            return self._taken(self._parse_time(node), tried)
        return node

    def _taken(self, step: str, tried: list[str]) -> exp.Expression:
        tried.append(step)
        return exp.column(step)

    def _cast(self, inner: exp.Expression, to: str) -> str:
        value = inner.sql("duckdb")
        given = "VARCHAR" if self._is_text(inner) else self._type_of(value, self.relation())
        return self.cast(value, to) if given == "VARCHAR" else self.narrow(value, given, to)

    def _is_text(self, inner: exp.Expression) -> bool:
        is_own = inner.name == ROW or inner.name.startswith(self._prefix)
        return inner.is_string or (isinstance(inner, exp.Column) and not is_own)

    def _look_up(self, node: exp.Anonymous) -> str:
        pairs = self._lookups[node.expressions[0].name].items()
        entries = ", ".join(f"{literal(key)}: {literal(value)}" for key, value in pairs)
        key = node.expressions[1].sql("duckdb")
        return self._add(f"map_extract_value(map {{{entries}}}, {key})", lambda name: _missing(key, name), key)

    def _parse_time(self, node: exp.StrToTime) -> str:
        text = node.this.sql("duckdb")
        pattern = literal(node.text("format"))
        return self._add(f"try_strptime({text}, {pattern})", lambda name: _parsed(text, name), text)

    def _add(self, sql: str, is_lost: Callable[[str], str], inner: str) -> str:
        if sql not in self._steps:
            name = f"{self._prefix}{len(self._steps) + 1}"
            before = [step.level for step in self._steps.values() if re.search(rf"\b{step.name}\b", inner)]
            self._steps[sql] = Step(name, sql, is_lost(name), 1 + max(before, default=0))
        return self._steps[sql].name


DAY = r"\s*\d{4}([-/])\d{1,2}([-/])\d{1,2}"
CLOCK = r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d{1,6}0*)?)?"
OFFSET = r" ?(Z|UTC|[+-]\d{2}(:?\d{2})?)"

USUAL_DAY = "strlen({text}) = 10"
USUAL_MOMENT = "{text} like '____-__-_____:__:__'"
"""A quick look that most texts pass, so that the others alone are held against a pattern."""

UTC = "make_timestamptz(epoch_us(try_cast({text} as timestamp)))"

TRIED = {
    # Through a timestamp, which reads to the end of the text: the cast to a date is content with `2024-01-01x`.
    "DATE": "cast(try_cast({text} as timestamp) as date)",
    # Without an offset it is UTC, and read without asking the calendar of time zones, which costs as much as all other
    # casts of a line together. With the name of a zone it is not read at all: DuckDB would read the rows after it in
    # that zone too.
    "TIMESTAMPTZ": f"case when {USUAL_MOMENT} then {{utc}} "
    f"when regexp_full_match({{text}}, {literal(DAY + CLOCK + OFFSET)}) then try_cast({{text}} as timestamptz) "
    f"when regexp_full_match({{text}}, {literal(f'{DAY}({CLOCK})?')}) then {{utc}} end",
}
"""How text is cast to a type for which `try_cast` alone is too lenient or too slow."""

SHAPES = {
    # A time of day is no part of a day; midnight is how many systems write none.
    "DATE": (USUAL_DAY, rf"{DAY}([ T]00:00(:00(\.0+)?)?)?\s*"),
    # An offset that were dropped would move the moment.
    "TIMESTAMP": (USUAL_MOMENT, rf"{DAY}({CLOCK})?\s*"),
}
"""How days and moments are written whose cast reads more than that."""

INTEGER = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|U?INT\d+")


def _tried(text: str, to: str) -> str:
    if to == "TIMESTAMPTZ":
        return TRIED[to].replace("{utc}", UTC).replace("{text}", text)
    return TRIED.get(to, f"try_cast({{text}} as {to})").replace("{text}", text)


def _missing(value: str, tried: str) -> str:
    return f"(({value}) is not null and {tried} is null)"


def _unlikely(value: str, tried: str, of: str) -> str:
    """A year of two digits read as one of the first century, `infinity`, or a date before Christ."""
    missing = _missing(value, tried)
    return f"({missing} or {tried} < {of} '1000-01-01' or {tried} >= {of} '10000-01-01')"


def _parsed(text: str, tried: str) -> str:
    """DuckDB takes `infinity` for the first moment of 1900, whatever the format."""
    return f"({_unlikely(text, tried, 'timestamp')} or not regexp_matches({text}, '[0-9]'))"


def _failed(text: str, tried: str, to: str) -> str:
    """The text is there, but is no such value, or not exactly: `12.5` is no INTEGER, `1e-7` no amount of money.

    A `case` stops at what is true first; `and` and `or` would try every test on every row.
    """
    if to == "TIMESTAMPTZ":
        return _unlikely(text, tried, to)
    if to in SHAPES:
        quick, shape = SHAPES[to]
        return (
            f"case when {_unlikely(text, tried, to)} then true when {quick.replace('{text}', text)} then false "
            f"else not regexp_full_match({text}, {literal(shape)}) end"
        )
    decimals = _decimals(to)
    if decimals is None:
        return _missing(text, tried)
    # DuckDB also reads 1e3, 1_000, and as whole numbers 0x10 and 0b11; nobody's books are written so.
    shape = literal(rf"\s*[-+]?\d*(\.\d{{0,{decimals}}}0*)?\s*")
    # Most numbers begin as they would be written back, `12.5` as 12.5000, and are then what they say.
    return (
        f"case when starts_with({tried}::varchar, {text}) then false when {tried} is null then {text} is not null "
        f"else not regexp_full_match({text}, {shape}) end"
    )


def _decimals(to: str) -> int | None:
    """How many decimals the type holds; None for a type that is no exact number."""
    if INTEGER.fullmatch(to):
        return 0
    scale = re.fullmatch(r"DECIMAL(?:\((\d+)(?:, ?(\d+))?\))?", to)
    if scale is None:
        return None
    # As DuckDB has it: a decimal is a DECIMAL(18, 3), a decimal(10) has no decimals.
    return int(scale[2] or 0) if scale[1] else 3


def _narrowed(value: str, tried: str, given: str, to: str) -> str:
    is_number = given.startswith("DECIMAL") or given in {"DOUBLE", "FLOAT", "HUGEINT"}
    missing = _missing(value, tried)
    if not is_number or _decimals(to) is None:
        return missing
    return f"({missing} or coalesce(({value}) <> {tried}, false))"
