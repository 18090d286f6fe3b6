"""A published table's contract: what must be true of it before anyone reads it, each rule with how much it weighs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Any, Literal

from schemas.record import Record

Severity = Literal["fail", "warn"]
"""A broken rule that *fails* stops the publication; one that *warns* is a line in every report's footer."""


@dataclass(frozen=True)
class Expectation:
    """One rule of a table: its name in `operations.audits`, and the Great Expectations class that checks it."""

    name: str
    sentence: str
    severity: Severity
    kind: str
    arguments: Mapping[str, Any]
    column: str | None = None


@dataclass(frozen=True)
class Table:
    """A table that people read, and everything that must be true of it."""

    name: str
    grain: str
    key: tuple[str, ...]
    expectations: tuple[Expectation, ...]

    @property
    def schema(self) -> str:
        """The first half of the name."""
        return self.name.partition(".")[0]

    @property
    def table(self) -> str:
        """The second half of the name."""
        return self.name.partition(".")[2]


def table(name: str, grain: str, key: tuple[str, ...], *expectations: Expectation | tuple[Expectation, ...]) -> Table:
    """A contract: the rules given, and those that hold for every table.

    Its key is there and unique, and its columns are of the types that their names promise.
    """
    always = (*required(*key, name="key:required"), *unique(*key), types_as_named())
    given = [rule if isinstance(rule, tuple) else (rule,) for rule in expectations]
    return Table(name, grain, key, (*always, *chain.from_iterable(given)))


def required(*columns: str, name: str = "columns:required") -> tuple[Expectation, ...]:
    """No row lacks any of the columns; none asked for is no rule."""
    if not columns:
        return ()
    sentence = f"every row has its {', '.join(columns)}"
    if len(columns) == 1:
        kind = "ExpectColumnValuesToNotBeNull"
        return (Expectation(name, sentence, "fail", kind, _arguments(column=columns[0]), columns[0]),)
    # One rule for all of them: the library takes longer over each rule than DuckDB over the whole table.
    counts = ", ".join(f"count(*) filter (where {column} is null) as {column}" for column in columns)
    sql = f"""
select column_name, rows_count
from (unpivot (select {counts} from {{batch}}) on columns(*) into name column_name value rows_count)
where rows_count > 0"""
    return (no_row(name, sentence, sql),)


def unique(*columns: str, severity: Severity = "fail") -> tuple[Expectation, ...]:
    """No two rows share the columns; a table of one row has no key, and nothing to repeat."""
    if not columns:
        return ()
    names = ", ".join(columns)
    if len(columns) == 1:
        arguments = _arguments(column=names)
        return (
            Expectation(
                "key:unique", f"{names} stands only once", severity,
                "ExpectColumnValuesToBeUnique", arguments, names,
            ),
        )  # fmt: skip
    # Grouping costs a tenth of the window function that the library's own rule for several columns runs.
    sql = f"select {names} from {{batch}} group by {names} having count(*) > 1"
    return (no_row("key:unique", f"{names} together stand only once", sql, severity=severity),)


def one_of(column: str, values: Iterable[str], severity: Severity = "fail") -> Expectation:
    """The column holds only these words."""
    words = list(values)
    return Expectation(
        f"{column}:one_of", f"{column} is one of {', '.join(words)}", severity,
        "ExpectColumnValuesToBeInSet", _arguments(column=column, value_set=words), column,
    )  # fmt: skip


def within(
    column: str, lowest: float | None = None, highest: float | None = None, severity: Severity = "fail"
) -> Expectation:
    """The column's values lie between two bounds, both included."""
    bounds = [f"at {end} {bound:g}" for end, bound in (("least", lowest), ("most", highest)) if bound is not None]
    return Expectation(
        f"{column}:within", f"{column} is {' and '.join(bounds)}", severity, "ExpectColumnValuesToBeBetween",
        _arguments(column=column, min_value=lowest, max_value=highest), column,
    )  # fmt: skip


def row_count(at_least: int, at_most: int | None = None, severity: Severity = "fail") -> Expectation:
    """The table holds a sensible number of rows."""
    bounds = f"at least {at_least}" if at_most is None else f"{at_least} to {at_most}"
    return Expectation(
        "rows:counted", f"the table holds {bounds} row{'' if bounds in ('1 to 1', 'at least 1') else 's'}", severity,
        "ExpectTableRowCountToBeBetween", _arguments(min_value=at_least, max_value=at_most),
    )  # fmt: skip


