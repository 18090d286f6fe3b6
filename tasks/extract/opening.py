"""Opening a landed file as what its source says it is."""

from collections.abc import Callable
from pathlib import Path

from tasks.errors import UnreadableFile
from tasks.extract.formats.bai2 import read_bai2
from tasks.extract.formats.beancount import read_beancount
from tasks.extract.formats.camt import read_camt
from tasks.extract.formats.csv import read_csv
from tasks.extract.formats.datev import read_datev
from tasks.extract.formats.einvoice.reading import read_einvoice
from tasks.extract.formats.eml import read_eml
from tasks.extract.formats.hledger import read_hledger
from tasks.extract.formats.jsonl import read_jsonl
from tasks.extract.formats.mbox import read_mbox
from tasks.extract.formats.mt940 import read_mt940
from tasks.extract.formats.ofx import read_ofx
from tasks.extract.formats.parquet import read_parquet
from tasks.extract.formats.qif import read_qif
from tasks.extract.formats.saft import read_saft
from tasks.extract.formats.text import TextFile
from tasks.extract.formats.xlsx import read_xlsx
from tasks.extract.unpivoted import unpivoted
from tasks.source import FilesExtract

READERS: dict[str, Callable[[Path, FilesExtract], TextFile]] = {
    "bai2": read_bai2,
    "beancount": read_beancount,
    "camt": lambda path, _: read_camt(path),
    "csv": read_csv,
    "datev": read_datev,
    "einvoice": lambda path, _: read_einvoice(path),
    "eml": lambda path, _: read_eml(path),
    "hledger": read_hledger,
    "jsonl": read_jsonl,
    "mbox": lambda path, _: read_mbox(path),
    "mt940": read_mt940,
    "ofx": read_ofx,
    "parquet": lambda path, _: read_parquet(path),
    "qif": read_qif,
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
    file = READERS[extract.format](path, extract)
    return unpivoted(file, extract.unpivot) if extract.unpivot else file
