"""YAML is read as the text that stands there, with the line of everything."""

import pytest

from tasks.errors import SourceError
from tasks.source.reading import read_document


@pytest.fixture
def read(tmp_path):
    def write_and_read(text: str | bytes):
        file = tmp_path / "a.yml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_document(file)

    return write_and_read


def test_norway_stays_norway_and_numbers_stay_text(read):
    values = read("a: NO\nb: 1.10\nc: 2024-01-01\nd: [on, 007]\ne:\nf: ''\n").values
    assert values == {"a": "NO", "b": "1.10", "c": "2024-01-01", "d": ["on", "007"], "e": None, "f": ""}


def test_every_place_has_its_line(read):
    document = read("# why\na:\n  b: 1\n\n  c:\n    - x\n    - y\n")
    assert document.at(("a", "b")).endswith("a.yml:3")
    assert document.at(("a", "c", 1)).endswith("a.yml:7")
    assert document.at(("a", "b", "unknown")).endswith("a.yml:3")
    assert document.at(()).endswith("a.yml:2")


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "'a' stands here a second time; keep one"),
        ("a:\n  b: 1\n  b: 2\n", 3, "'b' stands here a second time"),
        ("a:\n\tb: 1\n", 2, "this is not YAML"),
        ("a: [1\nb: 2\n", 2, "this is not YAML"),
        ("a: 1\n---\nb: 2\n", 2, "this is not YAML"),
        (b"a: caf\xe9\n", 1, "it is not UTF-8 text"),
        ("", 1, "a source file is a mapping"),
        ("- a\n- b\n", 1, "a source file is a mapping"),
        ("a\n", 1, "a source file is a mapping"),
        ("a: &x [1]\nb: *x\n", 1, "is used again by an alias"),
        ("a: &x [*x]\n", 1, "is used again by an alias"),
        ("a: " + "[" * 3000 + "]" * 3000, 1, "nested too deeply"),
        ("a: !!python/object/apply:os.system [ls]\nb: *missing\n", 2, "this is not YAML"),
    ],
)
def test_what_is_no_source_file_is_told_with_its_line(read, text, line, sentence):
    with pytest.raises(SourceError) as told:
        read(text)
    assert f"a.yml:{line}: " in str(told.value)
    assert sentence in str(told.value)


def test_a_billion_laughs_are_not_laughed(read):
    levels = "".join(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 30))
    with pytest.raises(SourceError, match="alias"):
        read("a0: &a0 [ha]\n" + levels)


def test_a_tag_runs_nothing(read):
    assert read("a: !!python/object/apply:os.system [ls]\n").values == {"a": ["ls"]}
