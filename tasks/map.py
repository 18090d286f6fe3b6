"""Turning a source's mapping into SQL that gives typed rows, and says of every value that could not be typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from schemas.record import Column
from schemas.records import RECORDS
from tasks.errors import SourceError, UnreadableFile
from tasks.extract.text import ROW
from tasks.source import Source
from tasks.steps import Steps, lost_in
from tasks.source.expression import parse_expression, reads_other_rows, source_columns
from warehouse.mapper import SOURCE_ROWS
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
    _require(needed_columns(source, record), header)
    mapping = source.records[record]
    columns = RECORDS[record].columns()
    parsed = {name: parse_expression(text, source.lookups) for name, text in mapping.columns.items()}
    rules = [parse_expression(text, source.lookups) for text in mapping.out_of_scope.values()]
    is_staged = any(reads_other_rows(expression) for expression in [*parsed.values(), *rules])
    passed = {} if is_staged else _passed(columns, parsed, header)
    steps = Steps(source.lookups)
    compiler = _Compiler(source, record, steps, lambda value: type_of(value, steps.relation(), header))
    typed = {c.name: compiler.column(c, parsed.get(c.name)) for c in columns if c.name not in passed}
    conditions = [steps.rewritten(rule)[0] for rule in rules]
    return Mapping(
        record=record,
        sql=_select(typed, conditions, steps.relation(), is_staged),
        passed=passed,
        columns=columns,
        reads={name: tuple(sorted(source_columns(expression))) for name, expression in parsed.items()},
        scope_rules=tuple(mapping.out_of_scope),
        is_staged=is_staged,
    )


def _require(needed: set[str], header: Sequence[str]) -> None:
    missing = sorted(needed - set(header))
    if missing:
        shown = ", ".join(header[:8]) + (", ..." if len(header) > 8 else "")
        raise UnreadableFile(f"it lacks the column {', '.join(missing)}, which the mapping needs; its header is: {shown}")


def _passed(
    columns: Sequence[Column], parsed: dict[str, exp.Expression], header: Sequence[str]
) -> dict[str, str]:
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
        value, tried = self._steps.rewritten(expression)
        given = self._given_type(column, value)
        if column.type == "VARCHAR":
            return Typed(value if expression.is_string else f"nullif(({value})::varchar, '')", lost_in(tried))
        if given == "VARCHAR":
            step = self._steps.cast(value, column.type)
        elif given == column.type:
            return Typed(value, lost_in(tried))
        else:
            step = self._steps.narrow(value, given, column.type)
        is_lost = lost_in([*tried, step])
        return Typed(f"case when not {is_lost} then {step} end", is_lost)

    def _given_type(self, column: Column, value: str) -> str:
        place = f"{self._source.file}: {self._record}.{column.name}"
        try:
            given = self._type_of(value)
        except ValueError as error:
            raise SourceError(f"{place}: {error}") from error
        if given in {"DOUBLE", "FLOAT"} and column.type.startswith("DECIMAL"):
            raise SourceError(f"{place} is exact, but its expression is a {given}: cast to decimal")
        return given
