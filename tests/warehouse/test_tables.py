"""The flows' warehouse is made from the contracts, and never changed behind their back."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.store import stored_records
from warehouse.connection import connect
from warehouse.tables import OPERATIONS, StoredColumn, StoredRecord, create_tables, identifier, literal

MUGS = StoredRecord(
    name="mugs",
    grain="one row is a mug, isn't it",
    key=("mug id",),
    columns=(
        StoredColumn(
            "mug id", "VARCHAR", 'The mug\'s "number".', None, personal=False, references=None, nullable=False
        ),
        StoredColumn("weight", "DECIMAL(18, 4)", "How heavy.", "g", personal=False, references="scales", nullable=True),
    ),
    rules=(("weight:required", "it's there"),),
)


@pytest.fixture
def connection():
    with connect() as opened:
        create_tables(opened, [MUGS])
        yield opened


def test_each_record_has_a_store_and_two_views_with_their_comments(connection):
    columns = [row[0] for row in connection.execute("describe record.mugs").fetchall()]
    assert columns == ["mug id", "weight", "_source", "_file", "_row", "_batch_id", "_recorded_at", "_superseded_at"]
    comments = dict(
        connection.execute("select view_name, comment from duckdb_views() where comment is not null").fetchall()
    )
    assert comments == {"mugs": MUGS.grain, "mugs_versions": MUGS.grain + ", in one of its versions"}
    told = connection.execute(
        "select comment from duckdb_columns() where column_name = 'weight' and table_name = 'mugs'"
    )
    assert ("How heavy. Unit: g.",) in told.fetchall()


def test_only_versions_that_nothing_supersedes_are_current(connection):
    for number in (0, 1):
        connection.execute(
            "insert into operations.batches by name select ? as batch_no, ? as batch_id, 'till' as source, "
            "timestamptz '2025-01-01 00:00:00+00' + to_days(?) as recorded_at",
            [number, f"b{number}", number],
        )
    connection.execute("insert into store.mugs values ('M', 1, 1, 0, 1), ('M', 2, 1, 1, null)")
    assert connection.execute("select weight::int, _batch_id from record.mugs").fetchall() == [(2, "b1")]
    versions = "select weight::int, _superseded_at = '2025-01-02 00:00:00+00' from record.mugs_versions order by 1"
    assert connection.execute(versions).fetchall() == [(1, True), (2, None)]


def test_making_tables_again_keeps_rows_and_renews_the_catalogue(connection):
    connection.execute("insert into store.mugs values ('M', 1, 1, 0, null)")
    create_tables(connection, [replace(MUGS, rules=())])
    assert connection.execute("select count(*) from store.mugs").fetchone() == (1,)
    assert connection.execute("select count(*) from operations.rules").fetchone() == (0,)
    assert connection.execute("select column_name, is_key, unit from operations.catalogue order by 1").fetchall() == [
        ("mug id", True, None),
        ("weight", False, "g"),
    ]


def test_a_contract_that_no_longer_fits_its_rows_is_refused_by_name(connection):
    with pytest.raises(ValueError, match=r"schemas/records/mugs.py: it holds mug id, weight, _row"):
        create_tables(connection, [replace(MUGS, columns=MUGS.columns[:1])])


def test_every_record_of_the_repository_and_every_table_of_operations_can_be_made():
    with connect() as connection:
        create_tables(connection, stored_records())
        made = connection.execute("select table_name from duckdb_tables() where schema_name = 'operations'").fetchall()
        assert {name for (name,) in made} >= set(OPERATIONS)


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20))
def test_any_name_and_any_text_can_be_quoted(text):
    with connect() as connection:
        described = connection.execute(f"select {literal(text)} as {identifier(text)}")
        assert described.description[0][0] == text
        assert described.fetchone() == (text,)
