"""Reading CSV in any dialect and encoding, block by block, so that a file larger than memory is a normal file."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.csv as arrow_csv

from tasks.errors import UnreadableFile
from tasks.extract.stream import BLOCK_BYTES, open_bytes
from tasks.extract.text import ROW, Malformed, TextBatch, TextFile, gathered, printable, without
from tasks.source import FilesExtract

HEADER_BYTES = 1 << 20
"""The header stands in the first mebibyte, or the file has none."""

DELIMITERS = ",;\t|"
LINE_BREAK = re.compile(b"\n")
BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def read_csv(path: Path, extract: FilesExtract) -> TextFile:
    """Open a CSV file, plain or compressed by its suffix.

    Raises UnreadableFile when it is empty, cut off, in another encoding, or has no header to go by.
    """
    encoding, head = _head(path, extract)
    delimiter = extract.delimiter or _delimiter(head)
    header = _header(path, extract, head, delimiter)
    skipped = extract.skip_lines + (1 if extract.header else 0)
    return TextFile(header, gathered(_batches(path, extract, header, delimiter, encoding, skipped)))


def _head(path: Path, extract: FilesExtract) -> tuple[str, str]:
    try:
        with open_bytes(path) as stream:
            start = stream.read(HEADER_BYTES)
    except (OSError, pa.ArrowInvalid) as error:
        raise UnreadableFile(f"it could not be decompressed: {error}") from error
    if not start.strip():
        raise UnreadableFile("it is empty; a delivery without rows still has its header")
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if start.startswith(mark)), None)
    encoding = marked or extract.encoding
    return encoding, start.decode(encoding, errors="replace")


def _delimiter(head: str) -> str:
    """The delimiter that the first line uses most; a comma where it uses none."""
    first = head.split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


def _header(path: Path, extract: FilesExtract, head: str, delimiter: str) -> list[str]:
    if not extract.header:
        return list(extract.columns)
    lines = io.StringIO("\n".join(head.splitlines()[extract.skip_lines :]))
    names = [name.strip() for name in next(csv.reader(lines, delimiter=delimiter, quotechar=extract.quote), [])]
    named = [name or f"column_{position}" for position, name in enumerate(names, start=1)]
    repeated = sorted({name for name in named if named.count(name) > 1})
    if repeated:
        raise UnreadableFile(f"its header names {', '.join(repeated)} more than once")
    return named


def _batches(
    path: Path, extract: FilesExtract, header: list[str], delimiter: str, encoding: str, skipped: int
) -> Iterator[TextBatch]:
    malformed: list[Malformed] = []

    def keep(row: arrow_csv.InvalidRow) -> str:
        reason = f"{row.actual_columns} fields where the header has {row.expected_columns}"
        malformed.append(Malformed(row.number - skipped, row.text, "structure:columns", reason))
        return "skip"

    number = 0
    try:
        with open_bytes(path) as stream:
            for block in _open(stream, extract, header, delimiter, encoding, skipped, keep):
                refused = _within(malformed, number, block.num_rows)
                del malformed[: len(refused)]
                yield _numbered(block, refused, number, delimiter)
                number += block.num_rows + len(refused)
    except (OSError, pa.ArrowInvalid, EOFError) as error:
        raise UnreadableFile(_plain(error)) from error
    if malformed:
        yield TextBatch(pl.DataFrame(schema=dict.fromkeys(header, pl.String) | {ROW: pl.Int64}), malformed)


def _within(malformed: list[Malformed], before: int, count: int) -> list[Malformed]:
    """The malformed rows that stand among these good ones; the reader is a block ahead and has met later ones too."""
    last = before + count
    for position, row in enumerate(malformed):
        if row.row > last:
            return malformed[:position]
        last += 1
    return list(malformed)


def _open(stream, extract, header, delimiter, encoding, skipped, keep) -> arrow_csv.CSVStreamingReader:  # type: ignore[no-untyped-def]
    return arrow_csv.open_csv(
        stream,
        # One thread: the other core is busy storing, and only so does the reader know each row's number.
        read_options=arrow_csv.ReadOptions(
            use_threads=False, block_size=BLOCK_BYTES, column_names=header, skip_rows=skipped, encoding=_arrow(encoding)
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter,
            quote_char=extract.quote,
            newlines_in_values=True,
            invalid_row_handler=keep,
        ),
        # Bytes, not text: one row in another encoding is one row refused, not the file.
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(header, pa.binary()), null_values=[""], strings_can_be_null=True
        ),
    )


def _arrow(encoding: str) -> str:
    # The mark stands in the header line, which is skipped.
    return "utf8" if encoding.lower() in {"utf-8", "utf8", "utf-8-sig"} else encoding


def _plain(error: Exception) -> str:
    text = str(error)
    if "straddling" in text:
        return f"it has a line longer than {BLOCK_BYTES >> 20} MiB"
    return f"it could not be read to its end: {text.splitlines()[0]}"


def _numbered(block: pa.RecordBatch, refused: list[Malformed], before: int, delimiter: str) -> TextBatch:
    """Number the rows, leaving the numbers of the malformed ones out, and set aside rows that are no UTF-8."""
    raw = pl.DataFrame(pl.from_arrow(block))
    numbers = _numbers(before, block.num_rows, [row.row for row in refused])
    frame = raw.select(_text(column) for column in raw.iter_columns()).with_columns(numbers)
    broken = _undecodable(raw, frame) + _swallowed(block, frame, delimiter)
    return TextBatch(without(frame, [row.row for row in broken]), refused + broken)


def _text(column: pl.Series) -> pl.Series:
    """The column as text; null where its bytes are no UTF-8."""
    try:
        return column.cast(pl.String)
    except pl.exceptions.ComputeError:
        return column.map_elements(_decoded, return_dtype=pl.String)


def _decoded(value: bytes) -> str | None:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _numbers(before: int, count: int, taken: list[int]) -> pl.Series:
    total = count + len(taken)
    numbers = pl.Series(ROW, range(before + 1, before + 1 + total), dtype=pl.Int64) if taken else None
    if numbers is None:
        return pl.int_range(before + 1, before + 1 + count, dtype=pl.Int64, eager=True).alias(ROW)
    return numbers.filter(~numbers.is_in(taken))


def _undecodable(raw: pl.DataFrame, frame: pl.DataFrame) -> list[Malformed]:
    columns = [name for name in raw.columns if raw[name].null_count() != frame[name].null_count()]
    if not columns:
        return []
    wrong = pl.any_horizontal(raw[name].is_not_null() & frame[name].is_null() for name in columns)
    rows = raw.with_columns(frame[ROW], wrong.alias("_wrong")).filter("_wrong")
    return [
        Malformed(
            row[ROW],
            _as_object({name: printable(row[name] or b"") for name in raw.columns}),
            "structure:encoding",
            "bytes that are not UTF-8; if the whole file is in another encoding, say `encoding:` in the source",
        )
        for row in rows.iter_rows(named=True)
    ]


def _swallowed(block: pa.RecordBatch, frame: pl.DataFrame, delimiter: str) -> list[Malformed]:
    """Rows in which one field holds whole lines of the file: a quote was opened and not closed."""
    held = [name for name, column in zip(block.schema.names, block.columns, strict=True) if _has_line_break(column)]
    fields = len(block.schema.names)
    if not held or fields == 1:
        return []
    pattern = rf"\n([^\n]*{re.escape(delimiter)}){{{fields - 1},}}"
    rows = frame.filter(pl.any_horizontal(pl.col(name).str.contains(pattern) for name in held))
    reason = "a quote is opened and never closed: the row holds the lines after it"
    return [
        Malformed(
            row[ROW], _as_object({k: v for k, v in row.items() if k != ROW}), "structure:quote", reason
        )
        for row in rows.iter_rows(named=True)
    ]


def _has_line_break(column: pa.Array) -> bool:
    data = column.buffers()[2]
    return data is not None and LINE_BREAK.search(data) is not None


def _as_object(row: dict[str, str | None]) -> str:
    return json.dumps(row, ensure_ascii=False)
