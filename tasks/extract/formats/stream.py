"""The bytes of a landed file, decompressed and brought to UTF-8 on the way, and never held whole."""

import codecs
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from tasks.errors import UnreadableFile

BLOCK_BYTES = 4 << 20
"""How much is read at a time; a line longer than a block is refused, whatever the file's size."""

HEAD_BYTES = 1 << 20
"""A header stands in the first mebibyte, or the file has none."""

COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8"}

OTHER_FORMATS = {
    b"<!doctype html": "an HTML page (a login or an error page?)",
    b"<html": "an HTML page (a login or an error page?)",
    b"<?xml": "XML",
    b"pk\x03\x04": "a zip archive or a workbook",
    b"par1": "a Parquet file",
    b"%pdf-": "a PDF",
    b"\x1f\x8b": "compressed by gzip, but not called .gz",
    b"\x28\xb5\x2f\xfd": "compressed by zstd, but not called .zst",
}
"""How files begin that are sometimes delivered in place of text."""


FIRST_MARK = 0x10FF00
"""Bytes that are not of a file's encoding become the last characters of Unicode, which are nobody's."""

FOREIGN = re.compile("[\U0010ff00-\U0010ffff]")
"""What stands for a byte that is not of the file's encoding."""


@dataclass(frozen=True)
class Head:
    """The beginning of a text file: its encoding, its text, and whether that is all there is."""

    encoding: str
    text: str
    is_whole: bool


class TextStream:
    """The bytes of a text file as UTF-8; a byte that is none of its encoding becomes a mark, see FOREIGN."""

    def __init__(self, stream: pa.NativeFile, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("countinghouse.mark")

    def read(self, size: int) -> bytes:
        """About this many bytes, and none only at the end."""
        while block := self._stream.read(size):
            if text := self._decoder.decode(block):
                return text.encode()
        return self._decoder.decode(b"", final=True).encode()


def _mark(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "".join(chr(FIRST_MARK + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("countinghouse.mark", _mark)


def unmarked(text: str) -> str:
    """The text with every mark as the byte that it stands for, such as `\\xff`."""
    return FOREIGN.sub(lambda mark: f"\\x{ord(mark[0]) - FIRST_MARK:02x}", text)


def is_utf8(encoding: str) -> bool:
    """Whether text in this encoding is UTF-8 already."""
    return codecs.lookup(encoding).name in {"utf-8", "utf-8-sig"}


def open_bytes(path: Path) -> pa.NativeFile:
    """The bytes of a file, decompressed where its suffix says that it is compressed."""
    return pa.input_stream(str(path), compression=COMPRESSIONS.get(path.suffix.lower()))


def read_head(path: Path, encoding: str) -> Head:
    """The beginning of a text file; a byte order mark overrides the encoding.

    Raises UnreadableFile when it cannot be decompressed, or is plainly no text.
    """
    try:
        with open_bytes(path) as stream:
            start = stream.read(HEAD_BYTES)
            is_whole = not stream.read(1)
    except (OSError, pa.ArrowException) as error:
        raise UnreadableFile(f"it could not be decompressed: {first_line(error)}") from error
    other = next((kind for mark, kind in OTHER_FORMATS.items() if start.lstrip().lower().startswith(mark)), None)
    if other:
        raise UnreadableFile(f"it is {other}")
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if start.startswith(mark)), encoding)
    text = codecs.getincrementaldecoder(marked)("countinghouse.mark").decode(start)
    return Head(marked, text, is_whole)


def read_tail(path: Path, size: int) -> bytes:
    """The last bytes of a file, decompressed; at least as many as asked for, where there are so many."""
    with open_bytes(path) as stream:
        if path.suffix.lower() not in COMPRESSIONS:
            stream.seek(max(0, stream.size() - size))
        tail = b""
        while block := stream.read(BLOCK_BYTES):
            tail = tail[-size:] + block
    return tail


@contextmanager
def rewritten(path: Path, encoding: str) -> Iterator[Path]:
    """A copy of the file in UTF-8, with marks for the bytes that are not of its encoding; it is gone afterwards."""
    with tempfile.NamedTemporaryFile(prefix="countinghouse-") as copy, open_bytes(path) as compressed:
        stream = TextStream(compressed, encoding)
        while block := stream.read(BLOCK_BYTES):
            copy.write(block)
        copy.flush()
        yield Path(copy.name)


def read_lines(stream: TextStream) -> Iterator[bytes]:
    """The lines of a stream without their ends.

    Raises UnreadableFile when a line is longer than a block.
    """
    rest = b""
    while block := stream.read(BLOCK_BYTES):
        lines = (rest + block).split(b"\n")
        rest = lines.pop()
        if len(rest) > BLOCK_BYTES:
            raise UnreadableFile(f"it has a line longer than {BLOCK_BYTES >> 20} MiB")
        yield from (line.removesuffix(b"\r") for line in lines)
    if rest:
        yield rest


def first_line(error: Exception) -> str:
    """What an error says, without the rest of its trace."""
    return (str(error).splitlines() or [type(error).__name__])[0]
