"""Reading JSON Lines: one object a line, its top-level keys as columns, every number as the digits that stand there."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import polars as pl
import pyarrow as pa

from tasks.errors import UnreadableFile
from tasks.extract.formats.stream import FOREIGN, TextStream, first_line, open_bytes, read_head, read_lines, unmarked
from tasks.extract.formats.text import ROW, THEIR_ROW, Malformed, TextBatch, TextFile
from tasks.source import FilesExtract

LINES = 50_000
"""How many lines make a batch, at most."""

BATCH_BYTES = 32 << 20
"""How many bytes make a batch, at most and about: lines can be as long as a block."""

COLUMNS = 500
"""No system's objects have more keys; a file in which each line invents its own would fill the memory."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_jsonl(path: Path, extract: FilesExtract) -> TextFile:
    """Open a JSON Lines file, plain or compressed by its suffix.

    Raises UnreadableFile when it is empty or cut off, or holds a line longer than a block.
    """
    head = read_head(path, extract.encoding)
    if head.text.lstrip("\ufeff \r\n").startswith(("[\n", "[\r", "[{")):
        raise UnreadableFile("it is one JSON array; JSON Lines has an object on each line")
    batches = _batches(path, head.encoding)
    first = next(batches, None)
    if first is None:
        raise UnreadableFile("it is empty")
    header = [name for name in first.frame.columns if name != ROW]
    return TextFile(header, chain([first], batches), has_open_columns=True)


def _batches(path: Path, encoding: str) -> Iterator[TextBatch]:
    lines: list[bytes] = []
    size = 0
    number = 0
    try:
        with open_bytes(path) as compressed:
            for line in _objects(read_lines(TextStream(compressed, encoding))):
                lines.append(line)
                size += len(line)
                if len(lines) == LINES or size >= BATCH_BYTES:
                    yield _batch(lines, number, encoding)
                    number += len(lines)
                    lines, size = [], 0
    except (OSError, pa.ArrowException, EOFError) as error:
        raise UnreadableFile(f"it could not be read to its end: {first_line(error)}") from error
    if lines:
        yield _batch(lines, number, encoding)


def _objects(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The lines that hold something; a byte order mark is nothing."""
    for at, line in enumerate(lines):
        held = line.removeprefix(BYTE_ORDER_MARK) if at == 0 else line
        if held.strip():
            yield held


def _batch(lines: list[bytes], before: int, encoding: str) -> TextBatch:
    rows: list[dict[str, object]] = []
    malformed: list[Malformed] = []
    for number, line in enumerate(lines, start=before + 1):
        text = line.decode()
        if FOREIGN.search(text):
            reason = f"bytes that are not {encoding}"
            malformed.append(Malformed(number, unmarked(text), "structure:encoding", reason))
            continue
        try:
            rows.append({ROW: number, **_object(text)})
        except (ValueError, RecursionError) as error:
            malformed.append(Malformed(number, text, "structure:json", f"not a JSON object: {_why(error)}"))
    names = list(dict.fromkeys(name for row in rows for name in row if name != ROW))
    if len(names) > COLUMNS:
        raise UnreadableFile(f"its objects have {len(names):,} different keys; {COLUMNS} is the most that are read")
    schema = {ROW: pl.Int64} | dict.fromkeys(names, pl.String)
    return TextBatch(pl.DataFrame(rows, schema=schema), malformed)


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeEncodeError):
        return "it escapes half of a character"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


NO_OBJECTS = {list: "an array", str: "a text or a number", bool: "true or false", type(None): "null"}
"""What a line of JSON may be that is no object."""


def _object(line: str) -> dict[str, str | None]:
    # Numbers stay text: 1.10 is not 1.1 to an auditor, and a float would lose the last digits of a large amount.
    value = json.loads(line, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_distinct)
    if not isinstance(value, dict):
        # The type alone: the value may be personal, and a reason is read by many.
        raise ValueError(f"it is {NO_OBJECTS[type(value)]}")
    texts = {THEIR_ROW if name == ROW else name: _text(of) for name, of in value.items()}
    if "\\u" in line:
        # An escape can spell half of a surrogate pair, which is no text and could not be stored.
        json.dumps(texts, ensure_ascii=False).encode("utf-8")
    return texts


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; one that says a key twice says two things at once."""
    held = dict(pairs)
    if len(held) < len(pairs):
        name, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise ValueError(f"the key {name!r} stands in it twice")
    return held


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
