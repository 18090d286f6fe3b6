"""JSON Lines: every number is the digits that stood there, every broken line is one row refused."""

import gzip
import json
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.errors import UnreadableFile


@pytest.fixture
def read_jsonl(read):
    return partial(read, name="a.jsonl", format="jsonl")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it is empty"),
        ("\n \n", "it is empty"),
        ('[\n{"a": 1},\n{"a": 2}\n]\n', "it is one JSON array"),
        ('[{"a": 1}]\n', "it is one JSON array"),
        ("<html>\n</html>\n", "it is an HTML page"),
        (b'{"a": "' + b"x" * (9 << 20), "it has a line longer than 4 MiB"),
        ("".join(f'{{"key{row}": 1}}\n' for row in range(600)), "its objects have 600 different keys"),
    ],
)
def test_a_file_that_is_no_json_lines_is_refused_with_its_reason(read_jsonl, content, reason):
    with pytest.raises(UnreadableFile, match=f"^{reason}"):
        read_jsonl(content)


def test_a_compressed_file_that_is_cut_off_is_refused_whole(read_jsonl):
    with pytest.raises(UnreadableFile, match="Truncated"):
        read_jsonl(gzip.compress(b'{"a": 1}\n' * 300_000, mtime=0)[:-9], name="a.jsonl.gz")


def test_values_arrive_as_the_text_that_stood_there(read_jsonl):
    reading = read_jsonl(
        '{"a": 1.10, "b": 12345678901234.5678, "c": true, "d": null, "e": "", "f": NaN, "g": 007e, "h": 1}\n'
        '{"a": 1.10, "b": 12345678901234.5678, "c": true, "d": null, "e": "", "f": NaN}\n'
    )
    assert reading.rules == {1: "structure:json"}
    assert reading.rows == {2: ("1.10", "12345678901234.5678", "true", None, None, "NaN")}


def test_what_is_nested_arrives_as_json(read_jsonl):
    reading = read_jsonl('{"a": {"b": 1.10, "c": [1, "é", null, true]}}\n')
    assert reading.rows == {1: ('{"b": "1.10", "c": ["1", "é", null, true]}',)}


def test_keys_come_and_go(read_jsonl):
    reading = read_jsonl('{"a": 1}\n\n{"b": 2, "_row": 9}\n{}\n')
    assert reading.header == ["a", "b", "_row_of_source"]
    assert reading.rows == {1: ("1", None, None), 2: (None, "2", "9"), 3: (None, None, None)}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"a":', "Expecting value"),
        ("[1]", "it is"),
        ('"a"', "it is"),
        ("null", "it is null"),
        ('{"a": 1} {"a": 2}', "Extra data"),
        ('{"a": 1, "a": 2}', "the key 'a' stands in it twice"),
        ('{"a": {"x": 1, "x": 2}}', "the key 'x' stands in it twice"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "it is nested too deeply"),
        (r'{"a": "\ud800"}', "it escapes half of a character"),
        (r'{"\ud800": 1}', "it escapes half of a character"),
    ],
)
def test_a_line_that_is_no_object_is_one_row_refused(read_jsonl, line, reason):
    reading = read_jsonl(f'{{"a": 1}}\n\n{line}\n{{"a": 3}}\n')
    assert (reading.rows, reading.rules) == ({1: ("1",), 3: ("3",)}, {2: "structure:json"})
    assert reading.malformed[0].raw == line
    assert reason in reading.malformed[0].reason


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ('{"a": "é"}\n'.encode("cp1252"), "cp1252"),
        ('{"a": "é"}\n'.encode("utf-16"), "utf-8"),
        ('{"a": "é"}\r\n'.encode("utf-8-sig"), "utf-8"),
    ],
)
def test_every_encoding_says_the_same(read_jsonl, content, encoding):
    assert read_jsonl(content, encoding=encoding).rows == {1: ("é",)}


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_byte_of_another_encoding_is_one_row_refused(read_jsonl, encoding):
    reading = read_jsonl(b'{"a": "\x81"}\n{"a": 1}\n', encoding=encoding)
    assert (reading.rows, reading.rules) == ({2: ("1",)}, {1: "structure:encoding"})
    assert reading.malformed[0].raw == r'{"a": "\x81"}'


@given(
    rows=st.lists(st.dictionaries(st.sampled_from("abc"), st.text(max_size=5) | st.integers() | st.none()), min_size=1)
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_any_writer_writes_comes_back(read, rows):
    reading = read("".join(json.dumps(row) + "\n" for row in rows), "a.jsonl", format="jsonl")
    given_rows = {
        at: {key: str(value) for key, value in row.items() if value not in (None, "")}
        for at, row in enumerate(rows, start=1)
    }
    assert {
        at: {key: value for key, value in zip(reading.header, row, strict=True) if value is not None}
        for at, row in reading.rows.items()
    } == given_rows
