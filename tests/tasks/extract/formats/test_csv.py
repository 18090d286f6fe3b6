"""CSV as firms deliver it: every dialect is read, every row is numbered, and what is broken is said to be."""

import csv
import gzip
import io
import subprocess
import sys
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.errors import UnreadableFile


@pytest.fixture
def read_csv(read):
    return partial(read, name="a.csv", format="csv")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it is empty"),
        ("\n\n \n", "it is empty"),
        ("a,b,a\n1,2,3\n", "its header names a more than once"),
        ('a,"b\n1,2\n3,4\n', "its header could not be read"),
        ("näme,b\n1,2\n".encode("cp1252"), "its header is not utf-8 text"),
        ("<!DOCTYPE html>\n<html><body>Log in, please</body></html>\n", "it is an HTML page"),
        (b"PK\x03\x04 something", "it is a zip archive or a workbook"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0), "it is compressed by gzip, but not called .gz"),
        (b"a" * (2 << 20), "its header could not be read"),
        (b"a,b\n1," + b"x" * (9 << 20), "it has a line longer than 4 MiB, or a quote that is never closed"),
    ],
)
def test_a_file_that_is_no_csv_is_refused_with_its_reason(read_csv, content, reason):
    with pytest.raises(UnreadableFile, match=f"^{reason}"):
        read_csv(content)


@pytest.mark.parametrize("content", ["a,b\n", "a,b", "a,b\r\n\r\n", "\ufeffa,b\n"])
def test_a_header_alone_is_a_file_without_rows(read_csv, content):
    reading = read_csv(content)
    assert (reading.header, reading.rows, reading.malformed) == (["a", "b"], {}, [])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_found(read_csv, delimiter):
    reading = read_csv(f"a{delimiter}b\n1{delimiter}2\n")
    assert (reading.header, reading.rows) == (["a", "b"], {1: ("1", "2")})


def test_the_delimiter_is_looked_for_in_the_header_and_outside_of_quotes(read_csv):
    reading = read_csv('Sales, returns, and so on\n"a,b,c";d\n1;2\n', skip_lines=1)
    assert (reading.header, reading.rows) == (["a,b,c", "d"], {1: ("1", "2")})


@pytest.mark.parametrize(
    ("content", "extract"),
    [
        ("a,b\n1,café €\n".encode("cp1252"), {"encoding": "cp1252"}),
        ("a,b\n1,café €\n".encode("utf-16"), {}),
        ("a,b\n1,café €\n".encode("utf-16"), {"encoding": "utf-16"}),
        ("a,b\n1,café €\n".encode("utf-16-le"), {"encoding": "utf-16-le"}),
        (b"\xfe\xff" + "a,b\n1,café €\n".encode("utf-16-be"), {}),
        ("a,b\n1,café €\n".encode("utf-8-sig"), {}),
        ("1,café €\n".encode("utf-8-sig"), {"header": False, "columns": ["a", "b"]}),
        ("1,café €\n".encode("utf-16"), {"header": False, "columns": ["a", "b"]}),
        (gzip.compress("a,b\n1,café €\n".encode(), mtime=0), {"name": "a.csv.gz"}),
        (gzip.compress(b"a,b\n", mtime=0) + gzip.compress("1,café €\n".encode(), mtime=0), {"name": "a.csv.GZ"}),
        (pa.compress("a,b\n1,café €\n".encode(), codec="zstd", asbytes=True), {"name": "a.csv.zst"}),
        ("a,b\r\n1,café €\r\n", {}),
        ("a,b\r1,café €\r", {}),
        ("\n\na,b\n1,café €", {}),
        ("a,b\n1,'café €'\n", {"quote": "'"}),
    ],
)
def test_every_encoding_compression_and_line_end_says_the_same(read_csv, content, extract):
    reading = read_csv(content, **extract)
    assert (reading.header, reading.rows, reading.malformed) == (["a", "b"], {1: ("1", "café €")}, [])


@pytest.mark.parametrize(("bytes_of", "encoding"), [("caf\xe9".encode("cp1252"), "utf-8"), (b"x\x81y", "cp1252")])
def test_one_row_in_another_encoding_is_one_row_refused(read_csv, bytes_of, encoding):
    reading = read_csv(b"a,b\n1,2\n2," + bytes_of + b"\n3,4\n", encoding=encoding)
    assert reading.rows == {1: ("1", "2"), 3: ("3", "4")}
    assert reading.rules == {2: "structure:encoding"}
    assert "\\x" in reading.malformed[0].raw
    assert f"bytes that are not {encoding}" in reading.malformed[0].reason


