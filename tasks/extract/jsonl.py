"""Reading JSON Lines: one object a line, its top-level keys as columns, every number as the digits that stand there."""

import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa

from tasks.errors import UnreadableFile
from tasks.extract.stream import open_bytes, read_lines
from tasks.extract.text import ROW, Malformed, TextBatch, TextFile, printable
from tasks.source import FilesExtract

LINES = 50_000
"""How many lines make a batch."""


def read_jsonl(path: Path, extract: FilesExtract) -> TextFile:
    """Open a JSON Lines file, plain or compressed by its suffix.

    Raises UnreadableFile when it is empty or cut off, or holds a line longer than a block.
    """
    batches = _batches(path, extract.encoding)
    first = next(batches, None)
    if first is None:
        raise UnreadableFile("it is empty")
    header = [name for name in first.frame.columns if name != ROW]
    return TextFile(header, _chained(first, batches), has_open_columns=True)


def _chained(first: TextBatch, rest: Iterator[TextBatch]) -> Iterator[TextBatch]:
    yield first
    yield from rest


def _batches(path: Path, encoding: str) -> Iterator[TextBatch]:
    lines: list[bytes] = []
    number = 0
    try:
        with open_bytes(path) as stream:
            for line in read_lines(stream, encoding):
                if not line.strip():
                    continue
                lines.append(line)
                if len(lines) == LINES:
                    yield _batch(lines, number)
                    number += len(lines)
                    lines = []
    except (OSError, pa.ArrowInvalid, EOFError) as error:
        raise UnreadableFile(f"it could not be read to its end: {str(error).splitlines()[0]}") from error
    if lines:
        yield _batch(lines, number)


def _batch(lines: list[bytes], before: int) -> TextBatch:
    rows: list[dict[str, object]] = []
    malformed: list[Malformed] = []
    for number, line in enumerate(lines, start=before + 1):
        try:
            rows.append({ROW: number} | _object(line))
        except UnicodeDecodeError:
            malformed.append(Malformed(number, printable(line), "structure:encoding", "bytes that are not UTF-8"))
        except (ValueError, RecursionError) as error:
            malformed.append(Malformed(number, printable(line), "structure:json", f"not a JSON object: {error}"))
    names = list(dict.fromkeys(name for row in rows for name in row if name != ROW))
    schema = {ROW: pl.Int64} | dict.fromkeys(names, pl.String)
    return TextBatch(pl.DataFrame(rows, schema=schema), malformed)


def _object(line: bytes) -> dict[str, str | None]:
    # Numbers stay text: 1.10 is not 1.1 to an auditor, and a float would lose the last digits of a large amount.
    value = json.loads(line.decode("utf-8"), parse_float=str, parse_int=str, parse_constant=str)
    if not isinstance(value, dict):
        raise ValueError(f"it is a {type(value).__name__}")
    return {name: _text(of) for name, of in value.items() if name != ROW}


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
