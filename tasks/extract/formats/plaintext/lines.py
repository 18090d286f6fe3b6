"""The numbered lines of a plain-text journal, and the sentence that refuses one of them."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pyarrow as pa

from tasks.errors import UnreadableFile
from tasks.extract.formats.stream import FOREIGN, TextStream, first_line, open_bytes, read_head, read_lines
from tasks.source import FilesExtract

LINE_CHARACTERS = 100_000
"""A line of a journal is written to be read by a person; a longer one is something else."""


class Line(NamedTuple):
    """A line of a file and its number, from 1."""

    number: int
    text: str

    @property
    def is_indented(self) -> bool:
        """Whether it belongs to what stands above it."""
        return self.text[:1] in " \t" and not self.is_blank

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing."""
        return not self.text.strip()


class Unknown(Exception):
    """A line says what is not read; the reader of the file adds which line."""


def refused(number: int, why: str) -> UnreadableFile:
    """The refusal of a file for one of its lines."""
    return UnreadableFile(f"line {number}: {why}")


def numbered_lines(path: Path, extract: FilesExtract) -> Iterator[Line]:
    """The lines of a text file, plain or compressed.

    Raises UnreadableFile for what is no text: another format, another encoding, a NUL, an endless line.
    """
    head = read_head(path, extract.encoding)
    try:
        with open_bytes(path) as stream:
            for number, raw in enumerate(read_lines(TextStream(stream, head.encoding)), start=1):
                text = raw.decode()
                yield Line(
                    number, _checked(number, text.removeprefix("\ufeff") if number == 1 else text, head.encoding)
                )
    except (OSError, pa.ArrowException, EOFError) as error:
        raise UnreadableFile(f"it could not be read to its end: {first_line(error)}") from error


def _checked(number: int, text: str, encoding: str) -> str:
    if len(text) > LINE_CHARACTERS:
        raise refused(number, f"it is longer than {LINE_CHARACTERS:,} characters, which no line of a journal is")
    if FOREIGN.search(text):
        raise refused(number, f"it is not {encoding} text; say in the source which `encoding:` the file has")
    if "\0" in text:
        raise refused(number, "it holds a NUL, which no text does")
    return text


def included(path: str) -> str:
    """The path of an include, which is told and never opened: the file is a delivery of its own.

    Raises Unknown when it leads out of the journal's folder.
    """
    pure = PurePosixPath(path.replace("\\", "/"))
    if not path or pure.is_absolute() or ".." in pure.parts or path.startswith("~") or ":" in path:
        raise Unknown(f"include leads out of the folder of the journal: {path}")
    return path
