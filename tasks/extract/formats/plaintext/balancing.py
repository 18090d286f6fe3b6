"""Balancing an entry: what each posting is worth, what an amount left out must be, and that nothing is left over."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from tasks.extract.formats.plaintext.amounts import EXACT, NOTHING, Amount, plain, rounded, share, total
from tasks.extract.formats.plaintext.entries import Posting
from tasks.extract.formats.plaintext.lines import Unknown

Tolerance = Callable[[list[Posting], str], Decimal]
"""How much of a commodity may be left over, as a program's own rule says."""


class Rules(NamedTuple):
    """How a program balances an entry."""

    tolerance: Tolerance
    infers_prices: bool
    """Whether of two commodities without a price one is worth the other."""
    rounds_inferred: bool
    """Whether an amount that is left out has no more decimals than the others."""


MOST_DECIMALS = 4
"""What the books hold; a worth that was rounded by nobody is rounded to it."""


def balanced(postings: list[Posting], rules: Rules) -> list[Posting]:
    """The postings of an entry with their worth, which sums to nothing in every commodity.

    Raises Unknown when it does not, beyond the tolerance, or when more than one amount is left out.
    """
    told = [posting for posting in postings if posting.amount is not None]
    for posting in told:
        posting.weight = _worth(posting)
    elided = [posting for posting in postings if posting.amount is None]
    if len(elided) > 1:
        raise Unknown("the entry leaves out more than one amount")
    if elided:
        inferred = _inferred(elided[0], told, rules)
        at = postings.index(elided[0])
        postings = [*postings[:at], *inferred, *postings[at + 1 :]]
    elif rules.infers_prices:
        _infer_prices(postings)
    _settle(postings, rules.tolerance)
    _tell_in_the_other(postings)
    return postings


def _worth(posting: Posting) -> Amount:
    assert posting.amount is not None
    price = posting.cost or posting.price
    if not price:
        return posting.amount
    worth = price.worth(posting.amount)
    # A product has the decimals of both factors; those that say nothing are left out.
    return Amount(Decimal(plain(worth.quantity.normalize(EXACT))), worth.commodity)


def _left_over(postings: list[Posting]) -> dict[str, Decimal]:
    sums: dict[str, list[Decimal]] = defaultdict(list)
    for posting in postings:
        assert posting.weight is not None
        sums[posting.weight.commodity].append(posting.weight.quantity)
    added = {commodity: total(quantities) for commodity, quantities in sums.items()}
    return {commodity: left for commodity, left in added.items() if left}


def _inferred(posting: Posting, told: list[Posting], rules: Rules) -> list[Posting]:
    """The posting once for each commodity of which something is left; with nothing of the first where nothing is."""
    left = _left_over(told) or {posting.weight.commodity: NOTHING for posting in told[:1] if posting.weight}
    if not left:
        raise Unknown("the entry has no amount at all")
    found = []
    for commodity, quantity in left.items():
        precision = rules.tolerance(told, commodity) if rules.rounds_inferred else NOTHING
        amount = Amount(_as_precise(-quantity, precision), commodity)
        found.append(replace(posting, amount=amount, weight=amount, is_inferred=True))
    return found


def _as_precise(quantity: Decimal, precision: Decimal) -> Decimal:
    """An inferred amount with the decimals of the others; where nothing says how many, exact."""
    return rounded(quantity, -(precision * 2).adjusted()) if precision else quantity


def _infer_prices(postings: list[Posting]) -> None:
    """Of two commodities without a price the first is worth what there is of the second."""
    left = _left_over(postings)
    if len(left) != 2 or any(posting.cost or posting.price for posting in postings):
        return
    (first, of_first), (second, of_second) = left.items()
    if (of_first > 0) == (of_second > 0):
        return
    exchanged = [posting for posting in postings if posting.amount and posting.amount.commodity == first]
    places = max(written_places(postings, second), 2)
    rest = -of_second
    for posting in exchanged:
        assert posting.amount is not None
        worth = share(-of_second, posting.amount.quantity, of_first, places) if posting is not exchanged[-1] else rest
        posting.weight = Amount(worth, second)
        rest -= worth


def written_places(postings: list[Posting], commodity: str) -> int:
    """The most decimals with which an amount of the commodity is written, not counting prices."""
    return max((one.amount.decimals for one in postings if one.amount and one.amount.commodity == commodity), default=0)


def _settle(postings: list[Posting], tolerance: Tolerance) -> None:
    """Round what is worth parts of a cent, so that nothing is left over; more than rounding is refused."""
    for commodity, left in _left_over(postings).items():
        converted = [one for one in postings if one.is_converted and one.weight and one.weight.commodity == commodity]
        if abs(left) > tolerance(postings, commodity) or not converted:
            name = commodity or "no commodity"
            raise Unknown(f"the entry does not balance: {plain(left.normalize())} of {name} is left over")
        places = min(written_places(postings, commodity), MOST_DECIMALS)
        for posting in converted:
            assert posting.weight is not None
            posting.weight = Amount(rounded(posting.weight.quantity, places), commodity)
        rest = _left_over(postings).get(commodity, NOTHING)
        last = converted[-1].weight
        assert last is not None
        converted[-1].weight = Amount(last.quantity - rest, commodity)


def _tell_in_the_other(postings: list[Posting]) -> None:
    """Of an entry in two commodities, one exchanged for the other, also the worth in the one that was exchanged."""
    converted = [posting for posting in postings if posting.is_converted]
    pairs = {(one.amount.commodity, one.weight.commodity) for one in converted if one.amount and one.weight}
    if len(pairs) != 1:
        return
    exchanged, paid = pairs.pop()
    others = [posting for posting in postings if not posting.is_converted]
    amounts = [one.amount for one in converted if one.amount]
    of_exchanged = total(amount.quantity for amount in amounts)
    of_paid = total(one.weight.quantity for one in converted if one.weight)
    if any(one.amount is None or one.amount.commodity != paid for one in others) or not of_paid or not of_exchanged:
        return
    places = written_places(converted, exchanged)
    for posting, amount in zip(converted, amounts, strict=True):
        posting.other = amount
    rest = -of_exchanged
    for posting in others:
        assert posting.amount is not None
        worth = share(of_exchanged, posting.amount.quantity, of_paid, places) if posting is not others[-1] else rest
        posting.other = Amount(worth, exchanged)
        rest -= worth
