"""Each folder here is a fact about a model: the rows given, the rows expected, on the last day of June 2025.

`<schema>/<table>/<fact>/given.<schema>.<table>.csv` fills a record, a table of operations, or another model; what a
model reads and is not given is made from what is. `expect.csv` holds the columns that matter; empty is null.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from schemas.records import RECORDS
from warehouse.build import make_table, set_variables
from warehouse.connection import Connection, connect
from warehouse.ledger import SHIPPED
from warehouse.models import Model, order_models, read_models
from warehouse.publication import Company
from warehouse.tables import OPERATIONS, create_tables

HERE = Path(__file__).parent
AS_OF = date(2025, 6, 30)
FACTS = sorted(path.parent for path in HERE.glob("*/*/*/expect.csv"))
MODELS = {model.name: model for model in read_models()}
BOOKS = [
    "store.ledger_lines",
    "store.comparison_lines",
    *(f"operations.{name}" for name in (*SHIPPED, "unposted_documents")),
]
GIVEN = [*(f"record.{name}" for name in RECORDS), *(f"operations.{name}" for name in OPERATIONS), *BOOKS]

# What most facts don't care about, so that their rows show only what they do.
USUAL = {"_source": "shop", "source": "shop", "currency_code": "EUR", "line_no": "1"}


@pytest.fixture
def warehouse() -> Iterator[Connection]:
    with connect(None, threads=1) as connection:
        create_tables(connection, [])
        for name, record in RECORDS.items():
            trail = "_source varchar, _file varchar, _row bigint, _batch_id varchar"
            columns = ", ".join(f"{column.name} {column.type}" for column in record.columns())
            connection.execute(f"create table record.{name} ({columns}, {trail})")
        set_variables(connection, AS_OF, Company("Corner shop", "EUR"), "0123456789ab")
        yield connection


def needed(model: Model) -> set[str]:
    """The model and every model that it reads, through whatever others."""
    return {model.name}.union(*(needed(MODELS[name]) for name in model.references if name in MODELS))


def fill(connection: Connection, table: str, file: Path) -> None:
    schema, name = table.split(".")
    columns = connection.execute(
        "select column_name from duckdb_columns() where schema_name = ? and table_name = ?", [schema, name]
    ).fetchall()
    given = f"read_csv('{file}', header = true, all_varchar = true, nullstr = '')"
    there = {column for (column, *_) in connection.execute(f"describe from {given}").fetchall()}
    usual = [f"'{USUAL[column]}' as {column}" for (column,) in columns if column in USUAL and column not in there]
    connection.execute(f"delete from {table}")
    connection.execute(f"insert into {table} by name select {', '.join(['*', *usual])} from {given}")


def as_table(connection: Connection, model: Model) -> None:
    """A view cannot be filled: a table takes its place."""
    if model.is_view:
        connection.execute(f"create table {model.schema}.given as from {model.name}")
        connection.execute(f"drop view {model.name}")
        connection.execute(f"alter table {model.schema}.given rename to {model.table}")


def is_given(fact: Path, table: str) -> Path | None:
    file = fact / f"given.{table}.csv"
    return file if file.exists() else None


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: str(fact.relative_to(HERE)))
def test_a_model_makes_the_expected_rows(fact: Path, warehouse: Connection):
    target = MODELS[f"{fact.parent.parent.name}.{fact.parent.name}"]
    for table in GIVEN:
        if file := is_given(fact, table):
            fill(warehouse, table, file)
    for model in order_models([MODELS[name] for name in needed(target)], GIVEN):
        make_table(warehouse, model)
        if file := is_given(fact, model.name):
            as_table(warehouse, model)
            fill(warehouse, model.name, file)

    warehouse.execute(f"create table expected as from {target.name} limit 0")
    expected = f"read_csv('{fact / 'expect.csv'}', header = true, all_varchar = true, nullstr = '')"
    warehouse.execute(f"insert into expected by name from {expected}")
    columns = ", ".join(f'"{column}"' for (column, *_) in warehouse.execute(f"describe from {expected}").fetchall())
    made, wanted = (
        warehouse.execute(f"select {columns} from {table} order by all").fetchall()
        for table in (target.name, "expected")
    )
    assert made == wanted


def test_the_given_files_name_tables_that_the_model_is_made_from():
    for fact in FACTS:
        target = MODELS[f"{fact.parent.parent.name}.{fact.parent.name}"]
        read = {name for model in needed(target) for name in MODELS[model].references}
        given = {file.name.removeprefix("given.").removesuffix(".csv") for file in fact.glob("given.*.csv")}
        assert given <= read, fact


@pytest.mark.parametrize("model", MODELS)
def test_every_model_has_a_fact(model: str):
    assert [fact for fact in FACTS if f"{fact.parent.parent.name}.{fact.parent.name}" == model]
