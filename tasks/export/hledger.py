"""The ledger as a journal of hledger, which checks every closing balance when it reads it."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain
from typing import TextIO

from tasks.export.account_names import hledger_name
from tasks.export.books import Books, Entry, Line
from tasks.export.writing import Request, amount_text, is_foreign, one_line, titled

TYPES = {"asset": "A", "liability": "L", "equity": "E", "income": "R", "expense": "X"}
"""What hledger calls a class of accounts; bank accounts are C, cash."""


def write(books: Books, entries: Iterable[Entry], stream: TextIO, _: Request) -> None:
    """Write the journal: accounts, opening balances, entries, closing balances."""
    names = {code: hledger_name(account) for code, account in books.accounts.items()}
    stream.writelines(f"{line}\n" for line in _head(books, names))
    opening = books.opening(books.first - timedelta(days=1))
    for entry in chain([opening] if opening else [], entries):
        stream.writelines(f"{line}\n" for line in _entry(books, names, entry))
    stream.writelines(f"{line}\n" for line in _closing(books, names))


def _head(books: Books, names: dict[str, str]) -> Iterator[str]:
    yield f"; {one_line(books.company)}: the ledger from {books.first} to {books.last} in {books.currency_code}"
    yield f"; written by countinghouse from publication {books.publication_id}"
    yield ""
    amounts = [one for account in books.accounts.values() for one in (account.opening_balance, account.closing_balance)]
    is_exact = not books.totals.has_parts_of_cents and all(one == round(one, 2) for one in amounts)
    yield f"commodity 1000.{'00' if is_exact else '0000'} {books.currency_code}"
    yield ""
    for code, account in books.accounts.items():
        kind = "C" if account.account_type == "bank" else TYPES[account.account_class]
        yield f"account {names[code]}  ; type: {kind}"
    yield ""


def _entry(books: Books, names: dict[str, str], entry: Entry) -> Iterator[str]:
    # The number in parentheses comes first, so that a text cannot be taken for one, or for a mark.
    yield f"{entry.entry_date} ({entry.entry_no}) {_text(titled(entry))}"
    yield f"    ; entry: {_tag(entry.entry_id)}, journal: {_tag(entry.journal)}"
    for line in entry.lines:
        tags = ", ".join(f"{name}: {_tag(value)}" for name, value in _tags(books, line))
        posting = f"    {names[line.account_code]}  {amount_text(line.amount)} {books.currency_code}"
        yield f"{posting}  ; {tags}" if tags else posting
    yield ""


def _tags(books: Books, line: Line) -> Iterator[tuple[str, str]]:
    if line.party_id:
        yield "party", line.party_id
    if line.document_id:
        yield "document", line.document_id
    if line.tax_code:
        yield "tax", line.tax_code
    if is_foreign(books, line):
        assert line.currency_amount is not None
        yield "foreign", f"{amount_text(line.currency_amount)} {line.currency_code}"


def _closing(books: Books, names: dict[str, str]) -> Iterator[str]:
    yield f"{books.last} closing balances, for hledger to check"
    for code, account in books.accounts.items():
        closing = f"{amount_text(account.closing_balance)} {books.currency_code}"
        yield f"    {names[code]}  0 {books.currency_code} = {closing}"
    yield ""


def _text(text: str) -> str:
    """A description: a semicolon would begin a comment, a bar divides payee and note."""
    return one_line(text).replace(";", ",").replace("|", "/")


def _tag(text: str) -> str:
    """A tag's value: a comma would end it."""
    return _text(text).replace(",", " ")
