"""The rows of a plain-text journal: one an account, a posting, a price or an include, in the order of the file."""

import json
from collections.abc import Iterator, Mapping

from tasks.extract.formats.plaintext.amounts import Amount, plain
from tasks.extract.formats.plaintext.batches import Row, file_of
from tasks.extract.formats.plaintext.entries import Entry, Posting
from tasks.extract.formats.text import TextFile

COLUMNS = (
    "part", "line", "entry_no", "day_no", "posting_no", "date", "second_date", "status", "code", "description", "payee",
    "note", "links", "entry_comment", "entry_tags", "account", "account_type", "account_tags", "posting", "quantity",
    "commodity", "price", "price_commodity", "price_of", "amount", "amount_commodity", "other_amount",
    "other_commodity", "is_inferred", "posting_status", "comment", "tags", "path",
)  # fmt: skip
"""The columns; what a row's part does not have is null."""


def journal_of(rows: Iterator[Row]) -> TextFile:
    """The rows of a journal as an opened file."""
    return file_of(COLUMNS, rows)


def as_json(tags: dict[str, str]) -> str | None:
    """Tags as one JSON object; none where there is no tag."""
    return json.dumps(tags, ensure_ascii=False) if tags else None


class Numbering:
    """Counts the entries: of the file, and of each day, which a later entry of another day does not change."""

    def __init__(self) -> None:
        self._entries = 0
        self._days: dict[str, int] = {}

    def rows(self, entry: Entry, types: Mapping[str, str], tags: Mapping[str, dict[str, str]]) -> Iterator[Row]:
        """One row a posting, each with what the head of its entry says."""
        self._entries += 1
        self._days[entry.date] = self._days.get(entry.date, 0) + 1
        head: Row = {
            "part": "posting",
            "entry_no": str(self._entries),
            "day_no": str(self._days[entry.date]),
            "date": entry.date,
            "second_date": entry.second_date,
            "status": entry.status,
            "code": entry.code,
            "description": entry.description,
            "payee": entry.payee,
            "note": entry.note,
            "links": " ".join(entry.links),
            "entry_comment": "\n".join(entry.comment),
            "entry_tags": as_json(entry.tags),
        }
        for number, posting in enumerate(entry.postings, start=1):
            yield (
                head
                | _posting(posting)
                | {
                    "posting_no": str(number),
                    "account_type": types.get(posting.account),
                    "account_tags": as_json(tags.get(posting.account, {})),
                }
            )


def _posting(posting: Posting) -> Row:
    assert posting.amount is not None
    assert posting.weight is not None
    said = posting.price or posting.cost
    return {
        "line": str(posting.line),
        "account": posting.account,
        "posting": posting.kind,
        "is_inferred": "true" if posting.is_inferred else "false",
        "posting_status": posting.status,
        "comment": "\n".join(posting.comment),
        "tags": as_json(posting.tags),
        "price_of": ("all" if said.is_total else "one") if said else None,
        **_amount("quantity", "commodity", posting.amount),
        **_amount("price", "price_commodity", said.amount if said else None),
        **_amount("amount", "amount_commodity", posting.weight),
        **_amount("other_amount", "other_commodity", posting.other),
    }


def _amount(number: str, commodity: str, amount: Amount | None) -> Row:
    return {number: plain(amount.quantity), commodity: amount.commodity} if amount else {}
