"""Reading an electronic invoice: UBL or CII by its first element, or the XML in a PDF; with the rules it breaks."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa

from schemas.en16931 import GUIDELINE, WITHOUT_LINES, broken_rules
from tasks.errors import UnreadableFile
from tasks.extract.formats.einvoice.pdf import embedded_xml
from tasks.extract.formats.einvoice.rows import COLUMNS, Rows, read_rows
from tasks.extract.formats.einvoice.syntax import SYNTAXES, Said, Syntax
from tasks.extract.formats.einvoice.tree import Root, read_tree
from tasks.extract.formats.stream import BLOCK_BYTES, first_line, open_bytes
from tasks.extract.formats.text import ROW, Broken, TextBatch, TextFile

# Access points of Peppol carry 100 MB. An invoice is held whole: its last element says whether its first is right.
BYTES = 128 << 20
"""How long a file may be."""

PDF_WITHIN = 1024
"""A PDF says that it is one within so many bytes."""

ROWS = 10_000
"""How many rows make a batch: a hundred columns each."""

OLDER = {
    "CrossIndustryDocument": "an invoice of ZUGFeRD 1.0, which is older than EN 16931",
    "FatturaElettronica": "an Italian FatturaPA, which is not written as EN 16931 says",
    "html": "an HTML page (a login or an error page?)",
}
"""What else is sent as an invoice."""


def read_einvoice(path: Path) -> TextFile:
    """Open an electronic invoice, plain or compressed by its suffix.

    Raises UnreadableFile when it is none, is cut off, has a DTD or entities, or follows another guideline.
    """
    document = _bytes(path)
    if b"%PDF-" in document[:PDF_WITHIN]:
        document = embedded_xml(document)
    root, element = read_tree(document)
    read = read_rows(element, _syntax(root))
    _require_guideline(read.invoice.guideline)
    return TextFile(list(COLUMNS), _batches(read))


def _bytes(path: Path) -> bytes:
    blocks = bytearray()
    try:
        with open_bytes(path) as stream:
            while block := stream.read(BLOCK_BYTES):
                blocks += block
                if len(blocks) > BYTES:
                    raise UnreadableFile(f"it is longer than {BYTES >> 20} MiB, which no invoice is")
    except (OSError, pa.ArrowException) as error:
        raise UnreadableFile(f"it could not be decompressed: {first_line(error)}") from error
    return bytes(blocks)


def _syntax(root: Root) -> Syntax:
    if root not in SYNTAXES:
        namespace, name = root
        known = OLDER.get(
            name, f"no invoice of UBL or CII: it begins with {name[:60]} of {namespace[:80] or 'nowhere'}"
        )
        raise UnreadableFile(f"it is {known}")
    return SYNTAXES[root]


def _require_guideline(guideline: str) -> None:
    """An invoice of another kind may mean another thing by the same element."""
    rest = guideline.removeprefix(GUIDELINE)
    is_of_the_standard = guideline.startswith(GUIDELINE) and rest[:1] in {"", "#", ":"}
    if not is_of_the_standard and guideline not in WITHOUT_LINES:
        said = f"follows {guideline[:120]!r}" if guideline else "names no guideline (BT-24)"
        raise UnreadableFile(f"it {said}; only invoices of EN 16931 are read")


def _batches(read: Rows) -> Iterator[TextBatch]:
    broken = [Broken(one.rule, one.reason) for one in broken_rules(read.invoice)]
    for start in range(0, len(read.rows), ROWS):
        rows = read.rows[start : start + ROWS]
        yield _batch(rows, start, broken)


def _batch(rows: list[Said], before: int, broken: list[Broken]) -> TextBatch:
    """Some rows; where the invoice breaks a rule, all of them are refused for it."""
    columns = [pl.Series(name, [row.get(name) for row in rows], pl.String) for name in COLUMNS]
    numbers = range(before + 1, before + 1 + len(rows))
    frame = pl.DataFrame([*columns, pl.Series(ROW, list(numbers), pl.Int64)])
    return TextBatch(frame, broken=dict.fromkeys(numbers, broken) if broken else {})
