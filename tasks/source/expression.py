"""A mapping's SQL expression: over the source's columns alone, without a clock, chance, tables or side effects."""

from collections.abc import Mapping

import sqlglot
from sqlglot import exp

from tasks.source.words import nearest

UNREPEATABLE = {
    "now", "today", "random", "rand", "uuid", "gen_random_uuid", "setseed", "nextval", "currval", "lastval", "getenv",
    "getvariable", "get_current_time", "get_current_timestamp", "transaction_timestamp", "in_search_path", "stats",
    "query", "query_table", "sniff_csv", "glob", "write_log", "sleep_ms", "version", "session_user",
}  # fmt: skip
"""Functions whose answer depends on more than the row, or that act; a run could not be repeated."""

UNREPEATABLE_FAMILIES = ("current_", "localtime", "read_", "txid_", "uuidv", "pg_")
"""How the names of more such functions begin."""

TABLES = (exp.Query, exp.Table, exp.Command, exp.DDL, exp.DML, exp.Explode, exp.Unnest)
"""What reads tables, or makes more than one row of a row."""

UNNAMED = (exp.Star, exp.Columns, exp.Placeholder, exp.Parameter, exp.PositionalColumn)
"""What stands for columns or values that the expression does not name."""


def parse_expression(text: str, lookups: Mapping[str, Mapping[str, str]]) -> exp.Expression:
    """Parse one SQL expression of a mapping.

    Raises ValueError, as a sentence, when it is no expression or reaches beyond the row.
    """
    try:
        statements = sqlglot.parse(f"select {text}", read="duckdb")
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except sqlglot.errors.SqlglotError as error:
        first = str(error).splitlines()[0]
        raise ValueError(f"{text!r} is not an SQL expression ({first})") from error
    select = statements[0]
    if (
        text.rstrip().endswith(";")
        or len(statements) != 1
        or not isinstance(select, exp.Select)
        or len(select.expressions) != 1
    ):
        raise ValueError(f"{text!r} is not one SQL expression")
    if set(select.args) - {name for name, value in select.args.items() if not value} != {"expressions"}:
        raise ValueError(f"{text!r} is more than an expression")
    expression = select.expressions[0]
    _refuse_reaching_out(expression)
    _check_formats(expression)
    _check_lookups(expression, lookups)
    return expression


def _refuse_reaching_out(expression: exp.Expression) -> None:
    for node in expression.walk():
        if node.comments:
            raise ValueError("a comment stands on the line above, after #, not inside the SQL")
        if isinstance(node, exp.Func) and _is_unrepeatable(node):
            sql = node.sql("duckdb")
            raise ValueError(f"{sql} would give another answer tomorrow; a mapping depends on the row alone")
        if isinstance(node, TABLES):
            raise ValueError("a mapping reads the row's own columns, no tables")
        if isinstance(node, UNNAMED) and not isinstance(node.parent, exp.Count):
            raise ValueError(f"{node.sql('duckdb')} names no column of the source")
        if isinstance(node, exp.Alias):
            raise ValueError(f"{node.sql('duckdb')} gives a name; the record's column is the name")
        if isinstance(node, exp.Column) and node.table:
            raise ValueError(f'{node.sql("duckdb")} reads as a table\'s column; a name with a dot is quoted: "a.b"')
        if isinstance(node, exp.AggFunc) and not node.find_ancestor(exp.Window):
            raise ValueError(f"{node.sql('duckdb')} needs `over (...)`: a mapping gives one row for each row")


def _is_unrepeatable(function: exp.Func) -> bool:
    name = (function.name if isinstance(function, exp.Anonymous) else function.sql_name()).lower()
    # The age of a moment, without another to compare it with, is counted from today.
    is_age = name == "age" and len(function.expressions) == 1
    return name in UNREPEATABLE or name.startswith(UNREPEATABLE_FAMILIES) or is_age


def _check_formats(expression: exp.Expression) -> None:
    for node in expression.find_all(exp.StrToTime):
        if not isinstance(node.args.get("format"), exp.Literal):
            raise ValueError("strptime takes its format as a text: strptime(day, '%d.%m.%Y')")


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
