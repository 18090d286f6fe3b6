"""An amount that stands in one of two columns: paid in and paid out, debit and credit."""

from collections.abc import Sequence

from tasks.propose.expressions import Written, number, quoted
from tasks.propose.fitting import NUMBERS
from tasks.propose.naming import words_of
from tasks.propose.seen import Seen

SIDES = {
    "bank_transactions": (
        ("paid in", "money in", "deposit", "deposits", "credit", "credit amount", "gutschrift", "haben", "inn"),
        ("paid out", "money out", "withdrawal", "withdrawals", "debit", "debit amount", "belastung", "soll", "ut"),
    ),
    "journal_lines": (
        ("debit", "debit amount", "debits", "dr", "soll", "sollbetrag", "debet"),
        ("credit", "credit amount", "credits", "cr", "haben", "habenbetrag", "kredit"),
    ),
}  # fmt: skip
"""What the two columns are called: the one that is added, and the one that is taken off."""


def sides_of(record: str, columns: Sequence[Seen]) -> tuple[Seen, Seen] | None:
    """The two columns of an amount, where a file has both."""
    if record not in SIDES:
        return None
    found = [
        next((seen for seen in columns if " ".join(words_of(seen.name)) in names and _is_number(seen)), None)
        for names in SIDES[record]
    ]
    plus, minus = found
    return (plus, minus) if plus and minus else None


def _is_number(seen: Seen) -> bool:
    return not seen.values or seen.shape in NUMBERS


def amount_of(sides: tuple[Seen, Seen]) -> Written:
    """The amount: what is added less what is taken off."""
    plus, minus = (f"cast(coalesce({number(side, quoted(side.name))}, '0') as decimal(18, 4))" for side in sides)
    return Written(f"{plus} - {minus}", ("of two columns",))
