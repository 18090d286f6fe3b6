"""The ledger as CSV: one row a line, opening balances first; no cell is a formula."""

import csv
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain
from typing import TextIO

from tasks.export.books import NOTHING, Books, Entry
from tasks.export.writing import Request, amount_text, cell

COLUMNS = (
    "entry_no", "entry_id", "line_no", "entry_date", "journal", "document_kind", "document_id", "party_id",
    "account_code", "account_name", "account_type", "description", "debit_amount", "credit_amount", "currency_code",
    "currency_amount", "tax_code", "reverses_entry_no", "recorded_date",
)  # fmt: skip


def write(books: Books, entries: Iterable[Entry], stream: TextIO, _: Request) -> None:
    """Write a header and the lines."""
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    opening = books.opening(books.first - timedelta(days=1))
    for entry in chain([opening] if opening else [], entries):
        writer.writerows(_rows(books, entry))


def _rows(books: Books, entry: Entry) -> Iterator[tuple[object, ...]]:
    for line in entry.lines:
        account = books.accounts[line.account_code]
        yield (
            entry.entry_no,
            cell(entry.entry_id),
            line.line_no,
            entry.entry_date,
            cell(entry.journal),
            cell(entry.document_kind),
            cell(line.document_id),
            cell(line.party_id),
            cell(line.account_code),
            cell(account.account_name),
            account.account_type,
            cell(line.description),
            amount_text(max(line.amount, NOTHING)),
            amount_text(max(-line.amount, NOTHING)),
            line.currency_code,
            "" if line.currency_amount is None else amount_text(line.currency_amount),
            cell(line.tax_code),
            "" if entry.reverses_entry_no is None else entry.reverses_entry_no,
            entry.recorded_date,
        )
