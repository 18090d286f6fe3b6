"""The ledger as a file of beancount, which checks every closing balance when it reads it."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain
from typing import TextIO

from tasks.export.account_names import beancount_name
from tasks.export.books import Books, Entry, Line
from tasks.export.writing import CONTROL, Request, amount_text, is_foreign, titled


def write(books: Books, entries: Iterable[Entry], stream: TextIO, _: Request) -> None:
    """Write the file: options, accounts, opening balances, entries, closing balances."""
    names = {code: beancount_name(account) for code, account in books.accounts.items()}
    stream.writelines(f"{line}\n" for line in _head(books, names))
    opening = books.opening(books.first - timedelta(days=1))
    for entry in chain([opening] if opening else [], entries):
        stream.writelines(f"{line}\n" for line in _entry(books, names, entry))
    for code, account in books.accounts.items():
        # At the beginning of the next day, and to the last decimal.
        closing = f"{amount_text(account.closing_balance)} ~ 0 {books.currency_code}"
        stream.write(f"{books.last + timedelta(days=1)} balance {names[code]}  {closing}\n")


def _head(books: Books, names: dict[str, str]) -> Iterator[str]:
    yield f"; The ledger from {books.first} to {books.last}, amounts in {books.currency_code}"
    yield f"; written by countinghouse from publication {books.publication_id}"
    yield f'option "title" {_string(books.company)}'
    yield f'option "operating_currency" "{books.currency_code}"'
    yield ""
    for code, account in books.accounts.items():
        yield f"{books.first - timedelta(days=1)} open {names[code]} {books.currency_code}"
        yield f"  name: {_string(account.account_name)}"
        yield f"  code: {_string(code)}"
        yield f"  type: {_string(account.account_type)}"
    yield ""


def _entry(books: Books, names: dict[str, str], entry: Entry) -> Iterator[str]:
    yield f"{entry.entry_date} * {_string(titled(entry))}"
    yield f"  entry: {entry.entry_no}"
    yield f"  entry-id: {_string(entry.entry_id)}"
    yield f"  journal: {_string(entry.journal)}"
    for line in entry.lines:
        yield f"  {names[line.account_code]}  {amount_text(line.amount)} {books.currency_code}"
        for name, value in _about(books, line):
            yield f"    {name}: {value}"
    yield ""


def _about(books: Books, line: Line) -> Iterator[tuple[str, str]]:
    if line.party_id:
        yield "party", _string(line.party_id)
    if line.document_id:
        yield "document", _string(line.document_id)
    if line.tax_code:
        yield "tax", _string(line.tax_code)
    if is_foreign(books, line):
        assert line.currency_amount is not None
        yield "foreign", f"{amount_text(line.currency_amount)} {line.currency_code}"


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r\n", "\\n").replace("\n", "\\n")
    return f'"{CONTROL.sub(" ", escaped)}"'
