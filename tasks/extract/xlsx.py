"""Reading a sheet of an Excel workbook as the text of its cells."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl

from tasks.errors import UnreadableFile
from tasks.extract.text import ROW, TextBatch, TextFile
from tasks.source import FilesExtract

UNPACKED_BYTES = 1 << 30
"""A workbook unpacks in memory; its million rows at most stay far below a gibibyte unless it is a bomb."""


def read_xlsx(path: Path, extract: FilesExtract) -> TextFile:
    """Open one sheet of a workbook; formulas give the values that were stored with them.

    Raises UnreadableFile when it is no workbook, lacks the sheet, or unpacks to more than a gibibyte.
    """
    _refuse_bombs(path)
    try:
        workbook = fastexcel.read_excel(path)
        sheet = workbook.load_sheet(extract.sheet or 0, header_row=extract.skip_lines, dtypes="string")
        frame = sheet.to_polars()
    except fastexcel.FastExcelError as error:
        raise UnreadableFile(f"its sheet could not be read: {str(error).splitlines()[0]}") from error
    return TextFile(frame.columns, _batches(frame))


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableFile("it is not an Excel workbook (.xlsx)") from error
    if unpacked > UNPACKED_BYTES:
        raise UnreadableFile(f"it unpacks to {unpacked:,} bytes, more than any sheet needs")


def _batches(frame: pl.DataFrame) -> Iterator[TextBatch]:
    texts = frame.select(pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in frame.columns)
    yield TextBatch(texts.with_columns(pl.int_range(1, frame.height + 1, dtype=pl.Int64).alias(ROW)))
