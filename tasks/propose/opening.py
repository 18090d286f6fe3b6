"""Finding out what a file is: its format, and for text its encoding, its delimiter and the line of its header."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasks.errors import UnreadableFile, UsageError
from tasks.extract.formats.stream import COMPRESSIONS, open_bytes
from tasks.extract.formats.text import ROW, TextBatch, TextFile
from tasks.extract.formats.xlsx import sheets_of
from tasks.extract.opening import READERS, open_file
from tasks.shapes import TEXT, shape_of
from tasks.source import FilesExtract

HEAD_BYTES = 1 << 18
"""As much of a file as tells what it is."""

LINES = 60
"""Lines of a text file that are looked at for its delimiter; a bank's letterhead is shorter."""

DELIMITERS = ";\t|,"
"""The comma last: in half of Europe it stands inside of numbers."""

SIGNS: tuple[tuple[str, bytes], ...] = (
    ("parquet", rb"PAR1"),
    ("xlsx", rb"PK\x03\x04"),
    ("eml", rb"PK\x03\x04"),
    ("einvoice", rb"%PDF-"),
    ("ofx", rb"\s*(OFXHEADER|<OFX>|<\?OFX)"),
    ("datev", rb'\xef?\xbb?\xbf?"?EXTF'),
    ("mt940", rb"(\{1:|:20:|.{0,40}\r?\n:20:)"),
    ("bai2", rb"01,[^\n]*/"),
    ("mbox", rb"From \S+"),
    ("eml", rb"(?i)(received|return-path|from|date|subject|mime-version|message-id|delivered-to|x-[\w-]+): "),
    ("qif", rb"!(type|account|option):"),
    ("jsonl", rb"(\xef\xbb\xbf)?\s*\{"),
)
"""How a file of each format begins."""

SUFFIXES = {
    ".journal": "hledger", ".hledger": "hledger", ".ledger": "hledger", ".beancount": "beancount", ".qif": "qif",
}  # fmt: skip
"""Formats of plain text that only their names tell."""

XML = ("saft", "camt", "einvoice", "ofx", "ecb")
"""Formats that are XML, in the order in which they are tried."""


@dataclass(frozen=True)
class Opened:
    """A file that could be read, and how."""

    extract: FilesExtract
    file: TextFile
    first: TextBatch | None


def open_unknown(path: Path) -> Opened:
    """Open a file of which nothing is known.

    Raises UsageError when it is in no format that can be read.
    """
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file")
    reasons = []
    for said in _candidates(path):
        extract = FilesExtract.model_validate({"connector": "files", "path": path.name, **said})
        try:
            file = open_file(path, extract)
            return Opened(extract, file, next(file.batches, None))
        except UnreadableFile as error:
            reasons.append(f"as {extract.format}: {error}")
    raise UsageError(f"{path}: it is in no format that can be read ({'; '.join(reasons)})")


def _candidates(path: Path) -> Iterator[dict[str, Any]]:
    head = _head(path)
    formats = [name for name, sign in SIGNS if re.match(sign, head)]
    if re.match(rb"(\xef\xbb\xbf)?\s*<", head):
        formats += XML
    names = [suffix.lower() for suffix in path.suffixes]
    formats += [SUFFIXES[name] for name in names if name in SUFFIXES]
    known = [name for name in dict.fromkeys(formats) if name in READERS]
    for name in known:
        yield _as_xlsx(path) if name == "xlsx" else {"format": name}
    is_binary = any(name in ("parquet", "xlsx") for name in known)
    if not is_binary and not head.startswith((b"%PDF", b"\x89PNG")):
        yield _as_csv(head, is_whole=len(head) < HEAD_BYTES)


def _head(path: Path) -> bytes:
    try:
        with open_bytes(path) as stream:
            return bytes(stream.read(HEAD_BYTES))
    except OSError as error:
        kind = COMPRESSIONS.get(path.suffix.lower(), "file")
        raise UsageError(f"{path}: it could not be read as {kind}") from error


