"""Reading CSV in any dialect and encoding, block by block, so that a file larger than memory is a normal file."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.csv as arrow_csv

from tasks.errors import UnreadableFile
from tasks.extract.formats.stream import (
    BLOCK_BYTES,
    FOREIGN,
    first_line,
    is_utf8,
    open_bytes,
    read_head,
    read_tail,
    rewritten,
    unmarked,
)
from tasks.extract.formats.text import (
    ROW,
    Malformed,
    TextBatch,
    TextFile,
    column_names,
    gathered,
    printable,
    without,
    without_last,
)
from tasks.source import FilesExtract

DELIMITERS = ",;\t|"
WRONG_FIELDS = re.compile(r"Expected \d+ columns, got \d+")
LINE_BREAK = re.compile(b"\n")


@dataclass(frozen=True)
class Layout:
    """How a CSV file is laid out: its columns, and how many lines stand before the first row."""

    header: list[str]
    delimiter: str
    encoding: str
    lines_before: int
    is_marked: bool = False
    """Whether bytes that are not of the encoding have been marked as such."""


def read_csv(path: Path, extract: FilesExtract) -> TextFile:
    """Open a CSV file, plain or compressed by its suffix.

    Raises UnreadableFile when it is empty, cut off, in another encoding, or has no header to go by.
    """
    head = read_head(path, extract.encoding)
    if not head.text.strip("\ufeff\r\n\t "):
        raise UnreadableFile("it is empty; a delivery without rows still has its header")
    lines = io.StringIO(head.text.removeprefix("\ufeff"), newline="")
    layout = _layout(lines, extract, head.encoding)
    if not lines.read().strip("\r\n"):
        if head.is_whole:
            return TextFile(layout.header, iter(()))
        raise UnreadableFile("its header does not end in the first mebibyte")
    return TextFile(layout.header, gathered(without_last(_batches(path, extract, layout), extract.skip_footer)))


def _layout(lines: io.StringIO, extract: FilesExtract, encoding: str) -> Layout:
    """Read the lines before the first row, and no further."""
    for _ in range(extract.skip_lines):
        lines.readline()
    start = lines.tell()
    delimiter = extract.delimiter or _delimiter(lines, extract.quote)
    lines.seek(start)
    if not extract.header:
        return Layout(column_names(extract.columns), delimiter, encoding, extract.skip_lines)
    reader = csv.reader(lines, delimiter=delimiter, quotechar=extract.quote, strict=True)
    try:
        # Blank lines before the header are no header.
        names = next((fields for fields in reader if fields), [])
    except csv.Error as error:
        raise UnreadableFile(f"its header could not be read: {error}") from error
    if any(FOREIGN.search(name) for name in names):
        raise UnreadableFile(f"its header is not {encoding} text; say in the source which `encoding:` it has")
    return Layout(column_names(names), delimiter, encoding, extract.skip_lines + reader.line_num)


def _delimiter(lines: io.StringIO, quote: str) -> str:
    """The delimiter that the first line uses most, outside of quotes; a comma where it uses none."""
    first = next((line for line in lines if line.strip()), "")
    bare = re.sub(f"{re.escape(quote)}[^{re.escape(quote)}]*{re.escape(quote)}", "", first)
    return max(DELIMITERS, key=bare.count)


def _batches(path: Path, extract: FilesExtract, layout: Layout) -> Iterator[TextBatch]:
    """The batches of a file; one that Arrow cannot read as it is, is rewritten in UTF-8 and read on from there."""
    done = 0
    try:
        if is_utf8(layout.encoding):
            try:
                for batch in _parsed(path, extract, layout):
                    yield batch
                    done += batch.rows
            except pa.ArrowInvalid as error:
                # Arrow cannot tell of a malformed row whose bytes are no UTF-8, and gives up.
                if not WRONG_FIELDS.search(str(error)):
                    raise
            else:
                return
        with rewritten(path, layout.encoding) as copy:
            for batch in _parsed(copy, extract, replace(layout, is_marked=True)):
                later = [row for row in batch.malformed if row.row > done]
                yield TextBatch(batch.frame.filter(pl.col(ROW) > done), later)
    except (OSError, pa.ArrowException, EOFError) as error:
        raise UnreadableFile(_plain(error)) from error


def _parsed(path: Path, extract: FilesExtract, layout: Layout) -> Iterator[TextBatch]:
    malformed: list[Malformed] = []

    def keep(row: arrow_csv.InvalidRow) -> str:
        reason = f"{row.actual_columns} fields where the header has {row.expected_columns}"
        malformed.append(Malformed(row.number - layout.lines_before, unmarked(row.text), "structure:columns", reason))
        return "skip"

    number = 0
    with open_bytes(path) as stream:
        for block, is_last in _with_last(_open(stream, extract, layout, keep)):
            refused = _within(malformed, number, block.num_rows)
            del malformed[: len(refused)]
            is_open = is_last and _is_quote_open(path, block, extract.quote, layout.delimiter)
            yield _numbered(block, refused, number, layout, extract.quote, is_open=is_open)
            number += block.num_rows + len(refused)
    if malformed:
        yield TextBatch(pl.DataFrame(schema=dict.fromkeys(layout.header, pl.String) | {ROW: pl.Int64}), malformed)


def _with_last(blocks: Iterable[pa.RecordBatch]) -> Iterator[tuple[pa.RecordBatch, bool]]:
    """The blocks that hold rows, each with whether it is the last."""
    held = None
    for block in blocks:
        if block.num_rows:
            if held is not None:
                yield held, False
            held = block
    if held is not None:
        yield held, True


def _within(malformed: list[Malformed], before: int, count: int) -> list[Malformed]:
    """The malformed rows that stand among these good ones; the reader is a block ahead and has met later ones too."""
    last = before + count
    for position, row in enumerate(malformed):
        if row.row > last:
            return malformed[:position]
        last += 1
    return list(malformed)


def _open(
    stream: pa.NativeFile, extract: FilesExtract, layout: Layout, keep: Callable[[arrow_csv.InvalidRow], str]
) -> arrow_csv.CSVStreamingReader:
    return arrow_csv.open_csv(
        stream,
        # One thread: the other core is busy storing, and only so does the reader know each row's number.
        read_options=arrow_csv.ReadOptions(
            use_threads=False, block_size=BLOCK_BYTES, column_names=layout.header, skip_rows=layout.lines_before
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=layout.delimiter,
            quote_char=extract.quote,
            newlines_in_values=True,
            invalid_row_handler=keep,
        ),
        # Bytes, not text: one row in another encoding is one row refused, not the file.
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(layout.header, pa.binary()), null_values=[""], strings_can_be_null=True
        ),
    )


def _plain(error: Exception) -> str:
    if "straddling" in str(error):
        return f"it has a line longer than {BLOCK_BYTES >> 20} MiB, or a quote that is never closed"
    return f"it could not be read to its end: {first_line(error)}"


def _numbered(
    block: pa.RecordBatch, refused: list[Malformed], before: int, layout: Layout, quote: str, *, is_open: bool
) -> TextBatch:
    """Number the rows, leaving the numbers of the malformed ones out, and set aside rows that are no UTF-8."""
    raw = pl.DataFrame(pl.from_arrow(block))
    numbers = _numbers(before, block.num_rows, [row.row for row in refused])
    frame = raw.select(_text(column) for column in raw.iter_columns()).with_columns(numbers)
    broken = _undecodable(raw, frame, layout)
    broken += _swallowed(block, without(frame, [row.row for row in broken]), layout.delimiter, quote, is_open=is_open)
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
    numbers = pl.int_range(before + 1, before + 1 + count + len(taken), dtype=pl.Int64, eager=True).alias(ROW)
    return numbers.filter(~numbers.is_in(taken)) if taken else numbers


def _undecodable(raw: pl.DataFrame, frame: pl.DataFrame, layout: Layout) -> list[Malformed]:
    """Rows with bytes that are not of the encoding: marked where the file was rewritten, else null."""
    if layout.is_marked:
        wrong = [marked for name in raw.columns if (marked := frame[name].str.contains(FOREIGN.pattern)).any()]
    else:
        columns = [name for name in raw.columns if raw[name].null_count() != frame[name].null_count()]
        wrong = [raw[name].is_not_null() & frame[name].is_null() for name in columns]
    if not wrong:
        return []
    rows = raw.with_columns(frame[ROW], pl.any_horizontal(wrong).alias("_wrong")).filter("_wrong")
    reason = (
        f"bytes that are not {layout.encoding}; if the whole file is in another encoding, say `encoding:` in the source"
    )
    return [
        Malformed(
            row[ROW],
            _as_object({name: unmarked(printable(row[name] or b"")) for name in raw.columns}),
            "structure:encoding",
            reason,
        )
        for row in rows.iter_rows(named=True)
    ]


def _swallowed(
    block: pa.RecordBatch, frame: pl.DataFrame, delimiter: str, quote: str, *, is_open: bool
) -> list[Malformed]:
    """Rows in which one field holds whole lines of the file: a quote was opened and not closed."""
    held = [name for name, column in zip(block.schema.names, block.columns, strict=True) if _has_line_break(column)]
    if not held and not is_open:
        return []
    is_unclosed = (pl.col(ROW) == frame[-1, ROW]) if is_open and frame.height else pl.lit(value=False)
    fields = [pl.col(name) for name in held]
    suspects = frame.filter(
        pl.any_horizontal(is_unclosed, *(_may_swallow(field, block.num_columns, delimiter, quote) for field in fields))
    )
    wrong = pl.any_horizontal(
        is_unclosed, *(_is_swallowing(field, block.num_columns, delimiter, quote) for field in fields)
    )
    reason = "a quote is opened and never closed: the row may hold the lines after it"
    return [
        Malformed(row[ROW], _as_object({k: v for k, v in row.items() if k != ROW}), "structure:quote", reason)
        for row in suspects.filter(wrong).iter_rows(named=True)
    ]


def _may_swallow(field: pl.Expr, fields: int, delimiter: str, quote: str) -> pl.Expr:
    """A quick look, which a note of several lines fails: what `_is_swallowing` finds has these signs at the least."""
    delimiters = field.str.count_matches(delimiter, literal=True) >= (fields - 1) * (1 if fields > 2 else 2)
    return field.str.contains("\n", literal=True) & (delimiters | field.str.ends_with(quote))


def _is_swallowing(field: pl.Expr, fields: int, delimiter: str, quote: str) -> pl.Expr:
    """Whether a field looks as if it swallowed the lines after it.

    Every whole line in it has as many fields as the file, or it ends in the quote that opened a later field and so
    closed this one. In a file of two columns one line with one delimiter proves nothing: it may be a sentence.
    """
    if fields == 1:
        return pl.lit(value=False)
    mark, apart = re.escape(quote), re.escape(delimiter)
    line = rf"[^\n{apart}]*(?:{apart}[^\n{apart}]*){{{fields - 1}}}"
    lines = rf"^[^\n]*\n(?:{line}\n){{{1 if fields > 2 else 2},}}[^\n]*$"
    reopened = rf"\n(?:[^\n]*{apart})?[^\n{apart}{mark}]*{mark}$"
    is_odd = field.str.count_matches(quote, literal=True) % 2 == 1
    return field.str.contains(lines) | (field.str.contains(reopened) & is_odd)


def _is_quote_open(path: Path, block: pa.RecordBatch, quote: str, delimiter: str) -> bool:
    """Whether the file ends inside a quoted field: its last bytes are the field's, and no quote after them."""
    value = block.columns[-1][-1].as_py() or b""
    mark = quote.encode()
    field = (delimiter.encode() if block.num_columns > 1 else b"\n") + mark + value.replace(mark, mark + mark)
    return read_tail(path, len(field)).endswith(field)


def _has_line_break(column: pa.Array) -> bool:
    data = column.buffers()[2]
    return data is not None and LINE_BREAK.search(data) is not None


def _as_object(row: dict[str, str | None]) -> str:
    return json.dumps(row, ensure_ascii=False)
