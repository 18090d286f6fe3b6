"""The formats in which the firm's systems write: CSV dialects, JSON Lines, Parquet, XLSX; the same bytes each time."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pyarrow as pa
import xlsxwriter

from tasks.simulate.delivery import Delivery

Writer = Callable[[Delivery], bytes]

WRITTEN_AT = datetime(2026, 1, 1, tzinfo=UTC)
"""The workbooks' date of creation; without it each run would write other bytes."""


UTF8_MARK, UTF16_MARK = b"\xef\xbb\xbf", b"\xff\xfe"
"""What some systems write before the first character."""


@dataclass(frozen=True)
class Csv:
    """A dialect of delimited text."""

    delimiter: str = ","
    quote: str = '"'
    encoding: str = "utf-8"
    mark: bytes = b""
    line_end: str = "\n"

    def __call__(self, delivery: Delivery) -> bytes:
        """The file's bytes, each line spoiled as its dirt says."""
        writer: Any = csv.writer(Echo(), delimiter=self.delimiter, quotechar=self.quote, lineterminator=self.line_end)
        lines = [self.mark + writer.writerow(delivery.columns).encode(self.encoding)]
        for line in delivery.lines:
            written = writer.writerow(line.values).encode(self.encoding)
            lines.append(line.spoil(written) if line.spoil else written)
        return b"".join(lines)


class Echo:
    """What csv.writer writes to when each line is wanted by itself."""

    def write(self, text: str) -> str:
        """Hand the line back."""
        return text


def json_lines(delivery: Delivery) -> bytes:
    """One JSON object a line; a value that is not there has no key."""
    lines = []
    for line in delivery.lines:
        row = {name: value for name, value in delivery.row(line).items() if value is not None}
        written = json.dumps(row, ensure_ascii=False).encode() + b"\n"
        lines.append(line.spoil(written) if line.spoil else written)
    return b"".join(lines)


@dataclass(frozen=True)
class Parquet:
    """Typed columns."""

    schema: dict[str, pl.DataType | type[pl.DataType]]

    def __call__(self, delivery: Delivery) -> bytes:
        """The file's bytes."""
        rows = [line.values for line in delivery.lines]
        target = io.BytesIO()
        pl.DataFrame(rows, schema=self.schema, orient="row").write_parquet(target, compression="zstd")
        return target.getvalue()


@dataclass(frozen=True)
class Workbook:
    """A sheet of an XLSX workbook that says above its header what it is."""

    sheet: str
    note: str

    def __call__(self, delivery: Delivery) -> bytes:
        """The file's bytes; text stays text, even where it begins with an equals sign."""
        target = io.BytesIO()
        book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": self.sheet, "comments": self.note, "created": WRITTEN_AT})
        sheet = book.add_worksheet(self.sheet)
        rows: list[list[Any]] = [
            [f"{delivery.name}: {self.note}"],
            delivery.columns,
            *(line.values for line in delivery.lines),
        ]
        for number, values in enumerate(rows):
            sheet.write_row(number, 0, ["" if value is None else value for value in values])
        book.add_worksheet("Scratch").write(0, 0, "ask Anna about the candles")
        book.close()
        return target.getvalue()


def packed(name: str, content: bytes) -> bytes:
    """Compressed as the file's name says; gzip without a time, so that the bytes are the same each time."""
    if name.endswith(".gz"):
        return gzip.compress(content, compresslevel=5, mtime=0)
    if name.endswith(".zst"):
        return pa.compress(content, codec="zstd", asbytes=True)
    return content
