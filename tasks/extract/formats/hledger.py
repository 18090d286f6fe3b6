"""Reading journals of hledger and ledger, strictly: a line that is not known to be read right refuses the file."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tasks.extract.formats.plaintext.accounts import AccountTypes, Names, kind_and_account
from tasks.extract.formats.plaintext.amounts import EXACT, Amount, plain, total
from tasks.extract.formats.plaintext.assertions import Assertion, Balances
from tasks.extract.formats.plaintext.batches import Row
from tasks.extract.formats.plaintext.blocks import Block, blocks, told
from tasks.extract.formats.plaintext.entries import Entry, Posting
from tasks.extract.formats.plaintext.hledger_amounts import Asserted, Style, Written, read_amount, read_written
from tasks.extract.formats.plaintext.hledger_balancing import balanced_by_kind
from tasks.extract.formats.plaintext.hledger_heads import POSTING_DAY, read_day, read_head, tags_of, without_comment
from tasks.extract.formats.plaintext.lines import Line, Unknown, included, numbered_lines
from tasks.extract.formats.plaintext.rows import Numbering, as_json, journal_of
from tasks.extract.formats.text import TextFile
from tasks.source import FilesExtract

POSTING = re.compile(r"\s+(?:([*!])\s*)?(.*?)(?:\s*$|(?:[ \t]{2,}|\t)\s*(.*))")

NOT_READ = {
    "=": "an automated entry (`= ...`) makes postings that stand nowhere; deliver what `hledger print --auto` writes",
    "~": "a periodic entry (`~ ...`) is a plan and no entry; keep it in a file of its own",
}
"""What a journal may hold that is no fact, by the character that begins it."""

SAYS_NOTHING = {"payee", "tag", "N", "end tag"}
"""Directives that change no entry."""


def read_hledger(path: Path, extract: FilesExtract) -> TextFile:
    """Open a journal, plain or compressed.

    Raises UnreadableFile when it is no text, holds what is not read, an entry that does not balance, or asserts a
    balance that is another.
    """
    return journal_of(_Journal().rows(blocks(numbered_lines(path, extract), is_comment=is_comment)))


def is_comment(line: Line) -> bool:
    """Whether a line that is not indented is a comment."""
    return line.text[:1] in (";", "#", "*", "%", "|")


class _Journal:
    """A journal as far as it has been read."""

    def __init__(self) -> None:
        self._year: int | None = None
        self._style = Style()
        self._names = Names()
        self._types = AccountTypes()
        self._balances = Balances()
        self._numbering = Numbering()
        self._asserted: dict[int, Asserted] = {}
        self._directives: dict[str, Callable[[Block, str], Iterator[Row]]] = {
            "account": self._account,
            "commodity": self._commodity,
            "D": self._default_commodity,
            "decimal-mark": self._decimal_mark,
            "P": self._price,
            "include": self._include,
            "!include": self._include,
            "Y": self._default_year,
            "year": self._default_year,
            "apply year": self._default_year,
            "alias": self._alias,
            "end aliases": self._end_aliases,
            "apply account": self._apply_account,
            "end apply account": self._end_apply_account,
        }

    def rows(self, every: Iterator[Block]) -> Iterator[Row]:
        """The rows of the journal; at its end its assertions are checked."""
        yield from told(every, self._block)
        self._balances.require()

    def _block(self, block: Block) -> Iterator[Row]:
        text = block.head.text
        if text[0].isdigit():
            yield from self._entry(block)
            return
        if text[0] in NOT_READ:
            raise Unknown(NOT_READ[text[0]])
        word = _directive(text, self._directives.keys() | SAYS_NOTHING)
        if word is None:
            raise Unknown(f"{text.split()[0][:40]!r} is no directive that is read")
        if word not in SAYS_NOTHING:
            yield from self._directives[word](block, text[len(word) :].strip())

    def _entry(self, block: Block) -> Iterator[Row]:
        entry = read_head(block.head, self._year)
        for line in block.below():
            text = line.text.strip()
            if text.startswith(";"):
                self._comment(entry, text[1:].strip())
            else:
                self._posting(entry, line)
        if not entry.postings:
            raise Unknown("an entry without a posting")
        entry.postings = balanced_by_kind(entry.postings)
        self._move(entry)
        yield from self._numbering.rows(entry, self._types.told(entry.postings), self._types.tags)

    def _comment(self, entry: Entry, comment: str) -> None:
        held = entry.postings[-1] if entry.postings else entry
        held.comment.append(comment)
        tags = tags_of(comment)
        if entry.postings:
            _refuse_own_day(comment, tags)
        for name, value in tags.items():
            held.tags.setdefault(name, value)

    def _posting(self, entry: Entry, line: Line) -> None:
        found = POSTING.fullmatch(line.text)
        if not found:
            raise Unknown("it is no posting")
        status, name, behind = found.groups()
        kind, account = kind_and_account(name)
        posting = Posting(line.number, self._names.told(account), kind, status=status)
        rest, comment = without_comment(behind or "")
        if rest.strip():
            self._amount(entry, posting, read_written(rest, self._style))
        entry.postings.append(posting)
        if comment is not None:
            self._comment(entry, comment)

    def _amount(self, entry: Entry, posting: Posting, written: Written) -> None:
        posting.amount, posting.cost, posting.price = written.amount, written.cost, written.price
        if not written.asserted:
            return
        self._asserted[posting.line] = written.asserted
        if posting.amount is None:
            posting.amount = self._assigned(entry, posting.account, written.asserted)

    def _assigned(self, entry: Entry, account: str, asserted: Asserted) -> Amount:
        """The amount that leads to a balance. What a later line adds to an earlier day breaks the assertion."""
        if asserted.is_with_parts:
            raise Unknown("a balance assignment to an account and those below it")
        commodity = asserted.amount.commodity
        above = [one.amount for one in entry.postings if one.account == account and one.amount]
        held = self._balances.held(account, commodity, entry.date)
        own = total(amount.quantity for amount in above if amount.commodity == commodity)
        return Amount(EXACT.subtract(asserted.amount.quantity, EXACT.add(held, own)), commodity)

    def _move(self, entry: Entry) -> None:
        """Add an entry to the balances, and remember what its lines assert."""
        for posting in entry.postings:
            assert posting.amount is not None
            self._balances.move(entry.date, posting.account, posting.amount)
            if asserted := self._asserted.pop(posting.line, None):
                self._balances.promise(
                    Assertion(
                        posting.line,
                        entry.date,
                        posting.account,
                        asserted.amount,
                        is_with_parts=asserted.is_with_parts,
                        is_only=asserted.is_only,
                    )
                )

    def _account(self, block: Block, text: str) -> Iterator[Row]:
        name, comment = _name_and_comment(text)
        comments = [comment] if comment else []
        for line in block.below():
            if not line.text.strip().startswith(";"):
                raise Unknown("a line below `account` that is no comment")
            comments.append(line.text.strip()[1:].strip())
        tags = {tag: value for one in reversed(comments) for tag, value in tags_of(one).items()}
        account = self._names.told(name)
        self._types.declare(account, tags)
        yield {
            "part": "account",
            "line": str(block.head.number),
            "account": account,
            "account_type": self._types.of(account),
            "account_tags": as_json(tags),
            "comment": "\n".join(comments),
        }

    def _commodity(self, block: Block, text: str) -> Iterator[Row]:
        sample = without_comment(text)[0].strip()
        if re.search(r"\d", re.sub('"[^"]*"', "", sample)):
            self._style.declare(sample)
        for line in block.below():
            word, _, rest = line.text.strip().partition(" ")
            if word == "format":
                self._style.declare(without_comment(rest)[0])
            elif not word.startswith(";") and word not in ("note", "nomarket", "default"):
                raise Unknown(f"{word!r} below `commodity` is not read")
            elif word == "default":
                self._style.default = sample.strip('"')
        yield from ()

    def _default_commodity(self, _: Block, text: str) -> Iterator[Row]:
        self._style.default = self._style.declare(without_comment(text)[0]).commodity
        yield from ()

    def _decimal_mark(self, _: Block, text: str) -> Iterator[Row]:
        mark = text.partition(";")[0].strip()
        if mark not in (".", ","):
            raise Unknown("`decimal-mark` is `.` or `,`")
        self._style.mark = mark
        yield from ()

    def _price(self, block: Block, text: str) -> Iterator[Row]:
        found = re.match(r'(\S+)\s+(?:\d{1,2}:\d{2}(?::\d{2})?\s+)?("[^"]*"|\S+)\s+(.+)', without_comment(text)[0])
        if not found:
            raise Unknown("`P` is a day, a commodity and a price")
        amount = read_amount(found[3], self._style)
        yield {
            "part": "price",
            "line": str(block.head.number),
            "date": read_day(found[1], self._year),
            "commodity": found[2].strip('"'),
            "price": plain(amount.quantity),
            "price_commodity": amount.commodity,
        }

    def _include(self, block: Block, text: str) -> Iterator[Row]:
        path = included(text.partition(";")[0].strip().strip('"'))
        if self._year or self._style.default or self._style.mark or self._names.is_changing:
            raise Unknown(
                "what stands above the include (year, default commodity, decimal mark, alias) holds in it too"
            )
        yield {"part": "include", "line": str(block.head.number), "path": path}

    def _default_year(self, _: Block, text: str) -> Iterator[Row]:
        year = text.partition(";")[0].strip()
        if not re.fullmatch(r"\d{4}", year):
            raise Unknown("a year has four digits")
        self._year = int(year)
        yield from ()

    def _alias(self, _: Block, text: str) -> Iterator[Row]:
        self._names.alias(text)
        yield from ()

    def _end_aliases(self, *_: object) -> Iterator[Row]:
        self._names.aliases.clear()
        yield from ()

    def _apply_account(self, _: Block, text: str) -> Iterator[Row]:
        self._names.apply(text)
        yield from ()

    def _end_apply_account(self, *_: object) -> Iterator[Row]:
        self._names.end_apply()
        yield from ()


def _directive(text: str, known: Iterable[str]) -> str | None:
    """The directive with which a line begins."""
    if re.match(r"Y\d", text):
        return "Y"
    words = (word for word in known if text == word or text.startswith((f"{word} ", f"{word}\t")))
    return max(words, key=len, default=None)


def _name_and_comment(text: str) -> tuple[str, str | None]:
    """The account of a directive, and the comment two blanks behind it."""
    name, _, rest = re.sub(r"\t", "  ", text).partition("  ")
    if rest.strip() and not rest.strip().startswith(";"):
        raise Unknown(f"{rest.strip()[:40]!r} behind an account is not read")
    return name, rest.strip()[1:].strip() or None


def _refuse_own_day(comment: str, tags: dict[str, str]) -> None:
    if POSTING_DAY.search(comment) or tags.keys() & {"date", "date2"}:
        raise Unknown("a posting with a day of its own; an entry has one day here")
