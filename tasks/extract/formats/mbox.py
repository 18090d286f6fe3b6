"""Reading an mbox: mails one after the other in one file, each after a line that begins with `From `.

The library's own `mailbox.mbox` needs a file that is not compressed, begins a new mail at every line of a text that
begins with `From `, and leaves the `>` before such lines in the text.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from tasks.errors import UnreadableFile
from tasks.extract.formats.mail import COLUMNS, MAIL_BYTES, RawMail, mail_batches
from tasks.extract.formats.stream import BLOCK_BYTES, OTHER_FORMATS, first_line, open_bytes
from tasks.extract.formats.text import TextFile

BEGINNING = re.compile(rb"From .*\b\d{1,2}:\d\d(:\d\d)?\b.*\b\d{4}\b|From \S+\s*$")
"""How the line before a mail looks: a sender and a moment. A sentence of a letter does not."""

QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
"""A line of a text that began with `From `, as the file keeps it."""


def read_mbox(path: Path) -> TextFile:
    """Open an mbox, plain or compressed by its suffix.

    Raises UnreadableFile when it is none, or is cut off.
    """
    return TextFile(list(COLUMNS), mail_batches(mbox_mails(path)))


def mbox_mails(path: Path) -> Iterator[RawMail]:
    """The mails of an mbox as they were received; of one that is too long, its beginning."""
    try:
        with open_bytes(path) as stream:
            yield from _mails(_lines(stream))
    except (OSError, pa.ArrowException) as error:
        raise UnreadableFile(f"it could not be read to its end: {first_line(error)}") from error


def _mails(lines: Iterator[bytes]) -> Iterator[RawMail]:
    _require(next(lines, b""))
    held = bytearray()
    is_long = is_after_blank = False
    for line in lines:
        if is_after_blank and BEGINNING.match(line):
            yield _mail(held, is_long=is_long)
            held, is_long, is_after_blank = bytearray(), False, False
            continue
        is_after_blank = line in (b"\n", b"\r\n")
        is_long = is_long or len(held) + len(line) > MAIL_BYTES
        if not is_long:
            held += line
    yield _mail(held, is_long=is_long)


def _mail(held: bytearray, *, is_long: bool) -> RawMail:
    # The blank line before the next beginning is the file's, not the mail's.
    end = next((end for end in (b"\r\n\r\n", b"\n\n") if held.endswith(end)), b"")
    content = QUOTED.sub(rb"\1", bytes(held[: len(held) - len(end) // 2]))
    return RawMail(content, refusal=f"it is longer than {MAIL_BYTES >> 20} MiB" if is_long else None)


def _require(first: bytes) -> None:
    if first.startswith(b"From "):
        return
    start = first.lstrip().lower()
    other = next((kind for mark, kind in OTHER_FORMATS.items() if start.startswith(mark)), None)
    raise UnreadableFile(f"it is {other}" if other else "it is no mbox: its first line does not begin with `From `")


def _lines(stream: pa.NativeFile) -> Iterator[bytes]:
    """The lines with their ends; one that is longer than a block comes in pieces, which changes nothing in a mail."""
    rest = b""
    while block := stream.read(BLOCK_BYTES):
        *lines, rest = (rest + block).split(b"\n")
        yield from (line + b"\n" for line in lines)
        if len(rest) > BLOCK_BYTES:
            yield rest
            rest = b""
    if rest:
        yield rest
