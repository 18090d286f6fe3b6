"""What each system holds arrives exactly as it is held, and what goes wrong is told without a password."""

import sqlite3
from contextlib import closing

import pytest

from tasks.errors import SourceRefused, SourceUnreachable
from tasks.extract.databases import parts
from tasks.extract.databases.session import Access
from tasks.extract.opening import open_file
from tests.servers import PASSWORD, free_port


def texts(asked):
    """The one row that was asked for, as a mapping reads it."""
    (file,) = asked.files
    from tasks.source import FilesExtract

    landed = FilesExtract.model_validate({"connector": "files", "path": "landed", "format": "parquet"})
    (batch,) = open_file(file.path, landed).batches
    (row,) = batch.frame.drop("_row").rows()
    return row


POSTGRESQL = {
    "9223372036854775807::bigint": "9223372036854775807",
    "1234567890123456789012345678901234567890.123456789::numeric": "1234567890123456789012345678901234567890.123456789",
    "1.10::numeric(12, 2)": "1.10",
    "'NaN'::numeric": "NaN",
    "0.1::float8 + 0.2::float8": "0.30000000000000004",
    "0.1::float4": "0.1",
    "12.34::money": "$12.34",
    "date '2025-02-28'": "2025-02-28",
    "date '0044-03-15 BC'": "0044-03-15 BC",
    "'infinity'::timestamp": "infinity",
    "'-infinity'::timestamptz": "-infinity",
    "timestamp '2025-01-02 03:04:05.123456'": "2025-01-02 03:04:05.123456",
    "timestamptz '2025-01-02 03:04:05.123456+05:30'": "2025-01-01 21:34:05.123456+00",
    "time '03:04:05'": "03:04:05",
    "interval '1 year 2 days'": "P1Y2D",
    "true": "true",
    "null::text": None,
    "''::text": None,
    "'Łódź 🏦'::text": "Łódź 🏦",
    "'ab'::char(5)": "ab",
    """'{"a": 1.10, "b": [1, null]}'::json""": '{"a": 1.10, "b": [1, null]}',
    """'{"a": 1.10}'::jsonb""": '{"a": 1.10}',
    "'{1.10,2,null}'::numeric[]": "[1.10,2,null]",
    "array['a', 'b\"c']": r'["a","b\"c"]',
    "'3b241101-e2bb-4255-8caf-4136c566a962'::uuid": "3b241101-e2bb-4255-8caf-4136c566a962",
    r"'\x41ff'::bytea": "A\\xff",
    "'10.0.0.1'::inet": "10.0.0.1/32",
    "'[1,3)'::int4range": "[1,3)",
    "b'1010'": "1010",
}


def test_what_postgresql_holds_arrives_as_it_is(postgresql_database, asker):
    query = "select " + ", ".join(f"{value} as c{number}" for number, value in enumerate(POSTGRESQL))
    row = texts(asker(postgresql_database, one={"query": query}).ask())
    assert dict(zip(POSTGRESQL, row, strict=True)) == POSTGRESQL


MYSQL = {
    "cast(18446744073709551615 as unsigned)": "18446744073709551615",
    "cast('12345678901234567890123456789012345.123456789' as decimal(65, 9))":
        "12345678901234567890123456789012345.123456789",
    "cast(1.10 as decimal(12, 2))": "1.10",
    "cast('2025-02-28' as date)": "2025-02-28",
    "cast('2025-01-02 03:04:05.123456' as datetime(6))": "2025-01-02 03:04:05.123456",
    "null": None,
    "'Łódź 🏦'": "Łódź 🏦",
    "x'41ff'": "A\\xff",
    "b'1010'": "\n",
    "json_object('a', 1.10)": '{"a": 1.10}',
}  # fmt: skip


def test_what_mysql_holds_arrives_as_it_is(mysql_database, asker):
    query = "select " + ", ".join(f"{value} as c{number}" for number, value in enumerate(MYSQL))
    row = texts(asker(mysql_database, one={"query": query}).ask())
    assert dict(zip(MYSQL, row, strict=True)) == MYSQL


def test_an_instant_of_mysql_is_told_in_utc_and_a_day_zero_is_left_as_it_is(mysql_database, asker):
    mysql_database.run(
        "set time_zone = '+05:30', sql_mode = ''",
        "create table t (at timestamp(6) null, held bit(12), day date)",
        "insert into t values ('2025-01-02 03:04:05.5', b'101010101010', '0000-00-00')",
        "set time_zone = '+00:00'",
    )
    assert texts(asker(mysql_database, t={"table": "t"}).ask()) == (
        "2025-01-01 21:34:05.500000+00:00",
        "2730",
        "0000-00-00",
    )


def test_an_instant_of_mysql_is_a_cursor(mysql_database, asker):
    mysql_database.run(
        "set time_zone = '+00:00'",
        "create table t (at timestamp(6) null)",
        "insert into t values ('2025-01-02 03:04:05.5')",
    )
    one = asker(mysql_database, t={"table": "t", "cursor": {"column": "at", "overlap": "1 hour"}})
    assert one.ask().rows() == [("2025-01-02 03:04:05.500000+00:00",)]
    assert one.ask().files == []
    mysql_database.run("insert into t values ('2025-01-02 02:30:00')")
    assert len(one.ask().rows()) == 2


