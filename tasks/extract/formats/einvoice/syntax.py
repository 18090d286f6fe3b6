"""UBL and CII: where an invoice of each keeps its lines, taxes, allowances and charges, and what no path can say."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from xml.etree.ElementTree import Element

from schemas.en16931.document import number
from tasks.extract.formats.einvoice.terms import SELLER, TOTAL, S, Term

Groups = Callable[[Element], Iterator[Element]]
Said = dict[str, str | None]

DETAIL = "DETAIL"
"""How Factur-X calls a line under another line that the totals count nevertheless."""


@dataclass(frozen=True)
class Syntax:
    """One way of writing an invoice."""

    name: str
    path: Callable[[Term], str]
    lines: Groups
    """All lines, also those under a line."""
    is_counted: Callable[[Element, Element], bool]
    """Whether the totals of an invoice count a line, which those under a line only explain."""
    taxes: Groups
    allowances_and_charges: Groups
    line_allowances_and_charges: Groups
    more: Callable[[Element], Said]
    """The terms of the invoice that no single path leads to."""
    period: str
    line_period: str


def _amount_in(amounts: list[Element], currency: str | None) -> str | None:
    return next((one.text for one in amounts if one.get("currencyID") == currency), None)


def _tax_totals(invoice: Element, path: str, currency: str, vat_currency: str) -> Said:
    """BT-110 and BT-111, which only their currencies tell apart."""
    amounts = invoice.findall(path)
    own, other = invoice.findtext(currency), invoice.findtext(vat_currency)
    total = _amount_in(amounts, own)
    if total is None and len(amounts) == 1 and not other:
        total = amounts[0].text
    return {
        "total_vat_amount": total,
        "total_vat_accounting_amount": _amount_in(amounts, other) if other and other != own else None,
    }


def _ubl_more(invoice: Element) -> Said:
    ids = [one for one in invoice.findall(f"{SELLER}/PartyIdentification/ID") if one.text]
    creditors = [*ids, *invoice.findall("PayeeParty/PartyIdentification/ID")]
    others = [one.text for one in invoice.findall("PrepaidPayment/PaidAmount") if one.text]
    return _tax_totals(invoice, "TaxTotal/TaxAmount", "DocumentCurrencyCode", "TaxCurrencyCode") | {
        "seller_id": next((one.text for one in ids if one.get("schemeID") != "SEPA"), None),
        "creditor_reference": next((one.text for one in creditors if one.get("schemeID") == "SEPA"), None),
        "third_party_payment_amount": _sum(others),
    }


def _sum(texts: list[str]) -> str | None:
    """What the texts come to; one that is no number stands for all, to be refused as none."""
    if not texts:
        return None
    wrong = next((text for text in texts if number(text) is None), None)
    return wrong or f"{sum((number(text) or Decimal(0) for text in texts), Decimal(0)):f}"


def _cii_more(invoice: Element) -> Said:
    return _tax_totals(invoice, f"{TOTAL}/TaxTotalAmount", f"{S}/InvoiceCurrencyCode", f"{S}/TaxCurrencyCode")


def _ubl_lines(invoice: Element) -> Iterator[Element]:
    for line in (*invoice.findall("InvoiceLine"), *invoice.findall("CreditNoteLine")):
        yield line
        yield from line.iter("SubInvoiceLine")
        yield from line.iter("SubCreditNoteLine")


def _ubl_taxes(invoice: Element) -> Iterator[Element]:
    """The breakdown of the tax in the currency of the invoice; the one in another is a total alone."""
    other = invoice.findtext("TaxCurrencyCode")
    for total in invoice.findall("TaxTotal"):
        amount = total.find("TaxAmount")
        currency = None if amount is None else amount.get("currencyID")
        if not other or currency != other or currency == invoice.findtext("DocumentCurrencyCode"):
            yield from total.findall("TaxSubtotal")


def _cii_charges(invoice: Element) -> Iterator[Element]:
    yield from invoice.findall(f"{S}/SpecifiedTradeAllowanceCharge")
    yield from invoice.findall(f"{S}/SpecifiedLogisticsServiceCharge")


def _cii_is_counted(_invoice: Element, line: Element) -> bool:
    status = line.findtext("AssociatedDocumentLineDocument/LineStatusReasonCode")
    if status:
        return status == DETAIL
    return not line.findtext("AssociatedDocumentLineDocument/ParentLineID")


UBL = Syntax(
    name="UBL",
    path=lambda term: term.ubl,
    lines=_ubl_lines,
    is_counted=lambda _, line: line.tag in {"InvoiceLine", "CreditNoteLine"},
    taxes=_ubl_taxes,
    allowances_and_charges=lambda invoice: iter(invoice.findall("AllowanceCharge")),
    line_allowances_and_charges=lambda line: iter(line.findall("AllowanceCharge")),
    more=_ubl_more,
    period="InvoicePeriod",
    line_period="InvoicePeriod",
)

CII = Syntax(
    name="CII",
    path=lambda term: term.cii,
    lines=lambda invoice: iter(invoice.findall("SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem")),
    is_counted=_cii_is_counted,
    taxes=lambda invoice: iter(invoice.findall(f"{S}/ApplicableTradeTax")),
    allowances_and_charges=_cii_charges,
    line_allowances_and_charges=lambda line: iter(
        line.findall("SpecifiedLineTradeSettlement/SpecifiedTradeAllowanceCharge")
    ),
    more=_cii_more,
    period=f"{S}/BillingSpecifiedPeriod",
    line_period="SpecifiedLineTradeSettlement/BillingSpecifiedPeriod",
)

SYNTAXES = {
    ("urn:oasis:names:specification:ubl:schema:xsd:Invoice-2", "Invoice"): UBL,
    ("urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2", "CreditNote"): UBL,
    ("urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100", "CrossIndustryInvoice"): CII,
}
"""What a document begins with, and how it is written then."""
