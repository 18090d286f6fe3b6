"""Turning a source's mapping into SQL that gives typed rows, and says of every value that could not be typed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from schemas.record import Column
from schemas.records import RECORDS
from tasks.errors import SourceError, UnreadableFile
from tasks.extract.formats.text import ROW
from tasks.source import Source
from tasks.source.expression import parse_expression, reads_other_rows, source_columns
from tasks.steps import Steps, lost_in
from warehouse.tables import identifier, literal

TypeOf = Callable[[str, str, Sequence[str]], str]
"""Gives the DuckDB type of an expression over a relation, itself over text columns of these names."""

UNTYPED = "_untyped"
"""The record columns whose value could not be typed, a list; null where all could."""

SCOPE = "_scope"
"""The 1-based number of the out-of-scope rule that the row meets first; 0 for none."""


@dataclass(frozen=True)
class Mapping:
    """A source's mapping to one record, compiled for files with certain columns."""

    record: str
    sql: str
    passed: dict[str, str]
    """Record columns that are a source's text as it stands; they need no SQL."""
    columns: tuple[Column, ...]
    reads: dict[str, tuple[str, ...]]
    """The source's columns behind each record column."""
    needs: tuple[str, ...]
    """All of the source's columns that the SQL reads."""
    scope_rules: tuple[str, ...]
    is_staged: bool
    """Whether the whole file must be there before its first row can be mapped."""


@dataclass(frozen=True)
class Typed:
    """One expression as SQL, with the condition under which its value is lost."""

    value: str
    is_lost: str | None


def needed_columns(source: Source, record: str) -> set[str]:
    """The source's columns that the mapping of a record reads."""
    mapping = source.records[record]
    texts = [*mapping.columns.values(), *mapping.out_of_scope.values()]
    return {name for text in texts for name in source_columns(parse_expression(text, source.lookups))}


def compile_mapping(source: Source, record: str, header: Sequence[str], type_of: TypeOf) -> Mapping:
    """Compile the mapping of one record for files with this header.

    Raises UnreadableFile when the header lacks a column that the mapping needs, SourceError when an expression gives
    something that the record's column cannot hold.
    """
    needed = needed_columns(source, record)
    _require(needed, header)
    mapping = source.records[record]
    columns = RECORDS[record].columns()
    parsed = {name: parse_expression(text, source.lookups) for name, text in mapping.columns.items()}
    rules = [parse_expression(text, source.lookups) for text in mapping.out_of_scope.values()]
    is_staged = any(reads_other_rows(expression) for expression in [*parsed.values(), *rules])
    passed = {} if is_staged else _passed(columns, parsed, header)
    _refuse_twins(header if is_staged else needed)
    steps = Steps(source.lookups, header, lambda value, relation: type_of(value, relation, sorted(needed)))
    compiler = _Compiler(source, record, steps, lambda value: type_of(value, steps.relation(), sorted(needed)))
    typed = {c.name: compiler.column(c, parsed.get(c.name)) for c in columns if c.name not in passed}
    conditions = [compiler.condition(name, rule) for name, rule in zip(mapping.out_of_scope, rules, strict=True)]
    return Mapping(
        record=record,
        sql=_select(typed, conditions, steps.relation(), is_staged),
        passed=passed,
        columns=columns,
        reads={name: tuple(sorted(source_columns(expression))) for name, expression in parsed.items()},
        needs=tuple(sorted(needed)),
        scope_rules=tuple(mapping.out_of_scope),
        is_staged=is_staged,
    )


def _require(needed: set[str], header: Sequence[str]) -> None:
    missing = sorted(needed - set(header))
    if missing:
        shown = ", ".join(header[:8]) + (", ..." if len(header) > 8 else "")
        raise UnreadableFile(
            f"it lacks the column {', '.join(missing)}, which the mapping needs; its header is: {shown}"
        )


def _refuse_twins(names: Iterable[str]) -> None:
    """SQL cannot tell `Id` from `ID`."""
    seen = {ROW: ROW}
    for name in names:
        other = seen.setdefault(name.lower(), name)
        if other != name:
            raise UnreadableFile(f"its columns {other} and {name} differ only in capitals, which SQL cannot tell apart")


