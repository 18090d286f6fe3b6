"""The entries of what was sold and bought: the document in all, its lines by account, and what no line explains."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tasks.simulate.books.accepted import Accepted, amount, day
from tasks.simulate.books.entry import (
    GOODS_RECEIVED,
    INPUT_TAX,
    OUTPUT_TAX,
    PAYABLES,
    PURCHASES,
    RECEIVABLES,
    REVENUE,
    Leg,
)

Document = tuple[str, str]
"""Supplier and number; a sale is known by its number alone."""

Place = tuple[str, ...]
"""Account, tax code and department: what is rounded together when it is told in euros."""


class Line(NamedTuple):
    """A line of a document."""

    document: Document
    on: date
    currency: str
    place: Place
    net: Decimal
    tax: Decimal


class Head(NamedTuple):
    """A document as the open items have it."""

    direction: str
    number: Document
    party: str
    on: date
    currency: str
    net: Decimal
    tax: Decimal


def heads_of(accepted: Accepted) -> list[Head]:
    """Every invoice and credit note of the open items."""
    columns = ("Richtung", "Konto", "Beleg", "Belegdatum", "Währung", "Netto", "Steuer")
    return [
        Head(way, (party if way == "K" else "", number), party, day(on), currency, amount(net), amount(tax))
        for way, party, number, on, currency, net, tax in accepted.rows("accounting", *columns)
    ]


def trade_legs(accepted: Accepted, heads: list[Head]) -> Iterator[Leg]:
    """What customers owe is a debit, what is owed to suppliers a credit."""
    of = {way: {head.number: head for head in heads if head.direction == way} for way in ("D", "K")}
    for document in documents(of["D"], sales_lines(accepted), "D"):
        yield from legs_of(*document, 1, (RECEIVABLES, REVENUE, OUTPUT_TAX))
    for document in documents(of["K"], purchase_lines(accepted), "K"):
        yield from legs_of(*document, -1, (PAYABLES, PURCHASES, INPUT_TAX))


def documents(heads: dict[Document, Head], lines: Iterable[Line], way: str) -> Iterator[tuple[Head, list[Line]]]:
    """Each document with its lines; one that the open items do not hold is what its lines say."""
    by_document: defaultdict[Document, list[Line]] = defaultdict(list)
    for line in lines:
        by_document[line.document].append(line)
    for number, head in heads.items():
        yield head, [line for line in by_document.pop(number, []) if line.currency == head.currency]
    for number, own in by_document.items():
        net, tax = sum(line.net for line in own), sum(line.tax for line in own)
        yield Head(way, number, number[0], own[0].on, own[0].currency, Decimal(net), Decimal(tax)), own


def legs_of(head: Head, lines: list[Line], sign: int, accounts: tuple[str, str, str]) -> Iterator[Leg]:
    """The whole on the control account, each part where it belongs, and the rest of net and tax where it must be."""
    control, rest, tax_account = accounts
    nets: defaultdict[Place, Decimal] = defaultdict(Decimal)
    taxes: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        nets[line.place] += line.net
        taxes[line.place[1]] += line.tax
    yield Leg(control, head.on, head.currency, sign * (head.net + head.tax))
    for place, net in nets.items():
        yield Leg(place[0], head.on, head.currency, -sign * net)
    for tax in taxes.values():
        yield Leg(tax_account, head.on, head.currency, -sign * tax)
    yield Leg(rest, head.on, head.currency, -sign * (head.net - sum(nets.values())))
    yield Leg(tax_account, head.on, head.currency, -sign * (head.tax - sum(taxes.values())))


SOLD = (REVENUE, "UST", "")
"""All lines of a sale are sold in one country under one code."""


def sales_lines(accepted: Accepted) -> Iterator[Line]:
    """The lines of the three systems that sell."""
    columns = {
        "orders": ("Order No", "Date", "Currency", "Net", "VAT"),
        "shop": ("order", "day", "currency", "net", "vat"),
        "uk": ("Document", "Tax Date", "Ccy", "Net Value", "VAT"),
    }
    for folder, names in columns.items():
        for number, on, currency, net, tax in accepted.rows(folder, *names):
            yield Line(("", number), day(on), currency, SOLD, amount(net), amount(tax or "0"))


def purchase_lines(accepted: Accepted) -> Iterator[Line]:
    """The lines of suppliers' bills; goods for stock have an item and no account."""
    columns = ("vendor", "bill", "dated", "ccy", "ledger", "item", "vat_code", "cost_centre", "net", "vat")
    for vendor, bill, on, currency, ledger, item, code, centre, net, tax in accepted.rows("purchases", *columns):
        account = ledger or (GOODS_RECEIVED if item else PURCHASES)
        place = (account, code, centre)
        yield Line((vendor, bill), day(on), currency, place, amount(net), amount(tax or "0"))
