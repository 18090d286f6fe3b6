"""Reading a sheet of an Excel workbook as the text of its cells."""

import re
import zipfile
import zlib
from collections import defaultdict
from pathlib import Path

import fastexcel
import polars as pl
import pyarrow as pa

from tasks.errors import UnreadableFile
from tasks.extract.formats.stream import first_line
from tasks.extract.formats.text import ROW, TextBatch, TextFile, column_names, without_last
from tasks.source import FilesExtract

UNPACKED_BYTES = 1 << 30
"""A workbook unpacks in memory; its million rows at most stay far below a gibibyte unless it is a bomb."""

CHUNK = 1 << 20

ERRORS = {
    "Div0": "#DIV/0!", "NA": "#N/A", "Name": "#NAME?", "Null": "#NULL!", "Num": "#NUM!", "Ref": "#REF!",
    "Value": "#VALUE!",
}  # fmt: skip
"""How Excel shows a formula that failed; to the record it is a wrong value, not a missing one."""


def read_xlsx(path: Path, extract: FilesExtract) -> TextFile:
    """Open one sheet of a workbook; formulas give the values that were stored with them.

    Raises UnreadableFile when it is no workbook, lacks the sheet, or unpacks to more than a gibibyte.
    """
    _refuse_bombs(path)
    try:
        workbook = fastexcel.read_excel(path)
        sheet = workbook.load_sheet(
            extract.sheet or 0, header_row=None, skip_rows=extract.skip_lines or None, dtypes="string"
        )
        cells, errors = sheet.to_arrow_with_errors()
    except fastexcel.FastExcelError as error:
        raise UnreadableFile(f"its sheet could not be read: {first_line(error)}") from error
    frame = _with_errors(cells, errors)
    if not frame.width:
        raise UnreadableFile("its sheet is empty; a delivery without rows still has its header")
    header = column_names(_first_row(frame) if extract.header else _named(frame, extract.columns))
    frame.columns = header
    rows = _batch(frame[1:] if extract.header else frame)
    return TextFile(header, without_last(iter([rows]), extract.skip_footer))


def sheets_of(path: Path) -> list[str]:
    """The names of a workbook's sheets.

    Raises UnreadableFile when it is no workbook.
    """
    _refuse_bombs(path)
    try:
        return list(fastexcel.read_excel(path).sheet_names)
    except fastexcel.FastExcelError as error:
        raise UnreadableFile(f"it could not be read: {first_line(error)}") from error


def _first_row(frame: pl.DataFrame) -> tuple[str | None, ...]:
    names: tuple[str | None, ...] = frame.row(0)
    return names


def _named(frame: pl.DataFrame, columns: tuple[str, ...]) -> tuple[str, ...]:
    if len(columns) != frame.width:
        raise UnreadableFile(f"it has {frame.width} columns where the source names {len(columns)}")
    return columns


def _refuse_bombs(path: Path) -> None:
    """Unpack it once without keeping anything: what an archive says of its own size may be a lie."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            if unpacked > UNPACKED_BYTES:
                raise UnreadableFile(f"it unpacks to {unpacked:,} bytes, more than any sheet needs")
            for member in archive.infolist():
                with archive.open(member) as packed:
                    while packed.read(CHUNK):
                        pass
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(f"it is not an Excel workbook (.xlsx), or is damaged: {first_line(error)}") from error


def _with_errors(cells: pa.RecordBatch, errors: fastexcel.CellErrors | None) -> pl.DataFrame:
    frame = pl.DataFrame(pl.from_arrow(cells))
    failed: dict[int, dict[int, str]] = defaultdict(dict)
    for error in errors.errors if errors else ():
        row, column = error.offset_position
        kind = re.search(r"Error\((\w+)\)", error.detail)
        failed[column][row] = ERRORS.get(kind[1], f"#{kind[1]}") if kind else error.detail
    for column, at in failed.items():
        frame.replace_column(column, frame.to_series(column).scatter(list(at), list(at.values())))
    return frame


def _batch(frame: pl.DataFrame) -> TextBatch:
    """The rows, numbered as they stand in the sheet; one without any value is no row."""
    numbered = frame.with_columns(pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True).alias(ROW))
    texts = numbered.with_columns(pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in frame.columns)
    return TextBatch(texts.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in frame.columns)))