def no_row(name: str, sentence: str, sql: str, severity: Severity = "fail", column: str | None = None) -> Expectation:
    """The query, in which `{batch}` is the table, finds nothing; it selects keys and figures, never personal data."""
    arguments = _arguments(unexpected_rows_query=sql.strip())
    return Expectation(name, sentence, severity, "UnexpectedRowsExpectation", arguments, column)


def ties(name: str, sentence: str, here: str, there: str, severity: Severity = "fail") -> Expectation:
    """Two queries come to the same rows, to the last decimal: `here` over the table, `there` over its origin."""
    sql = f"""
with here as ({here}), there as ({there})
select 'only here' as side, * from (from here except all from there)
union all
select 'only there' as side, * from (from there except all from here)"""
    return no_row(name, sentence, sql, severity)


def known(column: str, target: str, where: str = "true") -> Expectation:
    """What the column refers to is in the record, if the company keeps that record at all; an orphan warns.

    It only warns, because a source that sends its customers a day late must not keep the day's sales from anybody.
    """
    record, _, of = target.partition(".")
    sql = f"""
select distinct {column}
from {{batch}}
where
    {column} is not null and {where}
    and exists (from record.{record})
    and {column} not in (select {of} from record.{record})"""
    sentence = f"every {column} is known in record.{record}, where the company keeps one"
    return no_row(f"{column}:known", sentence, sql, "warn", column)


def types_as_named() -> Expectation:
    """The naming law as a rule: what a column is called says what it is."""
    sql = """
with columns as (select column_name, column_type from (describe select * from {batch}))
select column_name, column_type from columns
where
    (ends_with(column_name, '_amount') and not regexp_full_match(column_type, 'DECIMAL[(][0-9]+,4[)]'))
    or (ends_with(column_name, '_pct') and not starts_with(column_type, 'DECIMAL'))
    or (ends_with(column_name, '_date') and column_type <> 'DATE')
    or (ends_with(column_name, '_at') and column_type <> 'TIMESTAMP WITH TIME ZONE')
    or (ends_with(column_name, '_count') and not regexp_full_match(column_type, '(HUGE|BIG|U?)INT(EGER)?'))
    or ((ends_with(column_name, '_id') or ends_with(column_name, '_code')) and column_type <> 'VARCHAR')
    or (starts_with(column_name, 'is_') and column_type <> 'BOOLEAN')
    or (
        ends_with(column_name, '_amount')
        and not exists (from columns where column_name = 'currency_code')
    )"""
    sentence = "money is decimal with its currency beside it, days are dates, moments are in UTC, counts are whole"
    return no_row("columns:typed", sentence, sql)


def record_table(record: type[Record], *expectations: Expectation | tuple[Expectation, ...]) -> Table:
    """The contract of a record at rest: what its row contract says in motion, and that every row has its trail."""
    about = record.about()
    columns = record.columns()
    needed = [column.name for column in columns if not column.nullable and column.name not in about.key]
    trail = ("_source", "_file", "_row", "_batch_id", "_recorded_at")
    return table(
        f"record.{about.name}", about.grain, about.key,
        required(*needed, *trail), typed_as_contract(record), counted_as_loaded(about.name), *expectations,
    )  # fmt: skip


def typed_as_contract(record: type[Record]) -> Expectation:
    """Every column of the record is in the table with the type that the contract gives it."""
    names = {"TIMESTAMPTZ": "TIMESTAMP WITH TIME ZONE"}
    rows = ", ".join(
        f"('{column.name}', '{names.get(column.type, column.type).replace(', ', ',')}')" for column in record.columns()
    )
    sql = f"""
select column_name, column_type from (values {rows}) as contract (column_name, column_type)
except
select column_name, column_type from (describe select * from {{batch}})"""
    return no_row("columns:as_contract", "every column has the type that the record's contract gives it", sql)


def counted_as_loaded(record: str) -> Expectation:
    """The record's versions are as many as the loads accepted."""
    sql = f"""
with
stored as (select count(*) as rows_count from record.{record}_versions where (select count(*) from {{batch}}) >= 0),
loaded as (select coalesce(sum(rows_accepted), 0) as rows_count from operations.loads where record = '{record}')
select stored.rows_count as rows_stored, loaded.rows_count as rows_loaded
from stored cross join loaded
where stored.rows_count <> loaded.rows_count"""
    sentence = "the record holds as many versions as its loads accepted rows"
    return no_row("rows:as_loaded", sentence, sql)


def _arguments(**arguments: Any) -> Mapping[str, Any]:
    return MappingProxyType({name: value for name, value in arguments.items() if value is not None})