def test_an_instant_of_postgresql_is_a_cursor(postgresql_database, asker):
    postgresql_database.run("create table t (at timestamptz)", "insert into t values ('2025-01-02 03:04:05.5+05:30')")
    one = asker(postgresql_database, t={"table": "t", "cursor": {"column": "at", "overlap": "1 hour"}})
    assert one.ask().rows() == [("2025-01-01 21:34:05.5+00",)]
    assert one.ask().files == []
    postgresql_database.run("insert into t values ('2025-01-01 21:00:00+00')")
    assert len(one.ask().rows()) == 2


def test_a_cursor_that_has_come_to_infinity_is_refused_for_nothing_would_be_new_after_it(postgresql_database, asker):
    postgresql_database.run("create table t (at timestamptz)", "insert into t values ('infinity')")
    with pytest.raises(SourceRefused, match="its cursor has come to infinity"):
        asker(postgresql_database, t={"table": "t", "cursor": {"column": "at"}}).ask()


def test_what_sqlite_holds_arrives_as_it_is(sqlite_database, asker):
    with closing(sqlite3.connect(sqlite_database.file)) as connection:
        connection.execute("create table t (a, b, c, d, e, f)")
        connection.execute("insert into t values (?, ?, ?, ?, ?, ?)", [2**63 - 1, 1e16, 0.1, "é", b"A\xff", None])
        connection.commit()
    assert texts(asker(sqlite_database, t={"table": "t"}).ask()) == (
        "9223372036854775807", "10000000000000000", "0.1", "é", "A\\xff", None,
    )  # fmt: skip


def test_a_column_of_sqlite_may_hold_anything_in_any_row(sqlite_database, asker):
    sqlite_database.run("create table t (a integer)", "insert into t values (1), ('two'), (3.5), (x'34ff'), (null)")
    sqlite_database.run("insert into t values (cast(x'66ff' as text))")
    (table,) = asker(sqlite_database, t={"table": "t"}).ask().tables
    assert table.column("a").to_pylist() in (
        [b"1", b"two", b"3.5", b"4\xff", None, b"f\\xff"],
        ["1", "two", "3.5", "4\\xff", None, "f\\xff"],
    )


@pytest.mark.parametrize("system", ["postgresql", "mysql"])
def test_a_wrong_password_is_refused_without_being_told(request, asker, monkeypatch, system):
    database = request.getfixturevalue(f"{system}_database")
    monkeypatch.setenv("TESTS_DATABASE_PASSWORD", "hunter2:@/?#")
    with pytest.raises(SourceRefused, match="said no") as refused:
        asker(database, t={"table": "t"}).ask()
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("system", ["postgresql", "mysql"])
def test_a_server_that_is_not_there_is_unreachable(request, asker, monkeypatch, system):
    database = request.getfixturevalue(f"{system}_database")
    reached = database.reached() | {"port": str(free_port())}
    monkeypatch.setattr(database, "reached", lambda: reached)
    with pytest.raises(SourceUnreachable, match="did not answer") as unreachable:
        asker(database, t={"table": "t"}).ask()
    assert PASSWORD not in str(unreachable.value)


def test_a_server_that_goes_in_the_midst_of_its_answer_is_unreachable(postgresql_database, asker, monkeypatch):
    monkeypatch.setattr(parts, "PART_ROWS", 1000)
    postgresql_database.run(
        "create table t as select i as id, repeat(md5(i::text), 40) as note from generate_series(1, 80000) i"
    )
    stream = asker(postgresql_database, t={"table": "t", "cursor": {"column": "id"}}).stream()
    next(stream)
    postgresql_database.run(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'countinghouse'"
    )
    with pytest.raises(SourceUnreachable, match="did not answer to the end"):
        list(stream)


@pytest.mark.parametrize("system", ["postgresql", "mysql"])
def test_an_answer_that_is_left_in_the_midst_leaves_no_connection_behind(request, asker, monkeypatch, system):
    monkeypatch.setattr(parts, "PART_ROWS", 1000)
    database = request.getfixturevalue(f"{system}_database")
    numbers = ", ".join(f"({number})" for number in range(5000))
    database.run("create table t (id int)", f"insert into t values {numbers}")
    stream = asker(database, t={"table": "t", "cursor": {"column": "id"}}).stream()
    next(stream)
    stream.close()


def test_a_table_of_another_schema_is_named_with_it(postgresql_database, asker):
    postgresql_database.run(
        "drop schema if exists back_office cascade", "create schema back_office", "create table back_office.t (a int)"
    )
    assert asker(postgresql_database, t={"table": "back_office.t"}).ask().table().column_names == ["a"]


def test_a_password_may_hold_any_character_and_is_not_shown(monkeypatch):
    import pymysql

    from tasks.extract.databases.mysql import MySQL

    given = {}

    def refused(**access):
        given.update(access)
        raise pymysql.err.OperationalError(1045, f"Access denied, {access['password'].decode()}")

    monkeypatch.setattr(pymysql, "connect", refused)
    access = Access("mysql", None, "db.example", None, "books", "reader", "10€ is enough", "preferred")
    with pytest.raises(SourceRefused) as no:
        MySQL(access)
    assert given["password"] == "10€ is enough".encode()
    assert "10€" not in f"{no.value}{access!r}"
