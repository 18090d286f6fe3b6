"""A database is opened in UTC, bounded, and without reaching for the network."""

import duckdb
import pytest

from warehouse.connection import connect


def one(connection, sql):
    return connection.execute(sql).fetchone()[0]


def test_a_connection_and_its_cursors_are_in_utc():
    with connect() as connection:
        for one_of in (connection, connection.cursor()):
            assert one(one_of, "select current_setting('timezone')") == "UTC"
            assert str(one(one_of, "select timestamptz '2024-07-01 12:00:00+02'::varchar")) == "2024-07-01 10:00:00+00"


def test_memory_threads_and_scratch_are_bounded_and_nothing_is_fetched(tmp_path):
    with connect(memory_limit="100MB", threads=1, scratch=tmp_path) as connection:
        assert one(connection, "select current_setting('memory_limit')") == "95.3 MiB"
        assert one(connection, "select current_setting('threads')") == 1
        assert one(connection, "select current_setting('temp_directory')") == str(tmp_path)
        assert one(connection, "select current_setting('autoinstall_known_extensions')") is False
        assert one(connection, "select current_setting('autoload_known_extensions')") is False


def test_a_reader_writes_nothing(tmp_path):
    with connect(tmp_path / "a.duckdb") as connection:
        connection.execute("create table t as select 1 as a")
    with connect(tmp_path / "a.duckdb", read_only=True) as connection:
        assert one(connection, "select a from t") == 1
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            connection.execute("insert into t values (2)")
