"""A mapping's SQL expression: one expression over the source's columns, without a clock, chance, tables or side effects."""

from collections.abc import Mapping

import sqlglot
from sqlglot import exp

from tasks.source.words import nearest

UNREPEATABLE = {
    "now", "today", "random", "uuid", "gen_random_uuid", "setseed", "nextval", "currval", "getenv", "getvariable",
    "current_setting", "get_current_time", "get_current_timestamp", "txid_current", "query", "query_table",
}  # fmt: skip
"""Functions whose answer depends on more than the row; a run could not be repeated."""

CLOCKS = (exp.CurrentDate, exp.CurrentTime, exp.CurrentTimestamp, exp.Rand, exp.Uuid)
TABLES = (exp.Query, exp.Table, exp.Command, exp.DDL, exp.DML)


def parse_expression(text: str, lookups: Mapping[str, Mapping[str, str]]) -> exp.Expression:
    """Parse one SQL expression of a mapping.

    Raises ValueError, as a sentence, when it is no expression or reaches beyond the row.
    """
    try:
        statements = sqlglot.parse(f"select {text}", read="duckdb")
    except sqlglot.errors.SqlglotError as error:
        first = str(error).splitlines()[0]
        raise ValueError(f"{text!r} is not an SQL expression ({first})") from error
    select = statements[0]
    if len(statements) != 1 or not isinstance(select, exp.Select) or len(select.expressions) != 1:
        raise ValueError(f"{text!r} is not one SQL expression")
    if set(select.args) - {name for name, value in select.args.items() if not value} != {"expressions"}:
        raise ValueError(f"{text!r} is more than an expression")
    expression = select.expressions[0]
    _refuse_reaching_out(expression)
    _check_lookups(expression, lookups)
    return expression.unalias()


def _refuse_reaching_out(expression: exp.Expression) -> None:
    for node in expression.walk():
        if isinstance(node, CLOCKS) or (isinstance(node, exp.Anonymous) and node.name.lower() in UNREPEATABLE):
            raise ValueError(f"{node.sql('duckdb')} would give another answer tomorrow; a mapping depends on the row alone")
        if isinstance(node, TABLES):
            raise ValueError("a mapping reads the row's own columns, no tables")


def _check_lookups(expression: exp.Expression, lookups: Mapping[str, Mapping[str, str]]) -> None:
    for node in expression.find_all(exp.Anonymous):
        if node.name.lower() != "lookup":
            continue
        if len(node.expressions) != 2 or not node.expressions[0].is_string:
            raise ValueError("lookup takes the name of a lookup and an expression: lookup('countries', Country)")
        name = node.expressions[0].name
        if name not in lookups:
            raise ValueError(f"there is no lookup {name!r}{nearest(name, lookups)}")


def source_columns(expression: exp.Expression) -> set[str]:
    """The names of the source's columns that the expression reads."""
    return {column.name for column in expression.find_all(exp.Column) if column.name != "_row"}


def reads_other_rows(expression: exp.Expression) -> bool:
    """Whether the expression looks beyond its row, so that the whole file must be there first."""
    return expression.find(exp.Window, exp.AggFunc) is not None
