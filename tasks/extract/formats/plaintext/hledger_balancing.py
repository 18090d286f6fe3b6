"""How hledger and ledger balance an entry: the double entry, and the virtual one beside it, each by itself."""

from copy import copy
from decimal import Decimal

from tasks.extract.formats.plaintext.amounts import NOTHING
from tasks.extract.formats.plaintext.balancing import Rules, balanced, written_places
from tasks.extract.formats.plaintext.entries import BALANCED_VIRTUAL, REAL, VIRTUAL, Posting
from tasks.extract.formats.plaintext.lines import Unknown


def _tolerance(postings: list[Posting], commodity: str) -> Decimal:
    """Half of the last decimal with which the entry writes the commodity; nothing where it does not write it."""
    if not any(one.amount and one.amount.commodity == commodity for one in postings):
        return NOTHING
    return Decimal(5).scaleb(-written_places(postings, commodity) - 1)


RULES = Rules(_tolerance, infers_prices=True, rounds_inferred=False)


def balanced_by_kind(postings: list[Posting]) -> list[Posting]:
    """The postings of an entry with their worth, in their order."""
    order = {posting.line: number for number, posting in enumerate(postings)}
    found: list[Posting] = []
    for kind in (REAL, BALANCED_VIRTUAL):
        if group := [posting for posting in postings if posting.kind == kind]:
            found += _balanced(group)
    for posting in postings:
        if posting.kind == VIRTUAL:
            if posting.amount is None:
                raise Unknown("a virtual posting without an amount")
            price = posting.cost or posting.price
            posting.weight = price.worth(posting.amount) if price else posting.amount
            found.append(posting)
    return sorted(found, key=lambda posting: order[posting.line])


def _balanced(postings: list[Posting]) -> list[Posting]:
    """Where a lot that was bought for one price goes for another, ledger reckons with the first, hledger the second."""
    if not any(posting.cost and posting.price for posting in postings):
        return balanced(postings, RULES)
    if any(posting.amount is None for posting in postings):
        raise Unknown(
            "a lot with two prices in an entry that leaves out an amount; ledger and hledger read it otherwise"
        )
    try:
        return balanced([copy(posting) for posting in postings], RULES)
    except Unknown:
        at_price = [copy(posting) for posting in postings]
        for posting in at_price:
            posting.cost = None if posting.price else posting.cost
        return balanced(at_price, RULES)
