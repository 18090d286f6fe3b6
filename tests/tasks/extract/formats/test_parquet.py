"""Parquet of every type arrives as text, exactly."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.errors import UnreadableFile

NOON = dt.datetime(2024, 7, 1, 12, 0, 0, 5, tzinfo=dt.UTC)


@pytest.fixture
def read_table(tmp_path: Path, read):
    def write_and_read(table: pa.Table):
        pq.write_table(table, tmp_path / "b.parquet")
        return read((tmp_path / "b.parquet").read_bytes(), "a.parquet", format="parquet")

    return write_and_read


@pytest.mark.parametrize(
    ("value", "of", "text"),
    [
        (2**64 - 1, pa.uint64(), "18446744073709551615"),
        (-1, pa.int8(), "-1"),
        (1.1, pa.float64(), "1.1"),
        (Decimal("-12345678901234.5678"), pa.decimal128(30, 4), "-12345678901234.5678"),
        (Decimal("0.0000000001"), pa.decimal128(30, 10), "0.0000000001"),
        (Decimal("9" * 45 + ".1000"), pa.decimal256(60, 4), "9" * 45 + ".1000"),
        (True, pa.bool_(), "true"),
        ("", pa.string(), None),
        ("é", pa.large_string(), "é"),
        (b"ab", pa.binary(), "ab"),
        (b"\xff\x00", pa.binary(), "\\xff\x00"),
        (b"\xffz", pa.binary(2), "\\xffz"),
        (dt.date(2024, 2, 29), pa.date32(), "2024-02-29"),
        (dt.time(1, 2, 3), pa.time64("us"), "01:02:03"),
        (NOON.replace(tzinfo=None), pa.timestamp("us"), "2024-07-01 12:00:00.000005"),
        (NOON, pa.timestamp("us", "Europe/Berlin"), "2024-07-01 14:00:00.000005+02:00"),
        (1719828000123456789, pa.timestamp("ns"), "2024-07-01 10:00:00.123456789"),
        (dt.timedelta(seconds=90), pa.duration("ms"), "PT1M30S"),
        ([1, 2], pa.list_(pa.int64()), "[1, 2]"),
        (
            {"a": 1, "b": Decimal("1.10")},
            pa.struct({"a": pa.int8(), "b": pa.decimal128(5, 2)}),
            '{"a": 1, "b": "1.10"}',
        ),
        ([("a", 1)], pa.map_(pa.string(), pa.int64()), '[["a", 1]]'),
    ],
)
def test_every_type_arrives_as_its_text_and_null_as_null(read_table, value, of, text):
    reading = read_table(pa.table({"a": pa.array([value, None], of)}))
    assert reading.rows == {1: (text,), 2: (None,)}


def test_dictionaries_and_columns_of_nothing_are_read(read_table):
    column = pa.array(["x", "y", None]).dictionary_encode()
    reading = read_table(pa.table({"a": column, "b": pa.nulls(3), "": ["1", "2", "3"], "_row": [7, 8, 9]}))
    assert reading.header == ["a", "b", "column_3", "_row_of_source"]
    assert reading.rows == {1: ("x", None, "1", "7"), 2: ("y", None, "2", "8"), 3: (None, None, "3", "9")}


def test_rows_are_numbered_over_batches(read_table):
    reading = read_table(pa.table({"a": range(1, 250_001)}))
    assert all(values == (str(row),) for row, values in reading.rows.items())
    assert len(reading.rows) == 250_000


def test_two_columns_of_one_name_are_refused(read_table):
    with pytest.raises(UnreadableFile, match="names a more than once"):
        read_table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]))


def test_what_is_cut_off_broken_or_none_is_refused(tmp_path: Path, read):
    pq.write_table(pa.table({"a": list(range(100_000))}), tmp_path / "b.parquet")
    whole = (tmp_path / "b.parquet").read_bytes()
    for content in (b"a,b\n1,2\n", b"PAR1", whole[:-100]):
        with pytest.raises(UnreadableFile, match="it is not a Parquet file"):
            read(content, "a.parquet", format="parquet")
    with pytest.raises(UnreadableFile, match="it could not be read to its end"):
        read(whole[:200] + b"\0" * 2000 + whole[2200:], "a.parquet", format="parquet")
