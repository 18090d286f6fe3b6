"""Proves that a build is a copy with every model in it, that it is exact, and that it is the same each time."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from warehouse import build as building_module
from warehouse.build import build, remove_leftovers
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.models import Model, ModelError, read_models
from warehouse.publication import Company, publication_id

AS_OF = date(2025, 6, 30)
MONEY = re.compile(r"(_amount|_quantity|^amount|_price)$")


@pytest.fixture
def built(home: Home, company: Company) -> Path:
    return build(home, AS_OF, company)


def contents(path: Path) -> dict[str, list[tuple]]:
    """Every table with its rows in their stored order."""
    with connect(path, read_only=True) as connection:
        connection.execute("set preserve_insertion_order = true")
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where schema_name <> 'store' order by 1"
        ).fetchall()
        return {name: connection.execute(f"from {name}").fetchall() for (name,) in names}


def test_every_model_is_a_table_or_a_view_with_its_grain_beside_it(built: Path):
    with connect(built, read_only=True) as connection:
        commented = dict(
            connection.execute(
                """
                select schema_name || '.' || table_name, comment from duckdb_tables()
                union all
                select schema_name || '.' || view_name, comment from duckdb_views()
                """
            ).fetchall()
        )
    for model in read_models():
        assert commented[model.name] == model.grain


def test_a_column_that_comes_from_a_record_keeps_its_description(built: Path):
    with connect(built, read_only=True) as connection:
        (comment,) = connection.execute(
            "select comment from duckdb_columns() where table_name = 'receivables_ageing' and column_name = 'due_date'"
        ).fetchall()[0]
    assert comment == "Local day on which payment is due."


def test_what_is_built_follows_from_the_record(built: Path):
    with connect(built, read_only=True) as connection:
        (total,) = connection.execute("select sum(net_amount) from sales.daily_sales").fetchall()[0]
        ageing = connection.execute(
            "select document_id, open_amount, bucket from finance.receivables_ageing"
        ).fetchall()
    assert total == Decimal("30.03")
    assert ageing == [("R1", Decimal("0.01"), "1-30")]


def test_no_money_is_a_floating_point_number(built: Path):
    with connect(built, read_only=True) as connection:
        columns = connection.execute(
            "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() where not internal"
        ).fetchall()
    money = [(*name, of_type) for *name, of_type in columns if MONEY.search(name[1])]
    assert len(money) > 50
    assert [column for column in money if not column[-1].startswith("DECIMAL")] == []
    inexact = [column for column in columns if column[-1] in {"DOUBLE", "FLOAT", "HUGEINT"}]
    assert inexact == []


def test_the_built_file_says_which_publication_it_is(built: Path, home: Home, company: Company):
    identity = publication_id(home, AS_OF, company)
    made = contents(built)
    assert built.name == f".building-{identity}.duckdb"
    assert made["core.as_of"] == [(AS_OF, "Corner shop", "EUR", identity)]
    assert made["operations.publications"] == [(identity, AS_OF, None, "Corner shop")]


def test_the_lineage_of_a_figure_leads_to_the_record(built: Path):
    lineage = set(contents(built)["operations.lineage"])
    assert ("finance.receivables_ageing", "open_amount", "core.open_documents", "open_amount") in lineage
    assert ("core.open_documents", "open_amount", "record.invoices", "gross_amount") in lineage
    assert ("core.open_documents", "open_amount", "core.allocations", "allocated_amount") in lineage
    assert ("core.allocations", "allocated_amount", "record.payments", "amount") in lineage


def test_building_twice_makes_the_same_rows_in_the_same_order(home: Home, company: Company):
    first = contents(build(home, AS_OF, company))
    assert contents(build(home, AS_OF, company)) == first


@pytest.mark.usefixtures("built")
def test_the_warehouse_itself_gets_no_models(home: Home):
    with connect(home.warehouse, read_only=True) as connection:
        schemas = {
            name for (name,) in connection.execute("select distinct schema_name from duckdb_tables()").fetchall()
        }
    assert schemas == {"store", "operations"}


def test_what_a_killed_run_was_building_is_removed(home: Home, company: Company):
    home.publications.mkdir(parents=True)
    for name in (".building-dead.duckdb", ".building-dead.duckdb.wal"):
        (home.publications / name).write_bytes(b"half")
    (home.publications / ".building-dead.duckdb.tmp").mkdir()
    (home.publications / "countinghouse.duckdb").write_bytes(b"stays")
    built = build(home, AS_OF, company)
    assert {path.name for path in home.publications.iterdir()} == {built.name, "countinghouse.duckdb"}
    assert remove_leftovers(home) == [built]


def test_a_model_that_reads_what_is_not_there_stops_the_build(
    home: Home, company: Company, monkeypatch: pytest.MonkeyPatch
):
    wrong = Model("sales", "wrong", "-- One row is wrong.\nselect * from record.invoicse")
    monkeypatch.setattr(building_module, "read_models", lambda: [wrong])
    with pytest.raises(
        ModelError, match=r"sales/wrong\.sql: there is no record\.invoicse; did you mean record\.invoices"
    ):
        build(home, AS_OF, company)
