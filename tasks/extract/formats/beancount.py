"""Reading files of beancount, strictly: a line that is not known to be read right refuses the file."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from tasks.extract.formats.plaintext.amounts import NOTHING, Amount, decimals, plain
from tasks.extract.formats.plaintext.assertions import Assertion, Balances
from tasks.extract.formats.plaintext.balancing import Rules, balanced
from tasks.extract.formats.plaintext.batches import Row
from tasks.extract.formats.plaintext.beancount_tokens import Words, plain_text, read_day
from tasks.extract.formats.plaintext.blocks import Block, blocks, told
from tasks.extract.formats.plaintext.entries import Entry, Posting
from tasks.extract.formats.plaintext.lines import Line, Unknown, included, numbered_lines
from tasks.extract.formats.plaintext.rows import Numbering, as_json, journal_of
from tasks.extract.formats.text import TextFile
from tasks.source import FilesExtract

METADATA = re.compile(r"([a-z][A-Za-z0-9_-]*):(?:\s+(.*)|$)")
FLAGS = re.compile(r"[*!&#?%PSTCURM]")

TYPES = {
    "name_assets": "asset", "name_liabilities": "liability", "name_equity": "equity", "name_income": "revenue",
    "name_expenses": "expense",
}  # fmt: skip
"""The options that name the five accounts under which all others stand."""

ROOTS = {"Assets": "asset", "Liabilities": "liability", "Equity": "equity", "Income": "revenue", "Expenses": "expense"}

CHANGES_NOTHING = {
    "title", "operating_currency", "documents", "render_commas", "booking_method", "long_string_maxlines",
    "account_previous_balances", "account_previous_earnings", "account_previous_conversions",
    "account_current_earnings", "account_current_conversions", "account_rounding", "account_unrealized_gains",
    "conversion_currency", "insert_pythonpath",
}  # fmt: skip
"""Options that change no amount of what is read here."""

ADDS_NOTHING = {
    "auto", "auto_accounts", "check_commodity", "check_drained", "coherent_cost", "commodity_attr", "implicit_prices",
    "leafonly", "noduplicates", "nounused", "onecommodity", "pedantic", "sellgains", "unique_prices",
}  # fmt: skip
"""Plugins of beancount's own that check and make no entries."""

NO_ENTRY = {"commodity", "note", "document", "event", "query", "custom", "close"}
"""What a day may hold beside entries; it moves nothing, and is left out."""


def read_beancount(path: Path, extract: FilesExtract) -> TextFile:
    """Open a file of beancount, plain or compressed.

    Raises UnreadableFile when it is no text, holds what is not read, an entry that does not balance, or asserts a
    balance that is another.
    """
    return journal_of(_File().rows(blocks(numbered_lines(path, extract), is_comment=_is_comment)))


def _is_comment(line: Line) -> bool:
    return line.text[:1] in (";", "*", ":", "#")


def _tolerance(postings: list[Posting], commodity: str) -> Decimal:
    """Half of the last decimal of the amount with the fewest; whole numbers do not count."""
    places = [decimals(one.amount.quantity) for one in postings if one.amount and one.amount.commodity == commodity]
    return Decimal(5).scaleb(-min(filter(None, places)) - 1) if any(places) else NOTHING


RULES = Rules(_tolerance, infers_prices=False, rounds_inferred=True)


