"""Two public databases are extracted whole, and plain SQL over the same databases comes to the same.

The data are those of COUNTINGHOUSE_REAL_DATA; without them the tests skip and say so.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest

from tasks.ingest import ingest_source
from tasks.source import chosen
from tests.servers import Absent, postgresql, server_folder
from warehouse.connection import connect
from warehouse.home import Home

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)

TYPES = {
    "INTEGER": ("integer", pa.int32()),
    "NUMERIC": ("numeric(12, 4)", None),
    "REAL": ("real", pa.float32()),
    "DATE": ("date", None),
    "DATETIME": ("timestamp", None),
    "BLOB": ("bytea", pa.binary()),
    "TEXT": ("text", pa.string()),
}
"""What the columns of the script become in PostgreSQL."""


class Extracted:
    """A source, the warehouse that it was ingested into, and the database that it came from."""

    def __init__(self, name, home, database):
        self._name, self._home, self._moment = name, home, NOON
        self.database = database
        self.first = self.ingest()

    def ingest(self):
        self._moment += timedelta(days=1)
        return ingest_source(self._home, chosen([self._name])[0], self._moment)

    def one(self, query):
        with connect(self._home.warehouse, read_only=True) as connection:
            return connection.execute(query).fetchone()


@pytest.fixture(scope="module")
def chinook(real_data, tmp_path_factory):
    file = real_data / "sources_sql" / "Chinook_Sqlite.sqlite"
    with pytest.MonkeyPatch.context() as patch, closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as there:
        patch.setenv("COUNTINGHOUSE_REAL_DATA", str(real_data))
        yield Extracted("chinook", Home(tmp_path_factory.mktemp("chinook")), there)


@pytest.fixture(scope="module")
def northwind(real_data, tmp_path_factory):
    script = (real_data / "sources_sql" / "northwind_create.sql").read_text(encoding="utf-8")
    try:
        with (
            closing(sqlite3.connect(":memory:")) as there,
            server_folder("northwind") as folder,
            postgresql(folder) as server,
            pytest.MonkeyPatch.context() as patch,
        ):
            there.executescript(script)
            fill(server, there)
            reached = (server.host, server.port, "postgres", server.user, server.password)
            for name, value in zip(("HOST", "PORT", "DATABASE", "USER", "PASSWORD"), reached, strict=True):
                patch.setenv(f"NORTHWIND_{name}", str(value))
            yield Extracted("northwind", Home(tmp_path_factory.mktemp("northwind")), there)
    except Absent as reason:
        pytest.skip(str(reason))


def fill(server, there):
    """The tables of the script, in PostgreSQL."""
    import adbc_driver_postgresql.dbapi as driver

    address = f"postgresql://{server.user}:{server.password}@{server.host}:{server.port}/postgres"
    with driver.connect(address) as connection, connection.cursor() as cursor:
        for name in ("Customers", "Suppliers", "Employees", "Categories", "Products", "Orders", "Order Details"):
            columns = [(column, TYPES[of]) for _, column, of, *_ in there.execute(f"pragma table_info([{name}])")]
            rows = list(zip(*there.execute(f"select * from [{name}]"), strict=True))
            arrays = [
                pa.array(
                    values if of else [None if value is None else str(value) for value in values], of or pa.string()
                )
                for values, (_, (_, of)) in zip(rows, columns, strict=True)
            ]
            cursor.adbc_ingest("loading", pa.table(arrays, names=[column for column, _ in columns]), mode="create")
            typed = ", ".join(f'"{column}"::{of} as "{column}"' for column, (of, _) in columns)
            cursor.execute(f'create table "{name}" as select {typed} from loading')
            cursor.execute("drop table loading")
        connection.commit()


def loaded(ingestion):
    return {load.record: (load.rows_extracted, load.rows_accepted, load.rows_quarantined) for load in ingestion.loads}


def test_every_row_of_chinook_is_accepted_and_the_sums_are_those_of_the_database(chinook):
    assert loaded(chinook.first) == {
        "customers": (59, 59, 0),
        "employees": (8, 8, 0),
        "products": (3503, 3503, 0),
        "invoices": (412, 412, 0),
        "sales_lines": (2240, 2240, 0),
    }
    # SQLite adds floats; in cents they are whole numbers.
    (total,) = chinook.database.execute("select sum(cast(round(Total * 100) as integer)) from Invoice").fetchone()
    (lines,) = chinook.database.execute(
        "select sum(cast(round(UnitPrice * 100) as integer) * Quantity) from InvoiceLine"
    ).fetchone()
    assert chinook.one("select sum(gross_amount) * 100 from record.invoices")[0] == total == 232_860
    assert chinook.one("select sum(net_amount) * 100 from record.sales_lines")[0] == lines == 232_860
    by_country = chinook.database.execute(
        "select sum(cast(round(Total * 100) as integer)) from Invoice where BillingCountry = 'Germany'"
    ).fetchone()
    assert (
        chinook.one("select (sum(net_amount) * 100)::int from record.sales_lines where country_code = 'DE'")
        == by_country
    )


def test_chinook_asked_again_has_nothing_new(chinook):
    again = chinook.ingest()
    assert (again.is_new, again.skipped) == (False, None)


def test_every_row_of_northwind_is_accounted_for_and_the_sums_are_those_of_the_database(northwind):
    assert loaded(northwind.first) == {
        "customers": (93, 93, 0),
        "suppliers": (29, 29, 0),
        "employees": (9, 9, 0),
        "products": (77, 77, 0),
        "sales_lines": (2155, 2155, 0),
    }
    rows = northwind.database.execute('select UnitPrice, Quantity, Discount from "Order Details"').fetchall()
    plain = sum(Decimal(str(price)) * quantity * (1 - Decimal(str(discount))) for price, quantity, discount in rows)
    assert northwind.one("select sum(net_amount) from record.sales_lines")[0] == plain == Decimal("1265793.0395")
    orders = northwind.database.execute("select count(*), count(distinct CustomerID) from Orders").fetchone()
    counted = "select count(distinct document_id), count(distinct customer_id) from record.sales_lines"
    assert northwind.one(counted) == orders == (830, 89)


def test_northwind_asked_again_has_nothing_new(northwind):
    assert northwind.ingest().is_new is False


@pytest.mark.parametrize("name", ["chinook", "northwind"])
def test_where_there_is_no_such_database_the_source_is_skipped_with_a_sentence(monkeypatch, tmp_path, name):
    for variable in ("COUNTINGHOUSE_REAL_DATA", "NORTHWIND_HOST"):
        monkeypatch.delenv(variable, raising=False)
    skipped = ingest_source(Home(tmp_path), chosen([name])[0], NOON).skipped
    assert skipped.startswith(f"{name}: skipped, ")
    assert "is not set" in skipped
