"""A database as a source: what is new is loaded once, its cursor moves with its load, what is gone is withdrawn."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from tasks.errors import SourceRefused, SourceUnreachable
from tasks.extract.database import absent
from tasks.extract.databases import parts
from tasks.ingest import ingest_source
from tasks.quarantine import replay
from tasks.source.checking import load_source
from warehouse.connection import connect
from warehouse.home import Home

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)

TILL = """
source: till
description: Database of a till
owner: sales
extract:
  connector: database
  system: sqlite
  path: "${COUNTINGHOUSE_HOME}/till.db"
  tables:
    takings: {table: takings, key: [id], cursor: {column: id}, deletes: true}
    goods: {query: "select code, name, price from goods", key: [code], deletes: true}
records:
  payments:
    from: takings
    columns:
      payment_id: id
      direction: "'in'"
      payment_date: day
      currency_code: "'EUR'"
      amount: amount
  products:
    from: goods
    columns:
      product_id: code
      product_name: name
      list_price_amount: price
      currency_code: "'EUR'"
"""


class Till:
    """A till with a database, whose source file a test writes, and the warehouse that reads it."""

    def __init__(self, root):
        self.home = Home(root / "home")
        self.home.root.mkdir()
        self._file = root / "till.yml"
        self.describe(TILL)
        self.day = NOON
        self.run(
            "create table takings (id integer primary key, day text, amount numeric)",
            "create table goods (code text primary key, name text, price numeric)",
            "insert into takings values (1, '2025-01-01', 10.5), (2, '2025-01-02', 20)",
            "insert into goods values ('A', 'Apple', 1.25), ('B', 'Bread', 3)",
        )

    def describe(self, text):
        self._file.write_text(text, encoding="utf-8")

    @property
    def source(self):
        return load_source(self._file)

    def run(self, *statements):
        with closing(sqlite3.connect(self.home.root / "till.db")) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    def ingest(self):
        self.day += timedelta(days=1)
        return ingest_source(self.home, self.source, self.day)

    def rows(self, query):
        with connect(self.home.warehouse, read_only=True) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture
def till(tmp_path):
    return Till(tmp_path)


def counts(ingestion):
    return [
        (load.record, load.rows_extracted, load.rows_accepted, load.rows_unchanged, load.rows_quarantined)
        for load in ingestion.loads
    ]


def test_each_table_feeds_its_own_records(till):
    assert counts(till.ingest()) == [("payments", 2, 2, 0, 0), ("products", 2, 2, 0, 0)]
    assert till.rows("select payment_id, amount::varchar from record.payments order by all") == [
        ("1", "10.5000"),
        ("2", "20.0000"),
    ]
    assert till.rows("select count(*) from operations.drift") == [(0,)]


def test_what_is_fetched_twice_is_no_delivery(till):
    till.ingest()
    again = till.ingest()
    assert (again.is_new, again.loads, again.duplicates) == (False, [], [])
    assert till.rows("select count(*) from operations.deliveries") == [(3,)]


def test_a_cursor_moves_with_its_load_and_only_the_new_row_comes(till):
    till.ingest()
    till.run("insert into takings values (3, '2025-01-03', 30)")
    assert counts(till.ingest()) == [("payments", 1, 1, 0, 0)]
    assert till.rows("select value from operations.cursors where name = 'takings' order by cursor_no") == [
        ("2",),
        ("3",),
    ]


def test_a_load_that_fails_moves_no_cursor(till, monkeypatch):
    import tasks.ingest

    monkeypatch.setattr(tasks.ingest, "write_delivery", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        till.ingest()
    assert till.rows("select count(*) from operations.cursors") == [(0,)]
    assert till.rows("select count(*) from record.payments") == [(0,)]
    monkeypatch.undo()
    assert counts(till.ingest()) == [("payments", 2, 2, 0, 0), ("products", 2, 2, 0, 0)]


def test_a_run_that_dies_between_two_parts_repeats_none_and_ends_as_an_undisturbed_one(till, tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "PART_ROWS", 10)
    till.run(*(f"insert into takings values ({number}, '2025-01-02', {number})" for number in range(3, 36)))
    import tasks.ingest

    loaded = []
    load_file = tasks.ingest.load_file

    def dies_at_the_third(*arguments):
        if len(loaded) == 2:
            raise KeyboardInterrupt
        loaded.append(1)
        return load_file(*arguments)

    monkeypatch.setattr(tasks.ingest, "load_file", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        till.ingest()
    monkeypatch.setattr(tasks.ingest, "load_file", load_file)
    assert till.rows("select count(*) from record.payments") == [(20,)]
    # The row of the cursor itself is read again, and says nothing new.
    assert counts(till.ingest()) == [("payments", 10, 9, 1, 0), ("payments", 6, 6, 0, 0), ("products", 2, 2, 0, 0)]
    assert till.rows("select count(*), sum(amount)::int from record.payments") == [(35, 658)]


def test_a_table_that_goes_back_to_what_it_was_is_recorded_as_that(till):
    for price in ("2", "1.25"):
        till.ingest()
        till.run(f"update goods set price = {price} where code = 'A'")
    till.ingest()
    assert till.rows("select list_price_amount::varchar from record.products where product_id = 'A'") == [("1.2500",)]
    assert till.rows("select count(*) from record.products_versions where product_id = 'A'") == [(3,)]


def test_a_row_of_reference_data_that_is_gone_is_withdrawn_and_its_versions_stay(till):
    till.ingest()
    till.run("delete from goods where code = 'B'")
    ingestion = till.ingest()
    assert [(gone.record, gone.rows, gone.is_withdrawn) for gone in ingestion.gone] == [("products", 1, True)]
    assert till.rows("select product_id from record.products") == [("A",)]
    ((superseded,),) = till.rows("select _superseded_at from record.products_versions where product_id = 'B'")
    assert superseded == till.day
    assert till.rows("select record, key, row, is_withdrawn from operations.withdrawals") == [
        ("products", "B", 2, True)
    ]


def test_a_table_that_was_emptied_withdraws_nothing_unless_its_file_allows_it(till):
    till.run(*(f"insert into goods values ('G{number}', 'Good', 1)" for number in range(20)))
    till.ingest()
    till.run("delete from goods where code <> 'A'")
    (gone,) = till.ingest().gone
    assert str(gone).startswith("21 of 22 rows of products: gone from the source at once, and kept")
    assert till.rows("select count(*) from record.products") == [(22,)]
    till.describe(TILL.replace("key: [code], deletes: true", "key: [code], deletes: true, most_deleted_pct: 100"))
    till.run("update goods set price = 9 where code = 'A'")
    assert [(one.rows, one.is_withdrawn) for one in till.ingest().gone] == [(21, True)]
    assert till.rows("select product_id from record.products") == [("A",)]


def test_a_row_that_comes_back_is_a_new_version(till):
    till.ingest()
    till.run("delete from goods where code = 'B'")
    till.ingest()
    till.run("insert into goods values ('B', 'Bread', 3)")
    assert counts(till.ingest()) == [("products", 2, 1, 1, 0)]
    assert till.rows("select count(*) from record.products") == [(2,)]


def test_a_row_that_comes_back_as_old_as_it_was_is_not_missed_behind_the_cursor(till):
    table = "{table: goods, key: [code], cursor: {column: price}, deletes: true}"
    till.describe(TILL.replace('{query: "select code, name, price from goods", key: [code], deletes: true}', table))
    till.ingest()
    till.run("delete from goods where code = 'A'")
    assert [gone.rows for gone in till.ingest().gone] == [1]
    till.run("insert into goods values ('A', 'Apple', 1.25)")
    till.ingest()
    assert counts(till.ingest()) == [("products", 2, 1, 1, 0)]
    assert till.rows("select count(*) from record.products") == [(2,)]
    assert not till.ingest().is_new


def test_a_document_that_is_gone_is_reported_once_and_stays(till):
    till.ingest()
    till.run("delete from takings where id = 1")
    ingestion = till.ingest()
    assert [(gone.record, gone.rows, gone.is_withdrawn) for gone in ingestion.gone] == [("payments", 1, False)]
    assert till.rows("select count(*) from record.payments") == [(2,)]
    till.run("insert into takings values (9, '2025-01-09', 9)")
    assert till.ingest().gone == []
    assert till.rows("select record, key, is_withdrawn from operations.withdrawals") == [("payments", "1", False)]


def test_a_refused_row_whose_key_is_there_withdraws_nothing(till):
    till.ingest()
    till.run("update goods set price = 'dear' where code = 'A'")
    ingestion = till.ingest()
    assert counts(ingestion) == [("products", 2, 0, 1, 1)]
    assert ingestion.gone == []


def test_a_row_whose_key_cannot_be_told_is_refused_alone_and_the_others_are_compared(till):
    product = "(code::decimal(38, 0) * code::decimal(38, 0))::varchar"
    till.describe(TILL.replace("product_id: code", f'product_id: "{product}"'))
    till.run("update goods set code = '2' where code = 'A'", "update goods set code = '3' where code = 'B'")
    till.ingest()
    till.run("delete from goods where code = '3'", f"insert into goods values ('{'9' * 30}', 'Cherry', 1)")
    ingestion = till.ingest()
    assert counts(ingestion) == [("products", 2, 0, 1, 1)]
    assert [(gone.record, gone.rows) for gone in ingestion.gone] == [("products", 1)]
    assert till.rows("select product_id from record.products") == [("4",)]


def test_a_replay_reads_the_landed_rows_of_its_own_table(till):
    till.run("insert into goods values ('C', 'Cheese', 'dear')")
    till.ingest()
    till.describe(TILL.replace("list_price_amount: price", "list_price_amount: replace(price, 'dear', '9')"))
    ingestion = replay(till.home, till.source, till.day)
    assert counts(ingestion) == [("products", 3, 1, 2, 0)]


def test_a_replay_does_not_bring_back_what_was_withdrawn(till):
    till.run("insert into goods values ('C', 'Cheese', 'dear')")
    till.ingest()
    till.run("delete from goods where code = 'B'", "update goods set price = 5 where code = 'C'")
    till.ingest()
    again = TILL.replace("product_name: name", "product_name: upper(name)")
    till.describe(again.replace("_amount: price", "_amount: replace(price, 'dear', '9')"))
    replay(till.home, till.source, till.day)
    assert till.rows("select product_id, product_name from record.products order by all") == [
        ("A", "APPLE"),
        # What the table said later of it.
        ("C", "Cheese"),
    ]


def test_a_column_that_a_table_starts_to_send_is_drift_of_that_table(till):
    till.ingest()
    till.run("alter table takings add column till text", "insert into takings values (3, '2025-01-03', 30, 'K1')")
    till.ingest()
    assert till.rows("select column_name, change from operations.drift") == [("till", "added")]


def test_every_row_of_every_load_is_accounted_for_and_versions_without_withdrawn_ones_are_the_record(till):
    till.ingest()
    till.run("delete from goods", "insert into goods values ('C', 'Cheese', 5)")
    till.ingest()
    assert till.rows(
        "select (select sum(rows_accepted) from operations.loads where record = 'products')"
        " - (select count(*) from operations.withdrawals where is_withdrawn)"
        " = (select count(*) from record.products)"
    ) == [(True,)]


def test_a_source_whose_database_is_not_named_is_skipped_with_a_sentence(till, monkeypatch):
    monkeypatch.delenv("SHOP_HOST", raising=False)
    monkeypatch.delenv("SHOP_PASSWORD", raising=False)
    reached = 'system: postgresql\n  host: "${SHOP_HOST}"\n  database: d\n  user: u\n  password: "${SHOP_PASSWORD}"'
    till.describe(TILL.replace('system: sqlite\n  path: "${COUNTINGHOUSE_HOME}/till.db"', reached))
    assert till.ingest().skipped == "till: skipped, SHOP_HOST is not set; set it to reach the database"
    monkeypatch.setenv("SHOP_HOST", "127.0.0.1")
    assert absent(till.source) == "till: skipped, SHOP_PASSWORD is not set; it is the password of the database"


def test_a_database_that_does_not_answer_is_unreachable_and_one_that_is_none_is_refused(till):
    (till.home.root / "till.db").unlink()
    with pytest.raises(SourceUnreachable, match="there is no SQLite file"):
        till.ingest()
    (till.home.root / "till.db").write_text("<html>" * 1000)
    with pytest.raises(SourceRefused, match="file is not a database"):
        till.ingest()


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("from: goods", "from: godos", 21, "there is no table 'godos'; did you mean 'goods'?"),
        ("    from: goods\n", "", 20, "say `from` which table products is read: takings, goods"),
        ("    goods: {", "    spare: {table: goods}\n    goods: {", 10, "no record is read from spare; leave it out"),
        ("product_id: code", "product_id: name", 23, "product_id reads name, and deletes are found by the key code"),
        ("product_id: code", "product_id: code || _row", 23, "product_id depends on other rows"),
    ],
)
def test_what_is_wrong_between_tables_and_records_is_told_before_anything_is_read(till, old, new, line, sentence):
    from tasks.source.checking import check_sources

    till.describe(TILL.lstrip().replace(old, new))
    errors = check_sources(till.home.root.parent)
    assert any(f"till.yml:{line}: {sentence}" in error for error in errors), errors


def test_only_a_database_has_tables(till):
    from tasks.source.checking import check_sources

    begin, _, end = TILL.lstrip().partition("extract:")
    records = end[end.index("records:") :]
    till.describe(f"{begin}extract: {{connector: files, path: x, format: csv}}\n{records}")
    (first, _) = check_sources(till.home.root.parent)
    assert "till.yml:7: only a database has tables; leave out `from`" in first
