"""The records of an answer are cut out of it as they stand; an answer that is not what was promised is refused."""

import json
import sys

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import SourceRefused
from tasks.extract.http.exchange import Answer
from tasks.extract.http.page import Page, page_reader
from tasks.extract.http.passing import Passing


def read(body: bytes | str, records_at: str | None = None, content_type: str = "application/json") -> Page:
    text = body.encode() if isinstance(body, str) else body
    headers = httpx2.Headers({"content-type": content_type})
    answer = Answer(httpx2.URL("http://desk.example/"), 200, headers, {}, text)
    return page_reader(records_at, ("id",))(answer)


def texts(page: Page) -> list[str]:
    return [record.text for record in page.records]


def test_records_keep_every_character_but_line_breaks_between_their_parts() -> None:
    body = '[ {"a" : 1.10, "b": 12345678901234567890.000},\r\n {"a":\n "x\\ny",\t"é": NaN} ,[1], "s", 1e400 ]'
    held = ['{"a" : 1.10, "b": 12345678901234567890.000}', '{"a":  "x\\ny",\t"é": NaN}', "[1]", '"s"', "1e400"]
    assert texts(read(body)) == held


def test_the_list_stands_where_records_at_says_and_the_rest_is_kept() -> None:
    page = read('{"data": {"n": 2, "items": [{"id": 1}, {"id": 2}], "next": "x"}, "more": false}', "data.items")
    assert texts(page) == ['{"id": 1}', '{"id": 2}']
    assert [page.at(path) for path in ("data.n", "data.next", "more", "data.none", "none.at.all")] == [
        "2", "x", None, None, None,
    ]  # fmt: skip


def test_no_records_is_no_error() -> None:
    assert texts(read("[]")) == texts(read(' {"a": [ ] }', "a")) == texts(read('{"a": null}', "a")) == []


def test_a_record_is_told_by_its_key_or_else_by_all_of_it() -> None:
    one, again, other, without = read('[{"id": 1, "x": 1}, {"x": 2, "id": 1}, {"id": "1"}, {"x": 1}]').records
    assert one.identity == again.identity
    # A number and a text of the same digits: most servers mean the same by it.
    assert other.identity == one.identity
    assert without.identity != one.identity


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "with nothing"),
        (" \n", "with nothing"),
        ("<!DOCTYPE html><html>Log in</html>", "HTML page"),
        ("<?xml version='1.0'?><a/>", "XML"),
        ("<oops/>", "XML or HTML"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04....", "zip archive"),
        ("Service is busy", "no JSON"),
        ('[{"id": 1} {"id": 2}]', "no JSON"),
        ("[1, ] and more text", "no JSON"),
        ("[1] [2] and more", "something after its JSON"),
        ('{"error": "quota", "code": 7}', "at its top; its keys are error, code"),
        ("7", "without a list"),
        ("[" * 200_000, "nested too deeply"),
        ('[{"id": ' + "[" * 200_000 + "]" * 200_000 + "}]", "nested too deeply"),
    ],
)
def test_what_is_not_a_list_of_records_in_json_is_refused(body: bytes | str, reason: str) -> None:
    with pytest.raises(SourceRefused, match=reason):
        read(body)


@pytest.mark.parametrize("records_at", ["data.rows", "data.items.x", "items"])
def test_a_list_that_is_elsewhere_is_refused(records_at: str) -> None:
    with pytest.raises(SourceRefused, match=f"without a list of records at {records_at}"):
        read('{"data": {"items": [1]}}', records_at)


def test_an_answer_that_is_cut_off_anywhere_passes_or_is_refused_but_never_taken() -> None:
    whole = '{"data": {"items": [{"id": 1, "t": "xé"}, {"id": -2.5e3}], "n": null}}'
    for length in range(1, len(whole)):
        with pytest.raises(Passing, match="broke off"):
            read(whole[:length], "data.items")


def test_encodings() -> None:
    body = '[{"id": "é"}]'
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert texts(read(body.encode(encoding))) == ['{"id": "é"}'], encoding
    assert texts(read(body.encode("latin-1"), content_type="application/json; charset=ISO-8859-1")) == ['{"id": "é"}']
    # What is no UTF-8 stays the byte that it is: the reader of lines refuses that record alone.
    assert (
        read(body.encode("latin-1")).records[0].text.encode("utf-8", "surrogateescape") == body.encode("latin-1")[1:-1]
    )


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(VALUES, max_size=5), indent=st.sampled_from([None, 0, 2]), ascii_only=st.booleans())
def test_records_are_what_a_parser_of_json_reads(rows: list, indent: int | None, ascii_only: bool) -> None:
    body = json.dumps({"a": {"b": rows}}, indent=indent, ensure_ascii=ascii_only)
    held = read(body.encode("utf-8", "surrogatepass"), "a.b")
    assert [json.loads(text) for text in texts(held)] == rows
    assert not any("\n" in text for text in texts(held))


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet='[]{},:"\\ntrue01.eE-+ \x00é<', max_size=30))
def test_anything_else_is_told_in_a_sentence(body: str) -> None:
    try:
        page = read(body)
    except (SourceRefused, Passing):
        return
    assert [json.loads(text) for text in texts(page)] == json.loads(body.lstrip("\ufeff"))


def test_a_large_answer_is_read_in_memory_of_its_size() -> None:
    page = read(json.dumps([{"id": number, "text": "x" * 200} for number in range(5_000)]))
    assert len(page.records) == 5_000
    assert sum(sys.getsizeof(record.text) for record in page.records) < 2 << 20
