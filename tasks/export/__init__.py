"""Exporting the ledger for other programs and for tax offices: proven before it is put in its place, or not at all."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TextIO

from tasks.errors import UsageError
from tasks.export import beancount, csv, fec, hledger, saft
from tasks.export.books import Books, Entry, read_books
from tasks.export.checks import Tally, require_agreement
from tasks.export.writing import Request
from warehouse.home import Home
from warehouse.publication import Company
from warehouse.published import open_published

__all__ = ["FORMATS", "Export", "Request", "export_ledger"]


def no_notes(_: Books) -> Iterator[str]:
    """A format of which there is nothing to tell."""
    yield from ()


@dataclass(frozen=True)
class Format:
    """One way to write a ledger down."""

    write: Callable[[Books, Iterable[Entry], TextIO, Request], None]
    file_name: Callable[[Books, Request], str]
    """What the file is called in a folder."""
    read_back: Callable[[Path, Books, Tally], None] | None = None
    """Reads what was written as its receiver will; an audit file is proven by it before anyone sees it."""
    notes: Callable[[Books], Iterator[str]] = no_notes
    """What to tell whoever exports."""
    is_carried_forward: bool = False
    """Whether the results of earlier years are part of retained earnings, as audit files ask."""
    is_by_journal: bool = False
    is_matched: bool = False
    """Whether a line says which others it settles."""


def named(suffix: str) -> Callable[[Books, Request], str]:
    """Files that are named by their period."""
    return lambda books, _: f"ledger-{books.first}-{books.last}.{suffix}"


FORMATS = {
    "hledger": Format(hledger.write, named("journal")),
    "beancount": Format(beancount.write, named("beancount")),
    "csv": Format(csv.write, named("csv")),
    "fec": Format(fec.write, fec.file_name, fec.read_back, fec.notes, is_carried_forward=True, is_matched=True),
    "saft": Format(saft.write, saft.file_name, saft.read_back, is_carried_forward=True, is_by_journal=True),
}
"""The formats by the names that a person gives them."""


@dataclass(frozen=True)
class Export:
    """A file that was written, and what it holds."""

    path: Path
    first: date
    last: date
    currency_code: str
    accounts_count: int
    entries_count: int
    lines_count: int
    debit_amount: Decimal
    credit_amount: Decimal
    notes: tuple[str, ...]


def export_ledger(
    home: Home,
    owner: Company,
    form: str,
    to: Path,
    request: Request,
    first: date | None = None,
    last: date | None = None,
) -> Export:
    """Write the published ledger of a period, both days included, to a file or into a folder.

    Raises UsageError when there is nothing to write or nowhere to write it, ExportRefused when a rule is broken; then
    no file is left behind, and one that was there before stays as it was.
    """
    if form not in FORMATS:
        raise UsageError(f"there is no format {form!r}; there are {', '.join(FORMATS)}")
    if not home.published.exists():
        raise UsageError(f"nothing is published in {home.root}; run `countinghouse run` first")
    with open_published(home) as published:
        wanted = FORMATS[form]
        books = read_books(published, owner, first, last, is_carried_forward=wanted.is_carried_forward)
        path = _target(to, wanted, books, request)
        _write(path, form, wanted, books, request)
    return Export(
        path=path,
        first=books.first,
        last=books.last,
        currency_code=books.currency_code,
        accounts_count=len(books.accounts),
        entries_count=books.totals.entries_count,
        lines_count=books.totals.lines_count,
        debit_amount=books.totals.debit_amount,
        credit_amount=books.totals.credit_amount,
        notes=tuple(wanted.notes(books)),
    )


def _target(to: Path, wanted: Format, books: Books, request: Request) -> Path:
    """The file that `to` names: itself, or one in the folder that it is."""
    if to.is_dir():
        return to / wanted.file_name(books, request)
    if not to.parent.is_dir():
        raise UsageError(f"{to.parent}: there is no such folder")
    return to


def _write(path: Path, form: str, wanted: Format, books: Books, request: Request) -> None:
    """Write beside the place, prove what was written, then rename."""
    beside = path.with_name(f".{path.name}.writing")
    try:
        # As it is, on every system: what ends a line is the format's own affair.
        with beside.open("w", encoding="utf-8", newline="") as stream:
            written = Tally()
            entries = books.entries(is_by_journal=wanted.is_by_journal, is_matched=wanted.is_matched)
            wanted.write(books, written.watched(entries), stream, request)
            require_agreement(books, written, f"{form} export of the ledger")
        if wanted.read_back:
            read = Tally()
            wanted.read_back(beside, books, read)
            require_agreement(books, read, f"{form} export, read back")
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