class _File:
    """A file of beancount as far as it has been read."""

    def __init__(self) -> None:
        self._roots = dict(ROOTS)
        self._tags: list[str] = []
        self._accounts: dict[str, dict[str, str]] = {}
        self._types: dict[str, str] = {}
        self._balances = Balances()
        self._numbering = Numbering()
        self._directives: dict[str, Callable[[Block, str, Words], Iterator[Row]]] = {
            "open": self._open,
            "balance": self._balance,
            "price": self._price,
        }

    def rows(self, every: Iterator[Block]) -> Iterator[Row]:
        """The rows of the file; at its end its assertions are checked."""
        yield from told(every, self._block)
        self._balances.require()

    def _block(self, block: Block) -> Iterator[Row]:
        said = Words(block.head.text) if not block.head.text.startswith("query") else Words("")
        if said.kind() == "day":
            yield from self._dated(block, read_day(said.take("day")), said)
            return
        word = said.take("word")
        match word:
            case "option":
                self._option(plain_text(said.take("text")), plain_text(said.take("text")))
            case "plugin":
                self._plugin(plain_text(said.take("text")))
            case "include":
                path = included(plain_text(said.take("text")))
                if self._tags:
                    raise Unknown("the tags that are pushed above an include hold in it")
                yield {"part": "include", "line": str(block.head.number), "path": path}
            case "pushtag":
                self._tags.append(said.take("tag"))
            case "poptag":
                tag = said.take("tag")
                if tag not in self._tags:
                    raise Unknown(f"{tag} is not pushed")
                self._tags.remove(tag)
            case _:
                raise Unknown(f"{word!r} is no directive that is read")

    def _option(self, name: str, value: str) -> None:
        if name in TYPES:
            self._roots = {root: kind for root, kind in self._roots.items() if kind != TYPES[name]}
            self._roots[value] = TYPES[name]
        elif name not in CHANGES_NOTHING:
            raise Unknown(f"the option {name!r} changes how amounts are read or checked")

    def _plugin(self, name: str) -> None:
        if name.removeprefix("beancount.plugins.") not in ADDS_NOTHING:
            raise Unknown(f"the plugin {name!r} may change or make entries; deliver what `bean-report print` writes")

    def _dated(self, block: Block, day: str, said: Words) -> Iterator[Row]:
        if said.kind() == "word" and not said.next_is("txn"):
            word = said.take("word")
            if word in self._directives:
                yield from self._directives[word](block, day, said)
            elif word == "pad":
                raise Unknown("`pad` makes an entry that stands nowhere; write the entry")
            elif word not in NO_ENTRY:
                raise Unknown(f"{word!r} is no directive that is read")
            return
        yield from self._entry(block, day, said)

    def _open(self, block: Block, day: str, said: Words) -> Iterator[Row]:
        account = said.take("account")
        self._accounts[account] = _metadata_below(block)
        yield {
            "part": "account",
            "line": str(block.head.number),
            "date": day,
            "account": account,
            "account_type": self._type(account),
            "account_tags": as_json(self._accounts[account]),
        }

    def _type(self, account: str) -> str:
        root = account.partition(":")[0]
        if root not in self._roots:
            raise Unknown(f"{account} stands under none of {', '.join(self._roots)}")
        return self._roots[root]

    def _balance(self, block: Block, day: str, said: Words) -> Iterator[Row]:
        account = said.take("account")
        number = said.number()
        # Without a tolerance of its own, one of the last decimal.
        tolerance = Decimal(1).scaleb(-decimals(number)) if decimals(number) else NOTHING
        if said.take_sign("~"):
            tolerance = abs(said.number())
        amount = Amount(number, said.take("currency"))
        said.end()
        asserted = Assertion(block.head.number, day, account, amount, tolerance, is_with_parts=True)
        self._balances.promise(asserted, at_the_beginning=True)
        yield from ()

    def _price(self, block: Block, day: str, said: Words) -> Iterator[Row]:
        commodity, price = said.take("currency"), said.amount()
        said.end()
        yield {
            "part": "price",
            "line": str(block.head.number),
            "date": day,
            "commodity": commodity,
            "price": plain(price.quantity),
            "price_commodity": price.commodity,
        }

    def _entry(self, block: Block, day: str, said: Words) -> Iterator[Row]:
        entry = Entry(block.head.number, day, links=list(self._tags))
        entry.status = _flag(said)
        texts = []
        while said.kind() == "text":
            texts.append(plain_text(said.take("text")))
        if entry.status is None or len(texts) > 2:
            raise Unknown("an entry is a day, a flag, and one or two texts")
        entry.payee, entry.description = [None, *texts][-2:] if texts else (None, None)
        _links(entry, said)
        for line in block.below():
            self._below(entry, line)
        entry.postings = balanced(entry.postings, RULES) if entry.postings else []
        for posting in entry.postings:
            assert posting.amount is not None
            self._types.setdefault(posting.account, self._type(posting.account))
            self._balances.move(day, posting.account, posting.amount)
        yield from self._numbering.rows(entry, self._types, self._accounts)

    def _below(self, entry: Entry, line: Line) -> None:
        text = line.text.strip()
        if text.startswith(";"):
            return
        if found := METADATA.match(text):
            held = entry.postings[-1] if entry.postings else entry
            held.tags.setdefault(found[1], _value(found[2] or ""))
            return
        said = Words(text)
        if said.kind() in ("tag", "link"):
            _links(entry, said)
            return
        status = None if said.kind() == "account" else _flag(said)
        posting = Posting(line.number, said.take("account"), status=status)
        if said.kind():
            posting.amount = said.amount()
            posting.cost, posting.price = said.cost(), said.price()
        said.end()
        entry.postings.append(posting)


def _flag(said: Words) -> str | None:
    """The flag of an entry or posting; `txn` says none."""
    if said.kind() == "word":
        return "*" if said.take("word") == "txn" else None
    if said.kind() in ("sign", "currency", "tag"):
        flag = said.take(str(said.kind()))
        return flag if FLAGS.fullmatch(flag) else None
    return None


def _links(entry: Entry, said: Words) -> None:
    """The tags and links of an entry, as they are written."""
    while said.kind() in ("tag", "link"):
        entry.links.append(said.take(str(said.kind())))
    said.end()


def _metadata_below(block: Block) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in block.below():
        text = line.text.strip()
        if match := METADATA.match(text):
            found.setdefault(match[1], _value(match[2] or ""))
        elif not text.startswith(";"):
            raise Unknown("a line below `open` that is no metadata")
    return found


def _value(text: str) -> str:
    """What a metadata says: a text without its quotes, anything else as it stands."""
    if text.startswith('"'):
        said = Words(text)
        value = plain_text(said.take("text"))
        said.end()
        return value
    return text.partition(";")[0].strip()
