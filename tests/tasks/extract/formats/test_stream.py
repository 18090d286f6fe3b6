"""Bytes are read in pieces, decompressed, and brought to UTF-8 without losing one."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import UnreadableFile
from tasks.extract.formats.stream import TextStream, open_bytes, read_head, read_lines, read_tail, rewritten, unmarked


class Dripping:
    """A stream that gives one byte at a time, so that every character is cut."""

    def __init__(self, content: bytes) -> None:
        self._content = iter(content)

    def read(self, _: int) -> bytes:
        return bytes([byte]) if (byte := next(self._content, None)) is not None else b""


def whole(stream: TextStream) -> str:
    return b"".join(iter(lambda: stream.read(1), b"")).decode()


@given(st.text(max_size=20), st.sampled_from(["utf-8", "utf-16", "utf-16-be", "utf-8-sig"]))
def test_text_in_any_encoding_is_the_same_text(text, encoding):
    assert whole(TextStream(Dripping(text.encode(encoding)), encoding)) == text


@given(st.binary(max_size=20))
def test_bytes_that_are_no_text_are_all_kept(content):
    told = unmarked(whole(TextStream(Dripping(content), "ascii")))
    assert told == content.decode("ascii", errors="backslashreplace")


def test_lines_end_in_either_way_and_the_last_may_not_end():
    assert list(read_lines(TextStream(Dripping(b"a\r\nb\n\nc"), "utf-8"))) == [b"a", b"b", b"", b"c"]


def test_the_head_tells_the_encoding_by_its_mark(tmp_path: Path):
    file = tmp_path / "a"
    file.write_bytes("é\n".encode("utf-16"))
    head = read_head(file, "utf-8")
    assert (head.encoding, head.text, head.is_whole) == ("utf-16", "é\n", True)


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz"])
def test_the_tail_is_the_end_of_what_was_packed(tmp_path: Path, name):
    content = b"".join(b"%d\n" % row for row in range(700_000))
    (tmp_path / name).write_bytes(gzip.compress(content, 1, mtime=0) if name.endswith("gz") else content)
    assert read_tail(tmp_path / name, 20)[-20:] == content[-20:]
    assert read_tail(tmp_path / name, 1 << 30) == content


def test_a_rewritten_copy_is_gone_afterwards(tmp_path: Path):
    (tmp_path / "a").write_bytes("café".encode("cp1252"))
    with rewritten(tmp_path / "a", "cp1252") as copy, open_bytes(copy) as stream:
        assert stream.read().decode() == "café"
    assert not copy.exists()


def test_what_cannot_be_decompressed_is_refused(tmp_path: Path):
    (tmp_path / "a.gz").write_bytes(b"plain")
    with pytest.raises(UnreadableFile, match="decompressed"):
        read_head(tmp_path / "a.gz", "utf-8")
