"""What a journal asserts of its balances, checked in the order of the days and not of the lines."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from tasks.extract.formats.plaintext.amounts import EXACT, NOTHING, Amount, plain, total
from tasks.extract.formats.plaintext.lines import refused


@dataclass(frozen=True, slots=True)
class Assertion:
    """A balance as a line of the journal gives it."""

    line: int
    date: str
    account: str
    amount: Amount
    tolerance: Decimal = NOTHING
    is_with_parts: bool = False
    """Whether the accounts below it count."""
    is_only: bool = False
    """Whether the account may hold nothing of any other commodity."""


class Balances:
    """What every account holds of every commodity, day by day."""

    def __init__(self) -> None:
        self._moved: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
        self._commodities: dict[str, set[str]] = defaultdict(set)
        self._below: dict[str, set[str]] = defaultdict(set)
        self._asserted: list[tuple[Assertion, dict[str, Decimal]]] = []

    def move(self, date: str, account: str, amount: Amount) -> None:
        """Add an amount to an account on a day."""
        if account not in self._commodities:
            for end in (at for at, character in enumerate(account) if character == ":"):
                self._below[account[:end]].add(account)
        self._commodities[account].add(amount.commodity)
        days = self._moved[account, amount.commodity]
        days[date] = total((days.get(date, NOTHING), amount.quantity))

    def held(self, account: str, commodity: str, until: str) -> Decimal:
        """What an account holds at the end of the day, as far as is known yet."""
        days = self._moved.get((account, commodity), {})
        return total(quantity for day, quantity in days.items() if day <= until)

    def promise(self, asserted: Assertion, *, at_the_beginning: bool = False) -> None:
        """Remember an assertion: after what stands above it on its day, or before anything of that day."""
        today = {} if at_the_beginning else {
            commodity: total(
                self._moved.get((account, commodity), {}).get(asserted.date, NOTHING)
                for account in self._accounts(asserted)
            )
            for commodity in self._held_commodities(asserted)
        }  # fmt: skip
        self._asserted.append((asserted, today))

    def require(self) -> None:
        """Refuse a journal that does not hold what it asserts."""
        before = {key: _Running(days) for key, days in self._moved.items()}
        for asserted, today in self._asserted:
            for commodity in sorted(self._held_commodities(asserted)):
                accounts = self._accounts(asserted)
                running = (before[account, commodity] for account in accounts if (account, commodity) in before)
                held = total((*(one.before(asserted.date) for one in running), today.get(commodity, NOTHING)))
                said = asserted.amount.quantity if commodity == asserted.amount.commodity else NOTHING
                if abs(held - said) > asserted.tolerance:
                    what = f"{plain(said)} {commodity}".rstrip()
                    raise refused(
                        asserted.line,
                        f"{asserted.account} is said to hold {what} on {asserted.date}, "
                        f"but its entries come to {plain(held)}",
                    )

    def _accounts(self, asserted: Assertion) -> set[str]:
        return {asserted.account} | (self._below.get(asserted.account, set()) if asserted.is_with_parts else set())

    def _held_commodities(self, asserted: Assertion) -> set[str]:
        """The commodities that an assertion is about."""
        own = {asserted.amount.commodity}
        if not asserted.is_only:
            return own
        return own.union(*(self._commodities.get(account, ()) for account in self._accounts(asserted)))


class _Running:
    """What an account held of a commodity before any day."""

    def __init__(self, days: Mapping[str, Decimal]) -> None:
        self._days = sorted(days)
        self._sums = list(accumulate((days[day] for day in self._days), EXACT.add, initial=NOTHING))

    def before(self, date: str) -> Decimal:
        return self._sums[bisect_left(self._days, date)]