def _as_xlsx(path: Path) -> dict[str, Any]:
    """The sheet with a table in it, and how many lines stand above its header."""
    said: dict[str, Any] = {"format": "xlsx"}
    try:
        sheets = sheets_of(path)
        for sheet in sheets:
            above = _above_table(path, sheet)
            if above is not None:
                named = {"sheet": sheet} if sheet != sheets[0] else {}
                return said | named | ({"skip_lines": above} if above else {})
    except UnreadableFile:
        # What is wrong with it is said when it is opened as what it seems to be.
        return said
    return said


def _above_table(path: Path, sheet: str) -> int | None:
    """How many lines of a sheet stand above its header: a line of names, every cell of it filled."""
    extract = FilesExtract.model_validate({"connector": "files", "path": path.name, "format": "xlsx", "sheet": sheet})
    try:
        file = open_file(path, extract)
    except UnreadableFile:
        return None
    if len(file.header) > 1 and not any(name.startswith("column_") for name in file.header):
        return 0
    rows = next(file.batches).frame.head(LINES)
    for row in rows.iter_rows(named=True):
        number = row.pop(ROW)
        if len(row) > 1 and all(value and shape_of(value) == TEXT for value in row.values()):
            return int(number)
    return None


def _as_csv(head: bytes, *, is_whole: bool) -> dict[str, Any]:
    encoding = encoding_of(head)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head).removeprefix("\ufeff")
    lines = text.splitlines()[: None if is_whole else -1][:LINES]
    delimiter, above = layout_of(lines)
    said: dict[str, Any] = {"format": "csv", "encoding": encoding, "delimiter": delimiter}
    header = next(csv.reader(io.StringIO("\n".join(lines[above:])), delimiter=delimiter), [])
    if above:
        said["skip_lines"] = above
    if is_data(header):
        said |= {"header": False, "columns": tuple(f"column_{number}" for number in range(1, len(header) + 1))}
    return said


def encoding_of(head: bytes) -> str:
    """The encoding of a text's beginning: what its mark says, UTF-8 where it is, else what Windows writes in Europe."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return name
    # Every second byte of Latin text in UTF-16 is nothing.
    for name, zeros in (("utf-16-le", head[1:2000:2]), ("utf-16-be", head[0:2000:2])):
        if len(zeros) > 1 and zeros.count(0) > len(zeros) // 2:
            return name
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def layout_of(lines: list[str]) -> tuple[str, int]:
    """The delimiter of a text and how many lines stand above its header.

    It is the one that stands equally often in most lines; whatever has fewer of it on top is no header.
    """
    best = (0.0, ",", 0)
    for delimiter in DELIMITERS:
        counts = [len(next(csv.reader([line], delimiter=delimiter), [])) - 1 for line in lines if line.strip()]
        often = Counter(count for count in counts if count > 0)
        if not often:
            continue
        usual, times = max(often.items(), key=lambda item: (item[1], item[0]))
        score = times / len(counts) + min(usual, 20) / 100
        if score > best[0]:
            best = (score, delimiter, _above(lines, delimiter, usual))
    return best[1], best[2]


def _above(lines: list[str], delimiter: str, usual: int) -> int:
    """The lines before the first that has every field filled: a letterhead of a spreadsheet has as many, but empty."""
    rows = [next(csv.reader([line], delimiter=delimiter), []) for line in lines]
    like = [number for number, row in enumerate(rows) if len(row) - 1 == usual]
    return next((number for number in like if all(field.strip() for field in rows[number])), like[0] if like else 0)


def is_data(header: list[str]) -> bool:
    """Whether what should be a header is a row: names are not numbers, days or empty."""
    odd = [name for name in header if shape_of(name) != TEXT]
    return bool(header) and len(odd) * 3 >= len(header)
