"""The entries of what the firm owes its people: pay, what is kept back of it, and what they laid out."""

from collections.abc import Iterator

from tasks.simulate.books.accepted import Accepted, amount, day
from tasks.simulate.books.entry import (
    CLAIMS,
    CLAIMS_PAYABLE,
    INPUT_TAX,
    PAYROLL_TAX,
    SOCIAL_SECURITY,
    WAGES,
    WAGES_PAYABLE,
    Leg,
)

ACCOUNTS = {"travel": "6300", "lodging": "6300", "mileage": "6300", "meals": "6310", "supplies": "6400"}
"""Where a kind of expense belongs; any other stands with the claims."""


def payroll_legs(accepted: Accepted) -> Iterator[Leg]:
    """A payslip belongs to the last day that it is for."""
    columns = ("Bis", "Brutto", "Lohnsteuer", "Sozialversicherung AN", "Sozialversicherung AG", "Netto")
    for until, *amounts in accepted.rows("payroll", *columns):
        on = day(until)
        gross, tax, social, employer, net = map(amount, amounts)
        yield Leg(WAGES, on, "EUR", gross)
        yield Leg(SOCIAL_SECURITY, on, "EUR", employer)
        yield Leg(WAGES_PAYABLE, on, "EUR", -net)
        yield Leg(PAYROLL_TAX, on, "EUR", -(tax + social + employer))


def claim_legs(accepted: Accepted) -> Iterator[Leg]:
    """A claim belongs to the day on which it is made."""
    for kind, claimed, net, tax, gross in accepted.rows("expenses", "kind", "claimed", "net", "vat", "total"):
        on = day(claimed)
        yield Leg(ACCOUNTS.get(kind, CLAIMS), on, "EUR", amount(net))
        yield Leg(INPUT_TAX, on, "EUR", amount(tax))
        yield Leg(CLAIMS_PAYABLE, on, "EUR", -amount(gross))
