"""What a source's file says of its columns: which a mapping needs, and which hold words that may be shown."""

from dataclasses import dataclass

from sqlglot import exp

from schemas.records import RECORDS
from tasks.map import needed_columns
from tasks.personal import personal_columns
from tasks.source import Source
from tasks.source.expression import parse_expression, source_columns


@dataclass(frozen=True)
class KnownColumns:
    """The columns that a source's file names."""

    needed: frozenset[str]
    """Without these no row can be mapped."""
    coded: frozenset[str]
    """These hold words of a list, and none of them is personal data."""


def known_columns(source: Source) -> KnownColumns:
    """What the file of a source says of its columns."""
    needed = {name for record in source.records for name in needed_columns(source, record)}
    named = source.drift.new_values.columns
    found = {name for record in source.records for name in _coded(source, record)}
    personal = {name for record in source.records for name in personal_columns(source, record)}
    # Whoever names a column says that its words may be shown; what is found by itself must be safe.
    return KnownColumns(frozenset(needed), frozenset(found - personal if named is None else named))


def _coded(source: Source, record: str) -> set[str]:
    """Columns that feed a lookup, a column whose contract lists its words, or one called `_code`."""
    listed = _listed(record)
    columns: set[str] = set()
    for name, text in source.records[record].columns.items():
        expression = parse_expression(text, source.lookups)
        if name in listed or name.endswith("_code"):
            columns |= source_columns(expression)
        for call in expression.find_all(exp.Anonymous):
            columns |= source_columns(call) if call.name.lower() == "lookup" else set()
    for text in source.records[record].out_of_scope.values():
        columns |= source_columns(parse_expression(text, source.lookups))
    return columns


def _listed(record: str) -> set[str]:
    of = RECORDS[record].to_schema().columns
    return {name for name, column in of.items() if any(check.name == "isin" for check in column.checks)}
