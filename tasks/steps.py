"""The steps of a mapping's SQL: each cast is tried once, in a select of its own, with the answer to whether it failed.

An expression with three casts of one column would otherwise be evaluated a dozen times for every row.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from tasks.extract.text import ROW
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


class Steps:
    """The steps that a mapping needs, each once."""

    def __init__(self, lookups: Mapping[str, Mapping[str, str]]) -> None:
        self._lookups = lookups
        self._steps: dict[str, Step] = {}

    def relation(self) -> str:
        """The source's rows with every step's value and whether it was lost, as a relation of SQL."""
        relation = SOURCE_ROWS
        for level in range(1, max((step.level for step in self._steps.values()), default=0) + 1):
            steps = [step for step in self._steps.values() if step.level == level]
            values = ", ".join(f"{step.sql} as {step.name}" for step in steps)
            losses = ", ".join(f"{step.is_lost} as {step.name}_lost" for step in steps)
            relation = f"(select *, {losses} from (select *, {values} from {relation}))"
        return relation

    def rewritten(self, expression: exp.Expression) -> tuple[str, list[str]]:
        """The expression as SQL over the relation, and the names of the steps that it takes."""
        tried: list[str] = []
        return self._rewrite(expression.copy(), tried).sql("duckdb"), tried

    def cast(self, value: str, to: str) -> str:
        """The step that casts text; text that is no such value, or not exactly, is lost."""
        tried = _instant(value) if to == "TIMESTAMPTZ" else f"try_cast({value} as {to})"
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
            return self._taken(self.cast(node.this.sql("duckdb"), node.args["to"].sql("duckdb")), tried)
        if isinstance(node, exp.StrToTime):
            return self._taken(self._parse_time(node), tried)
        return node

    def _taken(self, step: str, tried: list[str]) -> exp.Expression:
        tried.append(step)
        return exp.column(step)

    def _look_up(self, node: exp.Anonymous) -> str:
        pairs = self._lookups[node.expressions[0].name].items()
        entries = ", ".join(f"{literal(key)}: {literal(value)}" for key, value in pairs)
        key = node.expressions[1].sql("duckdb")
        return self._add(f"map_extract_value(map {{{entries}}}, {key})", lambda name: _missing(key, name), key)

    def _parse_time(self, node: exp.StrToTime) -> str:
        text = node.this.sql("duckdb")
        pattern = literal(node.text("format"))
        return self._add(f"try_strptime({text}, {pattern})", lambda name: _missing(text, name), text)

    def _add(self, sql: str, is_lost: Callable[[str], str], inner: str) -> str:
        if sql not in self._steps:
            name = f"_step_{len(self._steps) + 1}"
            before = [step.level for step in self._steps.values() if re.search(rf"\b{step.name}\b", inner)]
            self._steps[sql] = Step(name, sql, is_lost(name), 1 + max(before, default=0))
        return self._steps[sql].name


def _instant(text: str) -> str:
    """A moment from text; without an offset it is UTC.

    The usual form without an offset, `2024-07-01 10:00:00`, is read without asking the calendar of time zones, which
    costs as much as all other casts of a line together.
    """
    usual = f"make_timestamptz(epoch_us(try_cast({text} as timestamp)))"
    return f"case when length({text}) = 19 and {text}[17] = ':' then {usual} else try_cast({text} as timestamptz) end"


def _missing(value: str, tried: str) -> str:
    return f"(({value}) is not null and {tried} is null)"


def _failed(text: str, tried: str, to: str) -> str:
    """The text is there, but is no such value, or not exactly: `12.5` is no INTEGER, `1e-7` no amount of money."""
    missing = _missing(text, tried)
    decimals = _decimals(to)
    if decimals is None:
        return missing
    point = f"strpos({text}, '.')"
    longer = f"(length({text}) - {point} > {decimals} and {point} > 0)"
    really = f"length(rtrim(rtrim({text}), '0')) - {point} > {decimals}"
    return f"({missing} or ({longer} and {really}) or contains({text}, 'e') or contains({text}, 'E'))"


def _decimals(to: str) -> int | None:
    """How many decimals the type holds; None for a type that is no exact number."""
    if to in {"INTEGER", "BIGINT", "INT"}:
        return 0
    scale = re.fullmatch(r"DECIMAL\(\d+, ?(\d+)\)", to)
    return int(scale[1]) if scale else None


def _narrowed(value: str, tried: str, given: str, to: str) -> str:
    is_number = given.startswith("DECIMAL") or given in {"DOUBLE", "FLOAT", "HUGEINT"}
    is_rounded = to.startswith("DECIMAL") or to in {"INTEGER", "BIGINT"}
    missing = _missing(value, tried)
    return f"({missing} or coalesce(({value}) <> {tried}, false))" if is_number and is_rounded else missing
