"""Building: a copy of the warehouse with every model made in it, beside the published one and seen by nobody."""

import shutil
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from warehouse.connection import Connection, connect
from warehouse.home import Home
from warehouse.lineage import lineage
from warehouse.macros import make_macros
from warehouse.models import Model, order_models, read_models
from warehouse.publication import Company, publication_id
from warehouse.tables import identifier, literal

BUILDING = ".building-"
"""How the name of a file begins that is being built."""

Tables = dict[str, dict[str, str]]
"""Columns and their types, by table."""


def build(home: Home, as_of: date, company: Company, published_at: datetime | None = None, contracts: str = "") -> Path:
    """Copy the warehouse, make every model in the copy, and return where the copy is."""
    models = read_models()
    identity = publication_id(home, as_of, company, models, contracts)
    building = _copy(home, identity)
    with connect(building, scratch=home.scratch) as connection:
        set_variables(connection, as_of, company, identity)
        make_models(connection, models)
        make_macros(connection, models, company.financial_year_start(as_of))
        connection.execute(
            """
            insert into operations.publications
            select * from (values (?, cast(? as date), cast(? as timestamptz), ?)) as new (publication_id, a, b, c)
            anti join operations.publications using (publication_id)
            """,
            [identity, as_of, published_at, company.name],
        )
        connection.execute("checkpoint")
    return building


def remove_leftovers(home: Home) -> list[Path]:
    """Remove what a killed run was building; there is one writer, so nobody is building it still."""
    leftovers = sorted(home.publications.glob(f"{BUILDING}*"))
    for leftover in leftovers:
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    return leftovers


def _copy(home: Home, identity: str) -> Path:
    home.publications.mkdir(parents=True, exist_ok=True)
    remove_leftovers(home)
    with connect(home.warehouse) as connection:
        connection.execute("checkpoint")
    return shutil.copyfile(home.warehouse, home.publications / f"{BUILDING}{identity}.duckdb")


def set_variables(connection: Connection, as_of: date, company: Company, identity: str) -> None:
    """Set what the models ask for with `getvariable`."""
    connection.execute("set variable as_of_date = cast(? as date)", [as_of])
    start = company.financial_year_start(as_of)
    connection.execute("set variable financial_year_start = cast(? as date)", [start])
    connection.execute("set variable ageing_days = cast(? as integer[])", [list(company.ageing_days)])
    connection.execute("set variable company_name = ?", [company.name])
    connection.execute("set variable reporting_currency = ?", [company.reporting_currency])
    connection.execute("set variable publication_id = ?", [identity])


def make_models(connection: Connection, models: Iterable[Model]) -> None:
    """Make the table of each model, after all that it reads, with its comments and its lineage."""
    # One transaction: a flush to disk for each of two hundred statements would take longer than the statements.
    connection.execute("begin")
    tables = _tables(connection)
    descriptions = _descriptions(connection)
    made_from: list[tuple[str, str, str, str]] = []
    # With the order of insertion kept, the same rows lie in the same order in every build.
    connection.execute("set preserve_insertion_order = true")
    for model in order_models(models, tables):
        make_table(connection, model)
        for column, sources in lineage(model, tables).items():
            made_from += [(model.name, column, *source) for source in sources]
            _describe(connection, model, column, sources, descriptions)
        tables |= _tables(connection, model.schema, model.table)
    _store_lineage(connection, made_from)
    connection.execute("commit")


def make_table(connection: Connection, model: Model) -> None:
    """Make one table, sorted, or one view, with its grain as its comment."""
    connection.execute(f"create schema if not exists {model.schema}")
    if model.is_view:
        connection.execute(f"create view {model.name} as\n{model.sql}")
    else:
        connection.execute(f"create table {model.name} as select * from (\n{model.sql}\n) order by {model.order}")
    kind = "view" if model.is_view else "table"
    connection.execute(f"comment on {kind} {model.name} is {literal(model.grain)}")


def _describe(
    connection: Connection,
    model: Model,
    column: str,
    sources: list[tuple[str, str]],
    descriptions: dict[tuple[str, str], str],
) -> None:
    # The same quantity has the same name everywhere, so what its contract says of it holds here too.
    if len(sources) == 1 and sources[0][1] == column and sources[0] in descriptions:
        descriptions[model.name, column] = descriptions[sources[0]]
        connection.execute(
            f"comment on column {model.name}.{identifier(column)} is {literal(descriptions[sources[0]])}"
        )


def _tables(connection: Connection, schema: str = "%", table: str = "%") -> Tables:
    columns = connection.execute(
        """
        select schema_name || '.' || table_name, column_name, data_type
        from duckdb_columns()
        where schema_name like ? and table_name like ? and not internal and database_name = current_database()
        order by table_oid, column_index
        """,
        [schema, table],
    ).fetchall()
    tables: Tables = {}
    for name, column, of_type in columns:
        tables.setdefault(name, {})[column] = of_type
    return tables


def _descriptions(connection: Connection) -> dict[tuple[str, str], str]:
    rows = connection.execute(
        "select 'record.' || record, column_name, description from operations.catalogue"
    ).fetchall()
    return {(table, column): description for table, column, description in rows}


def _store_lineage(connection: Connection, made_from: list[tuple[str, str, str, str]]) -> None:
    names = ("table_name", "column_name", "source_table", "source_column")
    columns = ", ".join(f"unnest(${name}::varchar[]) as {name}" for name in names)
    values = {name: list(column) for name, column in zip(names, zip(*made_from, strict=True), strict=True)}
    connection.execute(f"create or replace table operations.lineage as select {columns}", values)
    connection.execute("comment on table operations.lineage is 'one row is a column from which a column is made'")