# Arrow cannot build the text of such a row for the one who asked to see it, and says so past everyone.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_malformed_row_in_another_encoding_is_refused_too(read_csv):
    good = b"".join(b"%d,%s\n" % (row, b"x" * 90) for row in range(1, 60_001))
    reading = read_csv(b"a,b\n" + good + b"caf\xe9\n1,2\n2,\xe9\n")
    assert list(reading.rows) == [*range(1, 60_001), 60_002]
    assert reading.rules == {60_001: "structure:columns", 60_003: "structure:encoding"}
    assert reading.malformed[0].raw == r"caf\xe9"


def test_half_a_character_at_the_end_is_a_row_refused(read_csv):
    reading = read_csv("a,b\n1,é\n".encode("utf-16") + b"\0")
    assert (reading.rows, reading.rules) == ({1: ("1", "é")}, {2: "structure:columns"})


def test_quotes_hold_delimiters_line_breaks_and_doubled_quotes(read_csv):
    reading = read_csv('a,b\n1,"x, ""y""\r\nz"\n2,=1+1\n3,x\0y\n4,\n')
    assert reading.rows == {1: ("1", 'x, "y"\r\nz'), 2: ("2", "=1+1"), 3: ("3", "x\0y"), 4: ("4", None)}
    assert reading.malformed == []


@pytest.mark.parametrize(
    ("rows", "refused", "kept"),
    [
        ('1,"x\n2,y\n3,z\n', [1], []),
        ('1,"x\n2,y\n3,"z"\n4,w\n', [1], [2]),
        ('1,"x\n2,"z"\n3,w\n', [1], [2]),
        ('1,x\n2,"y\n', [2], [1]),
        ('1,x\n2,"y', [2], [1]),
        ('1,x\n2,"', [2], [1]),
        ('1,x\n2,"y\n\n', [2], [1]),
    ],
)
def test_a_quote_that_is_never_closed_is_never_believed(read_csv, rows, refused, kept):
    reading = read_csv("a,b\n" + rows)
    assert list(reading.rules.items()) == [(row, "structure:quote") for row in refused]
    assert list(reading.rows) == kept


@pytest.mark.parametrize(
    "text", ["Dear all,\nthe mug, the cup\nand, well, the pot", "5'\n19\" wide", "", "\n", "a\n", '"', '"\n"', ","]
)
def test_a_letter_in_a_field_is_no_unclosed_quote(read_csv, text):
    content = io.StringIO(newline="")
    csv.writer(content).writerows([["a", "b", "c"], ["1", "x", text]])
    assert read_csv(content.getvalue()).rows == {1: ("1", "x", text or None)}


def test_rows_of_too_few_or_too_many_fields_are_refused_under_their_own_numbers(read_csv):
    reading = read_csv("title\nof the day\na,b\n1\n\n2,2\n3,3,3\n\n\n4,4\n5\n", skip_lines=2)
    assert reading.rows == {2: ("2", "2"), 4: ("4", "4")}
    assert reading.rules == dict.fromkeys([1, 3, 5], "structure:columns")
    assert [row.raw for row in reading.malformed] == ["1", "3,3,3", "5"]


def test_numbers_stay_right_over_many_blocks(read_csv):
    lines = [f"{row}" if row % 997 == 0 else f"{row},{'x' * 90},z" for row in range(1, 100_001)]
    text = "a,b,c\n" + "".join(line + ("\n\n" if row % 777 == 0 else "\n") for row, line in enumerate(lines))
    reading = read_csv(text)
    assert all(values[0] == str(number) for number, values in reading.rows.items())
    assert all(row.raw == str(row.row) for row in reading.malformed)
    assert len(reading.rows) + len(reading.malformed) == 100_000


def test_a_header_may_span_lines_leave_a_name_out_and_use_the_name_of_the_row_number(read_csv):
    reading = read_csv('"a\nx",, _row \n1,2,3\n4\n')
    assert reading.header == ["a\nx", "column_2", "_row_of_source"]
    assert reading.rows == {1: ("1", "2", "3")}
    assert reading.rules == {2: "structure:columns"}


@pytest.mark.parametrize("cut", [9, 4, 1])
@pytest.mark.parametrize("codec", ["gzip", "zstd"])
def test_a_compressed_file_that_is_cut_off_is_refused_whole(read, codec, cut):
    content = pa.compress(b"a,b\n" + b"1,2\n" * 600_000, codec=codec, asbytes=True)
    name = {"gzip": "a.csv.gz", "zstd": "a.csv.zst"}[codec]
    with pytest.raises(UnreadableFile, match="Truncated"):
        read(content[:-cut], name, format="csv")


def test_what_is_not_compressed_is_not_believed_to_be(read):
    with pytest.raises(UnreadableFile, match="decompressed"):
        read("a,b\n1,2\n", "a.csv.gz", format="csv")


