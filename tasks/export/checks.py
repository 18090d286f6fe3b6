"""What must be true of exported books beyond the form of their file; each rule gives a sentence for each breach."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from tasks.errors import ExportRefused
from tasks.export.books import NOTHING, Books, Entry

SHOWN = 5
"""How many breaches of a rule are told; who mends the first finds the others."""


@dataclass
class Tally:
    """What went by while entries were written, or read back from what was written."""

    entries_count: int = 0
    lines_count: int = 0
    debit_amount: Decimal = NOTHING
    credit_amount: Decimal = NOTHING
    movements: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    unbalanced: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    """What is wrong with the lines that are said to settle each other."""
    openings: dict[str, Decimal] | None = None
    """Opening balances as they were read back; none where they are not told."""
    closings: dict[str, Decimal] | None = None

    def add(self, number: str, lines: Iterable[tuple[str, Decimal]]) -> None:
        """An entry by its number, each line with its account and amount."""
        rest = NOTHING
        for account_code, amount in lines:
            self.lines_count += 1
            self.movements[account_code] += amount
            rest += amount
            if amount > 0:
                self.debit_amount += amount
            else:
                self.credit_amount -= amount
        self.entries_count += 1
        if rest:
            side = "debit" if rest > 0 else "credit"
            self.unbalanced.append(f"entry {number} does not balance: {abs(rest)} more {side} than the other side")

    def watched(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The same entries, each counted as it goes by."""
        for entry in entries:
            if [line.line_no for line in entry.lines] != list(range(1, len(entry.lines) + 1)):
                numbers = ", ".join(str(line.line_no) for line in entry.lines)
                self.gaps.append(f"entry {entry.entry_no} ({entry.entry_id}) has the lines {numbers}")
            self.add(f"{entry.entry_no} ({entry.entry_id})", ((one.account_code, one.amount) for one in entry.lines))
            yield entry


def entries_balance(_: Books, tally: Tally) -> Iterator[str]:
    """Debits equal credits in every entry."""
    yield from tally.unbalanced


def sequences_have_no_gap(_: Books, tally: Tally) -> Iterator[str]:
    """Entries, and the lines of an entry, are numbered without a gap."""
    yield from tally.gaps


def matched_lines_settle_each_other(_: Books, tally: Tally) -> Iterator[str]:
    """Lines that are said to settle each other come to nothing, on one account, by the day of the last of them."""
    yield from tally.unmatched


def control_totals_agree(books: Books, tally: Tally) -> Iterator[str]:
    """As many entries and lines as the ledger counts, and the sums that it adds up."""
    for name in ("entries_count", "lines_count", "debit_amount", "credit_amount"):
        wanted, found = getattr(books.totals, name), getattr(tally, name)
        if wanted != found:
            yield f"{name.replace('_', ' ')}: the ledger has {wanted}, the export {found}"


def accounts_roll_forward(books: Books, tally: Tally) -> Iterator[str]:
    """Opening balance plus movement is the closing balance of every account."""
    for code in sorted(books.accounts.keys() | tally.movements.keys()):
        account = books.accounts.get(code)
        moved = tally.movements.get(code, NOTHING)
        if account is None:
            yield f"account {code} is moved by {moved} and is none of the accounts"
        elif account.opening_balance + moved != account.closing_balance:
            yield (
                f"account {code} opens at {account.opening_balance}, is moved by {moved} "
                f"and should close at {account.closing_balance}"
            )


def opening_and_closing_balance(books: Books, _: Tally) -> Iterator[str]:
    """All accounts together hold nothing, before and after."""
    for name in ("opening_balance", "closing_balance"):
        rest = sum((getattr(account, name) for account in books.accounts.values()), NOTHING)
        if rest:
            yield f"the {name.replace('_', ' ')}s of all accounts come to {rest}, not to nothing"


def balances_are_written(books: Books, tally: Tally) -> Iterator[str]:
    """Opening and closing balances stand in the file as they are."""
    for name, found in (("opening_balance", tally.openings), ("closing_balance", tally.closings)):
        if found is None:
            continue
        for code in sorted(books.accounts.keys() | found.keys()):
            wanted = getattr(books.accounts[code], name) if code in books.accounts else NOTHING
            if found.get(code, NOTHING) != wanted:
                yield f"account {code}: the {name.replace('_', ' ')} is {wanted}, in the file {found.get(code)}"


def trial_balance_agrees(books: Books, _: Tally) -> Iterator[str]:
    """Every account closes as the published trial balance says."""
    if books.published_closing is None:
        return
    for code in sorted(books.accounts.keys() | books.published_closing.keys()):
        account = books.accounts.get(code)
        closing = account.closing_balance if account else NOTHING
        published = books.published_closing.get(code, NOTHING)
        if closing != published:
            yield f"account {code} closes at {closing}, in the published trial balance at {published}"


CHECKS = (
    entries_balance,
    sequences_have_no_gap,
    matched_lines_settle_each_other,
    control_totals_agree,
    accounts_roll_forward,
    opening_and_closing_balance,
    balances_are_written,
    trial_balance_agrees,
)


def require_agreement(books: Books, tally: Tally, what: str) -> None:
    """Refuse an export that breaks a rule.

    Raises ExportRefused with the first breaches of every rule that is broken.
    """
    breaches = [sentence for check in CHECKS for sentence in list(check(books, tally))[:SHOWN]]
    if breaches:
        raise ExportRefused(f"{what}: {'; '.join(breaches)}; nothing was written")
