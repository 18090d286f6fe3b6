"""How amounts and texts are put into exported files, whatever somebody typed."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tasks.export.books import Books, Entry, Line

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""Line ends and other characters that are no text."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
"""How a cell begins that a spreadsheet would run, or that begins with the mark against it."""


@dataclass(frozen=True)
class Request:
    """What an export is told beside the books."""

    registration_number: str | None
    """The company's number with its authorities: the SIREN in France, the organisation number in Norway."""
    created_on: date
    software_version: str


def amount_text(amount: Decimal) -> str:
    """With two decimals, or four where the cent is divided."""
    return f"{amount:.4f}".removesuffix("00")


def one_line(text: str) -> str:
    """The text on one line, without characters that are no text."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(CONTROL.sub(" ", text).split())


def cell(text: str | None) -> str:
    """The text as a cell that no spreadsheet runs: a formula has an apostrophe before it, and so has an apostrophe."""
    return "'" + text if text and text.startswith(FORMULA) else text or ""


def titled(entry: Entry) -> str:
    """What an entry is about: the text of its first line that has one, or else the kind and number of its document."""
    said = next((line.description for line in entry.lines if line.description), None)
    return said or " ".join(filter(None, (entry.document_kind.replace("_", " "), entry.document_id)))


def is_foreign(books: Books, line: Line) -> bool:
    """Whether the line says its amount in another currency than the books."""
    return line.currency_amount is not None and line.currency_code != books.currency_code
