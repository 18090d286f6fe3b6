"""The entries of what was paid: by customers and to suppliers, and by the bank's own lines."""

from collections.abc import Iterator

from tasks.simulate.books.accepted import Accepted, amount, day
from tasks.simulate.books.entry import BANK, BANK_FEES, INTEREST, PAYABLES, RECEIVABLES, Leg
from tasks.simulate.books.trade import Head

OTHER_SIDE = {
    "LOHN/GEHALT": "2300", "LOHNSTEUER": "2310", "SPESEN": "2320", "UMSATZSTEUER": "2200", "ERTRAGSTEUER": "2400",
    "DARLEHEN": "2700", "EIGENUEBERTRAG": "1390", "ENTGELT": BANK_FEES, "ZINSEN": INTEREST,
    "VAT": "2200", "TFR": "1390", "CHG": BANK_FEES,
}  # fmt: skip
"""The kinds of lines that are documents by themselves; all others show what the payments desk wrote down."""


def payment_legs(accepted: Accepted, heads: list[Head]) -> Iterator[Leg]:
    """Money in is a debit of the bank; the other side is the control account of the document or of the party."""
    known = {(head.number[1], head.currency): head.direction for head in heads}
    customers = {customer for (customer,) in accepted.rows("crm", "Kundennummer")}
    suppliers = {supplier for (supplier,) in accepted.rows("suppliers", "vendor")}
    columns = ("dc", "amount", "value_date", "ccy", "party", "settles")
    for side, size, value_date, currency, party, document in accepted.rows("bank", *columns):
        money, on = amount(size) * (1 if side == "CR" else -1), day(value_date)
        way = known.get((document, currency))
        if way is None:
            is_suppliers = party in suppliers if money > 0 else party not in customers
            way = "K" if is_suppliers else "D"
        yield Leg(BANK, on, currency, money)
        yield Leg(PAYABLES if way == "K" else RECEIVABLES, on, currency, -money)


def bank_legs(accepted: Accepted) -> Iterator[Leg]:
    """Fees, interest, pay, taxes and transfers of one's own."""
    for kind, on, size in accepted.rows("bank_euro", "Buchungstext", "Buchungstag", "Betrag"):
        if other := OTHER_SIDE.get(kind):
            yield Leg(BANK, day(on), "EUR", amount(size))
            yield Leg(other, day(on), "EUR", -amount(size))
    for kind, on, paid_in, paid_out in accepted.rows("bank_pound", "Type", "Date", "Paid in", "Paid out"):
        if other := OTHER_SIDE.get(kind):
            money = amount(paid_in or "-" + paid_out)
            yield Leg(BANK, day(on), "GBP", money)
            yield Leg(other, day(on), "GBP", -money)
