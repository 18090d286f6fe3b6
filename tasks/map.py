"""Turning a source's mapping into SQL that gives typed rows, and says of every value that could not be typed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from schemas.record import Column
from schemas.records import RECORDS
from tasks.errors import SourceError, UnreadableFile
from tasks.extract.text import ROW
from tasks.source import Source
from tasks.source.expression import parse_expression, reads_other_rows, source_columns
from warehouse.mapper import SOURCE_ROWS
from warehouse.tables import identifier, literal

TypeOf = Callable[[str, Sequence[str]], str]

Try = tuple[str, str, str]
"""The SQL of a value, the SQL that tries to give it a type, and that type."""

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
    compiler = _Compiler(source, header, type_of)
    typed = {c.name: compiler.column(record, c, parsed.get(c.name)) for c in columns if c.name not in passed}
    conditions = [compiler.text(rule) for rule in rules]
    return Mapping(
        record=record,
        sql=_select(typed, conditions, is_staged),
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


def _select(typed: dict[str, Typed], conditions: list[str], is_staged: bool) -> str:
    values = [f"{one.value} as {identifier(name)}" for name, one in typed.items()]
    lost = {name: one.is_lost for name, one in typed.items() if one.is_lost}
    scope = " ".join(f"when {condition} then {number}" for number, condition in enumerate(conditions, start=1))
    parts = [
        ROW,
        *values,
        f"{f'case {scope} else 0 end' if scope else '0'}::integer as {SCOPE}",
        f"{_untyped(lost)} as {UNTYPED}",
    ]
    return f"select {', '.join(parts)} from {SOURCE_ROWS}" + (f" order by {ROW}" if is_staged else "")


def _untyped(lost: dict[str, str]) -> str:
    if not lost:
        return "null::varchar[]"
    names = ", ".join(f"case when {condition} then {literal(name)} end" for name, condition in lost.items())
    return f"case when {' or '.join(lost.values())} then list_filter([{names}], lambda name: name is not null) end"


class _Compiler:
    """Rewrites expressions so that no value is lost unseen: casts are tried, and each try that fails is known."""

    def __init__(self, source: Source, header: Sequence[str], type_of: TypeOf) -> None:
        self._source = source
        self._header = header
        self._type_of = type_of

    def text(self, expression: exp.Expression) -> str:
        """The expression as SQL, its casts tried."""
        return self._rewritten(expression, [])

    def column(self, record: str, column: Column, expression: exp.Expression | None) -> Typed:
        """The expression as a record's column."""
        if expression is None:
            return Typed(f"null::{column.type}", None)
        tries: list[Try] = []
        value = self._rewritten(expression, tries)
        given = self._given_type(record, column, value)
        lost = [_failed(inner, tried, to) for inner, tried, to in tries]
        if given == column.type == "VARCHAR":
            return Typed(f"nullif({value}, '')" if tries or not expression.is_string else value, _any(lost))
        if given == "DOUBLE" and column.type.startswith("DECIMAL"):
            raise SourceError(f"{self._source.file}: {record}.{column.name} is exact, but its expression is a DOUBLE: cast to decimal")
        typed = f"try_cast({value} as {column.type})"
        lost.append(_failed(value, typed, column.type) if given == "VARCHAR" else _narrowed(value, typed, given, column.type))
        # A value that is refused must not be judged by other rules in a rounded form that nobody sent.
        is_lost = _any(lost)
        return Typed(f"case when not {is_lost} then {typed} end", is_lost)

    def _given_type(self, record: str, column: Column, value: str) -> str:
        try:
            return self._type_of(value, self._header)
        except ValueError as error:
            raise SourceError(f"{self._source.file}: {record}.{column.name}: {error}") from error

    def _rewritten(self, expression: exp.Expression, tries: list[Try]) -> str:
        return self._rewrite(expression.copy(), tries).sql("duckdb")

    def _rewrite(self, node: exp.Expression, tries: list[Try]) -> exp.Expression:
        """From the leaves up, so that what is tried holds only what has been rewritten."""
        for child in list(node.iter_expressions()):
            child.replace(self._rewrite(child, tries))
        if isinstance(node, exp.Column):
            return exp.column(exp.to_identifier(node.name, quoted=node.name != ROW))
        if isinstance(node, exp.Anonymous) and node.name.lower() == "lookup":
            return self._lookup(node, tries)
        if isinstance(node, exp.Cast) and not isinstance(node, exp.TryCast):
            to = node.args["to"]
            return self._tried(node.this, exp.TryCast(this=node.this.copy(), to=to.copy()), to.sql("duckdb"), tries)
        if isinstance(node, exp.StrToTime):
            pattern = exp.Literal.string(node.text("format"))
            tried = exp.Anonymous(this="try_strptime", expressions=[node.this.copy(), pattern])
            return self._tried(node.this, tried, "TIMESTAMP", tries)
        return node

    def _tried(self, inner: exp.Expression, tried: exp.Expression, to: str, tries: list[Try]) -> exp.Expression:
        tries.append((inner.sql("duckdb"), tried.sql("duckdb"), to))
        return tried

    def _lookup(self, node: exp.Anonymous, tries: list[Try]) -> exp.Expression:
        pairs = self._source.lookups[node.expressions[0].name].items()
        entries = ", ".join(f"{literal(key)}: {literal(value)}" for key, value in pairs)
        table = exp.maybe_parse(f"map {{{entries}}}", dialect="duckdb")
        key = node.expressions[1]
        found = exp.Anonymous(this="map_extract_value", expressions=[table, key.copy()])
        return self._tried(key, found, "LOOKUP", tries)


def _any(conditions: list[str]) -> str | None:
    return f"({' or '.join(conditions)})" if conditions else None


def _failed(inner: str, tried: str, to: str) -> str:
    """The text is there, but is no such value, or not exactly: `12.5` is no INTEGER, `1e-7` no amount of money."""
    failed = f"(({inner}) is not null and ({tried}) is null)"
    decimals = _decimals(to)
    if decimals is None:
        return failed
    point = f"strpos({inner}, '.')"
    longer = f"({point} > 0 and length(rtrim(rtrim({inner}), '0')) - {point} > {decimals})"
    # Cheap first: most values have few characters behind the point and no exponent.
    return f"({failed} or {longer} or contains({inner}, 'e') or contains({inner}, 'E'))"


def _decimals(to: str) -> int | None:
    """How many decimals the type holds; None for a type that is no exact number."""
    if to in {"INTEGER", "BIGINT", "INT"}:
        return 0
    scale = re.fullmatch(r"DECIMAL\(\d+, ?(\d+)\)", to)
    return int(scale[1]) if scale else None


def _narrowed(value: str, typed: str, given: str, to: str) -> str:
    """A value of another type does not fit, or would be rounded without anyone saying so."""
    failed = f"(({value}) is not null and ({typed}) is null)"
    is_number = given.startswith("DECIMAL") or given in {"DOUBLE", "FLOAT", "HUGEINT"}
    rounded = to.startswith("DECIMAL") or to in {"INTEGER", "BIGINT"}
    return f"({failed} or ({value}) <> ({typed}))" if is_number and rounded else failed
