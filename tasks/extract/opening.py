"""Opening a landed file as what its source says it is."""

from collections.abc import Callable
from pathlib import Path

from tasks.errors import UnreadableFile
from tasks.extract.formats.csv import read_csv
from tasks.extract.formats.jsonl import read_jsonl
from tasks.extract.formats.parquet import read_parquet
from tasks.extract.formats.saft import read_saft
from tasks.extract.formats.text import TextFile
from tasks.extract.formats.xlsx import read_xlsx
from tasks.source import FilesExtract

READERS: dict[str, Callable[[Path, FilesExtract], TextFile]] = {
    "csv": read_csv,
    "jsonl": read_jsonl,
    "parquet": lambda path, _: read_parquet(path),
    "saft": lambda path, _: read_saft(path),
    "xlsx": read_xlsx,
}
"""Every format of a file, and what reads it."""


def open_file(path: Path, extract: FilesExtract) -> TextFile:
    """Open a landed file.

    Raises UnreadableFile when it is not what its source says.
    """
    if path.stat().st_size == 0:
        raise UnreadableFile("it is empty")
    return READERS[extract.format](path, extract)