def _passed(columns: Sequence[Column], parsed: dict[str, exp.Expression], header: Sequence[str]) -> dict[str, str]:
    return {
        column.name: parsed[column.name].name
        for column in columns
        if column.type == "VARCHAR"
        and isinstance(parsed.get(column.name), exp.Column)
        and parsed[column.name].name in header
    }


def _select(typed: dict[str, Typed], conditions: list[str], relation: str, is_staged: bool) -> str:
    values = [f"{one.value} as {identifier(name)}" for name, one in typed.items()]
    lost = {name: one.is_lost for name, one in typed.items() if one.is_lost}
    scope = " ".join(f"when {condition} then {number}" for number, condition in enumerate(conditions, start=1))
    parts = [
        ROW,
        *values,
        f"{f'case {scope} else 0 end' if scope else '0'}::integer as {SCOPE}",
        f"{_untyped(lost)} as {UNTYPED}",
    ]
    return f"select {', '.join(parts)} from {relation}" + (f" order by {ROW}" if is_staged else "")


def _untyped(lost: dict[str, str]) -> str:
    if not lost:
        return "null::varchar[]"
    names = ", ".join(f"case when {condition} then {literal(name)} end" for name, condition in lost.items())
    return f"case when {' or '.join(lost.values())} then list_filter([{names}], lambda name: name is not null) end"


class _Compiler:
    """Compiles the columns of one record, so that no value is lost unseen."""

    def __init__(self, source: Source, record: str, steps: Steps, type_of: Callable[[str], str]) -> None:
        self._source = source
        self._record = record
        self._steps = steps
        self._type_of = type_of

    def column(self, column: Column, expression: exp.Expression | None) -> Typed:
        """The expression as a record's column; a value that is lost is null, so that no other rule judges it."""
        if expression is None:
            return Typed(f"null::{column.type}", None)
        value, tried, given = self._bound(column.name, expression)
        if given in {"DOUBLE", "FLOAT"} and column.type.startswith("DECIMAL"):
            raise SourceError(f"{self._at(column.name)} is exact, but its expression is a {given}: cast to decimal")
        if column.type == "VARCHAR":
            return _kept(value if expression.is_string else f"nullif(({value})::varchar, '')", tried)
        if given == column.type:
            return _kept(value, tried)
        if given == "VARCHAR":
            step = self._steps.cast(value, column.type)
        else:
            step = self._steps.narrow(value, given, column.type)
        return _kept(step, [*tried, step])

    def condition(self, rule: str, expression: exp.Expression) -> str:
        """The condition of an out-of-scope rule; where it cannot be told, the row stays in scope."""
        value, _, given = self._bound(rule, expression)
        if given != "BOOLEAN":
            raise SourceError(f"{self._at(rule)} is a condition, but its expression is a {given}")
        return value

    def _bound(self, name: str, expression: exp.Expression) -> tuple[str, list[str], str]:
        """The expression as SQL, the steps that it takes, and its type."""
        try:
            value, tried = self._steps.rewritten(expression)
            return value, tried, self._type_of(value)
        except ValueError as error:
            raise SourceError(f"{self._at(name)} {error}{_advice(expression, str(error))}") from error

    def _at(self, name: str) -> str:
        return f"{self._source.file}: {self._record}.{name}:"


def _kept(value: str, tried: list[str]) -> Typed:
    """The value where none of the steps behind it lost its own."""
    is_lost = lost_in(tried)
    return Typed(f"case when not {is_lost} then {value} end" if is_lost else value, is_lost)


def _advice(expression: exp.Expression, error: str) -> str:
    """What to write where text is combined as if it were numbers."""
    if "(VARCHAR" not in error and ", VARCHAR" not in error:
        return ""
    operands = [
        column
        for column in expression.find_all(exp.Column)
        if isinstance(column.parent, exp.Binary | exp.Neg | exp.AggFunc | exp.Paren) and column.name != ROW
    ]
    if not operands:
        return ""
    return f"; columns arrive as text: write cast({operands[0].sql('duckdb')} as decimal(18, 4))"