# The peak of resource.getrusage would be that of the tests before: a process inherits it from the one that starts it.
BOUNDED = r"""
import re, sys
from pathlib import Path
from tasks.errors import UnreadableFile
from tasks.extract.opening import open_file
from tasks.source import FilesExtract
try:
    for batch in open_file(Path(sys.argv[1]), FilesExtract(connector="files", path="any", format=sys.argv[2])).batches:
        pass
except UnreadableFile as error:
    print(error)
print(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.parametrize(
    ("form", "start"), [("csv", b""), ("csv", b"a,b\n1,2\n"), ("csv", b'a,b\n1,"'), ("jsonl", b"")]
)
@pytest.mark.parametrize("is_packed", [True, False])
def test_a_bomb_of_one_endless_line_is_refused_in_little_memory(tmp_path: Path, form, start, is_packed):
    path = tmp_path / ("bomb.gz" if is_packed else "bomb")
    if is_packed:
        zeros = gzip.compress(b"\0" * (16 << 20), mtime=0)
        path.write_bytes(gzip.compress(start, mtime=0) + zeros * 190)
    else:
        with path.open("wb") as file:
            file.write(start)
            file.truncate(3 << 30)
    told = subprocess.run(
        [sys.executable, "-c", BOUNDED, str(path), form], capture_output=True, text=True, timeout=30, check=True
    ).stdout.splitlines()
    assert "line" in told[0] or "header" in told[0]
    assert int(told[1]) < 1 << 20, "kibibytes"


# The last characters of Unicode, nobody's, stand for bytes of another encoding.
FIELDS = st.text(st.characters(codec="utf-8", max_codepoint=0xFFFFF, exclude_characters="\n\r\0"), max_size=8)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(FIELDS, min_size=width, max_size=width), min_size=1, max_size=12)
)


@given(
    rows=TABLES,
    delimiter=st.sampled_from(",;\t|"),
    quote=st.sampled_from("\"'"),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]),
)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_any_writer_writes_comes_back(read, rows, delimiter, quote, quoting, line_end, encoding):
    content = io.StringIO(newline="")
    writer = csv.writer(content, delimiter=delimiter, quotechar=quote, quoting=quoting, lineterminator=line_end)
    header = [f"c{position}" for position in range(len(rows[0]))]
    writer.writerows([header, *rows])
    data = content.getvalue().encode(encoding)
    reading = read(data, "a.csv", format="csv", delimiter=delimiter, quote=quote, encoding=encoding)
    assert reading.header == header
    assert reading.rows == {at: tuple(value or None for value in row) for at, row in enumerate(rows, start=1)}
    assert reading.malformed == []


@given(
    kinds=st.lists(st.sampled_from(["good", "few", "many", "blank", "broken"]), max_size=30), skipped=st.integers(0, 3)
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_keeps_its_number_whatever_stands_around_it(read, kinds, skipped):
    rows = [kind for kind in kinds if kind != "blank"]
    number = iter(range(1, len(rows) + 1))
    lines = {
        "good": lambda: b"%d,x,y" % next(number),
        "few": lambda: b"%d,x" % next(number),
        "many": lambda: b"%d,x,y,z" % next(number),
        "broken": lambda: b"%d,\xff,y" % next(number),
        "blank": lambda: b"",
    }
    content = b"title\n" * skipped + b"a,b,c\n" + b"".join(lines[kind]() + b"\n" for kind in kinds)
    reading = read(content, "a.csv", format="csv", skip_lines=skipped)
    rules = {"few": "structure:columns", "many": "structure:columns", "broken": "structure:encoding"}
    assert {row: values[0] for row, values in reading.rows.items()} == {
        at: str(at) for at, kind in enumerate(rows, start=1) if kind == "good"
    }
    assert reading.rules == {at: rules[kind] for at, kind in enumerate(rows, start=1) if kind != "good"}


@pytest.mark.parametrize("footer", ["Summe;;7\n", "Summe\n", "Summe;1;2;3;4\n", '"Summe";;"7"'])
def test_a_footer_is_no_row(read, footer):
    reading = read("a;b;c\n1;2;3\n4;5;6\n\n" + footer, "a.csv", format="csv", skip_footer=1)
    assert reading.rows == {1: ("1", "2", "3"), 2: ("4", "5", "6")}
    assert reading.malformed == []


def test_a_footer_of_several_lines_is_found_behind_any_number_of_rows(read, monkeypatch):
    monkeypatch.setattr("tasks.extract.formats.csv.BLOCK_BYTES", 64)
    lines = "".join(f"{number};x\n" for number in range(100))
    reading = read(f"a;b\n{lines}total;100\nsigned\n", "a.csv", format="csv", skip_footer=2)
    assert list(reading.rows) == list(range(1, 101))
    assert reading.malformed == []


def test_a_footer_longer_than_the_file_leaves_nothing(read):
    assert read("a;b\n1;2\n", "a.csv", format="csv", skip_footer=3).rows == {}
