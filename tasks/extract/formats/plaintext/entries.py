"""An entry of a plain-text journal and its postings, as its program writes them."""

from dataclasses import dataclass, field
from decimal import Decimal

from tasks.extract.formats.plaintext.amounts import Amount, times

REAL, VIRTUAL, BALANCED_VIRTUAL = "real", "virtual", "balanced virtual"
"""What a posting is: part of the double entry, beside it, or part of a double entry beside it."""


@dataclass(slots=True)
class Price:
    """What the amount of a posting is worth in another commodity: of one unit, or of all of it."""

    amount: Amount
    is_total: bool

    def worth(self, of: Amount) -> Amount:
        """The worth of an amount; a total has the sign of what it is the price of."""
        if self.is_total:
            return Amount(self.amount.quantity.copy_sign(of.quantity) if of.quantity else Decimal(0), self.commodity)
        return Amount(times(of.quantity, self.amount.quantity), self.commodity)

    @property
    def commodity(self) -> str:
        """The commodity in which it is told."""
        return self.amount.commodity


@dataclass(slots=True)
class Posting:
    """A line of an entry."""

    line: int
    account: str
    kind: str = REAL
    amount: Amount | None = None
    """None: what is left of the entry."""
    cost: Price | None = None
    """What a lot was bought for."""
    price: Price | None = None
    """What it was exchanged for."""
    status: str | None = None
    comment: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    weight: Amount | None = None
    """Its worth by which the entry balances."""
    other: Amount | None = None
    """Its worth in the other commodity of an entry in two."""
    is_inferred: bool = False

    @property
    def is_converted(self) -> bool:
        """Whether it balances by its worth in another commodity."""
        return self.weight is not None and self.amount is not None and self.weight.commodity != self.amount.commodity


@dataclass(slots=True)
class Entry:
    """An entry, with what stands in its head."""

    line: int
    date: str
    second_date: str | None = None
    status: str | None = None
    code: str | None = None
    description: str | None = None
    payee: str | None = None
    note: str | None = None
    links: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    postings: list[Posting] = field(default_factory=list)
