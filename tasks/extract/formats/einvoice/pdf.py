"""The XML that a Factur-X or ZUGFeRD PDF carries."""

from __future__ import annotations

import logging
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from tasks.errors import UnreadableFile
from tasks.extract.formats.stream import first_line

if TYPE_CHECKING:
    from pypdf import PdfReader

NAMES = {"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"}
"""What the XML of an invoice is called in its PDF, in small letters; ZUGFeRD wrote ZUGFeRD-invoice.xml at first."""

# Its tree takes a hundred times as much at worst; the longest true ones, of thousands of lines, have some megabytes.
XML_BYTES = 32 << 20
"""How long the XML in a PDF may be; also how far any of its streams is unpacked."""

ATTACHED = 1_000
"""How many files a PDF may carry; each is looked at."""

# A reader of a format as loose as PDF meets what it did not think of in every way that Python knows.
DAMAGED = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, NotImplementedError,
    AssertionError, EOFError, OSError, zlib.error,
)  # fmt: skip
"""What the library raises, beside its own errors, where a PDF is not what it says."""


def embedded_xml(document: bytes) -> bytes:
    """The one XML of the invoice in a PDF.

    Raises UnreadableFile when the PDF is encrypted or damaged, or carries no XML, several, or one too long to be true.
    """
    from pypdf import PdfReader, apply_configuration
    from pypdf.errors import LimitReachedError, PyPdfError

    # What is wrong is told in one sentence, below; the library would tell each step of it as well.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with apply_configuration(zlib_maximum_output_length=XML_BYTES, disable_legacy_handling=True):
            return _only_xml(PdfReader(BytesIO(document)))
    except LimitReachedError as error:
        raise UnreadableFile(f"it is a PDF that unpacks to more than any invoice needs: {first_line(error)}") from error
    except (PyPdfError, *DAMAGED) as error:
        raise UnreadableFile(f"it is a damaged PDF: {first_line(error)}") from error


def _only_xml(reader: PdfReader) -> bytes:
    if reader.is_encrypted:
        raise UnreadableFile("it is an encrypted PDF; an invoice must come without a password")
    found = []
    for number, one in enumerate(reader.attachment_list):
        if number == ATTACHED:
            raise UnreadableFile(f"it is a PDF with more than {ATTACHED:,} attached files")
        names = {str(name).lower() for name in (one.name, one.alternative_name) if name}
        if any(name.endswith(".xml") for name in names):
            found.append((bool(names & NAMES), one))
    chosen = [one for is_known, one in found if is_known] or [one for _, one in found]
    if not chosen:
        raise UnreadableFile("it is a PDF without an invoice in it: no XML is attached")
    if len(chosen) > 1:
        raise UnreadableFile(f"it is a PDF with {len(chosen)} XML files attached, and says not which is the invoice")
    content: bytes = chosen[0].content
    return content
