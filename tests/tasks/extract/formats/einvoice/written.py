"""Invoices written as UBL, as CII and into a PDF, by a writer of the tests' own."""

from io import BytesIO
from xml.sax.saxutils import escape

from pypdf import PdfWriter

from schemas.en16931 import Invoice

UBL_NAMES = (
    'xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" '
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)
CII_NAMES = (
    'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" '
    'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" '
    'xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"'
)
PRINTED = "<?xml version='1.0' encoding='UTF-8'?>\n"


class Writer:
    """Writes elements of one vocabulary; what an invoice does not say is no element."""

    def __init__(self, simple: str, grouping: str) -> None:
        self._simple, self._grouping = simple, grouping

    def one(self, name: str, text: str | None, **attributes: str) -> str:
        if text is None:
            return ""
        said = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
        return f"  <{self._simple}:{name}{said}>{escape(text)}</{self._simple}:{name}>\n"

    def group(self, name: str, *parts: str) -> str:
        inner = "".join(parts)
        return f" <{self._grouping}:{name}>\n{inner} </{self._grouping}:{name}>\n" if inner else ""


def as_ubl(invoice: Invoice, *, credit_note: bool = False) -> str:
    """The invoice as UBL, as an Invoice or a CreditNote."""
    w, h = Writer("cbc", "cac"), invoice.header
    root, line_name, quantity = (
        ("CreditNote", "CreditNoteLine", "CreditedQuantity")
        if credit_note
        else ("Invoice", "InvoiceLine", "InvoicedQuantity")
    )
    currency = h["currency_code"]

    def money(name, terms, column):
        return w.one(name, terms.get(column), currencyID=currency)

    def scheme(name, terms, exemption=""):
        rate = w.one("Percent", terms.get("tax_rate_pct"))
        vat = w.group("TaxScheme", w.one("ID", "VAT"))
        return w.group(name, w.one("ID", terms.get("tax_category_code")), rate, exemption, vat)

    def extra(terms, *, has_tax):
        return w.group(
            "AllowanceCharge",
            w.one("ChargeIndicator", terms.get("is_charge")),
            w.one("AllowanceChargeReasonCode", terms.get("reason_code")),
            w.one("AllowanceChargeReason", terms.get("reason")),
            w.one("MultiplierFactorNumeric", terms.get("allowance_charge_pct")),
            money("Amount", terms, "allowance_charge_amount"),
            money("BaseAmount", terms, "allowance_charge_base_amount"),
            scheme("TaxCategory", terms) if has_tax else "",
        )

    def tax_number(text, of):
        return (
            w.group("PartyTaxScheme", w.one("CompanyID", text), w.group("TaxScheme", w.one("ID", of))) if text else ""
        )

    def period(terms, prefix):
        days = (terms.get(f"{prefix}_start_date"), terms.get(f"{prefix}_end_date"))
        return w.group("InvoicePeriod", w.one("StartDate", days[0]), w.one("EndDate", days[1]))

    seller = w.group(
        "Party",
        w.group("PartyIdentification", w.one("ID", h.get("seller_id"))),
        w.group(
            "PostalAddress",
            w.one("CityName", h.get("seller_city")),
            w.one("PostalZone", h.get("seller_postal_code")),
            w.group("Country", w.one("IdentificationCode", h.get("seller_country_code"))),
        ),
        tax_number(h.get("seller_vat_id"), "VAT"),
        tax_number(h.get("seller_tax_id"), "FC"),
        w.group(
            "PartyLegalEntity",
            w.one("RegistrationName", h.get("seller_name")),
            w.one("CompanyID", h.get("seller_registration_id")),
        ),
        w.group("Contact", w.one("ElectronicMail", h.get("seller_email"))),
    )
    buyer = w.group(
        "Party",
        tax_number(h.get("buyer_vat_id"), "VAT"),
        w.group("PartyLegalEntity", w.one("RegistrationName", h.get("buyer_name"))),
    )
    lines = [
        w.group(
            line_name,
            w.one("ID", line.get("line_id")),
            w.one(quantity, line.get("quantity"), unitCode=line["unit_code"]),
            money("LineExtensionAmount", line, "line_net_amount"),
            period(line, "line_period"),
            *(extra(one, has_tax=False) for one in of_line(invoice, line)),
            w.group("Item", w.one("Name", line.get("item_name")), scheme("ClassifiedTaxCategory", line)),
            w.group(
                "Price",
                money("PriceAmount", line, "net_price_amount"),
                w.one("BaseQuantity", line.get("price_base_quantity")),
            ),
        )
        for line in invoice.lines
    ]
    taxes = [
        w.group(
            "TaxSubtotal",
            money("TaxableAmount", tax, "tax_base_amount"),
            money("TaxAmount", tax, "tax_amount"),
            scheme("TaxCategory", tax),
        )
        for tax in invoice.taxes
    ]
    return "".join([
        PRINTED, f"<{root} {UBL_NAMES.format(root=root)}>\n",
        w.one("CustomizationID", h.get("guideline")), w.one("ID", h.get("invoice_number")),
        w.one("IssueDate", h.get("issue_date")),
        "" if credit_note else w.one("DueDate", h.get("due_date")),
        w.one("CreditNoteTypeCode" if credit_note else "InvoiceTypeCode", h.get("invoice_type_code")),
        w.one("Note", h.get("note")), w.one("DocumentCurrencyCode", currency),
        w.one("TaxCurrencyCode", h.get("vat_currency_code")), period(h, "period"),
        w.group("AccountingSupplierParty", seller), w.group("AccountingCustomerParty", buyer),
        w.group(
            "PaymentMeans",
            w.one("PaymentDueDate", h.get("due_date")) if credit_note else "",
            w.group("PayeeFinancialAccount", w.one("ID", h.get("payment_account"))),
        ),
        w.group("PaymentTerms", w.one("Note", h.get("payment_terms"))),
        *(extra(one, has_tax=True) for one in invoice.allowances_and_charges),
        w.group("TaxTotal", money("TaxAmount", h, "total_vat_amount"), *taxes),
        w.group(
            "TaxTotal",
            w.one("TaxAmount", h.get("total_vat_accounting_amount"), currencyID=str(h.get("vat_currency_code"))),
        ),
        w.group(
            "LegalMonetaryTotal",
            money("LineExtensionAmount", h, "line_total_amount"),
            money("TaxExclusiveAmount", h, "total_without_vat_amount"),
            money("TaxInclusiveAmount", h, "total_with_vat_amount"),
            money("AllowanceTotalAmount", h, "allowance_total_amount"),
            money("ChargeTotalAmount", h, "charge_total_amount"),
            money("PrepaidAmount", h, "paid_amount"),
            money("PayableRoundingAmount", h, "rounding_amount"),
            money("PayableAmount", h, "due_amount"),
        ),
        *lines, f"</{root}>\n",
    ])  # fmt: skip


def of_line(invoice: Invoice, line) -> list:
    """The allowances and charges of a line."""
    return [one for one in invoice.line_allowances_and_charges if one.get("line_id") == line.get("line_id")]


def as_cii(invoice: Invoice) -> str:
    """The invoice as CII."""
    w, h = Writer("ram", "ram"), invoice.header
    root, days = Writer("rsm", "rsm"), Writer("udt", "udt")

    def day(name, text):
        compact = text.replace("-", "") if text else None
        return w.group(name, days.one("DateTimeString", compact, format="102"))

    def tax(name, terms, *, amounts=False):
        return w.group(
            name,
            w.one("CalculatedAmount", terms.get("tax_amount")) if amounts else "",
            w.one("TypeCode", "VAT"),
            w.one("BasisAmount", terms.get("tax_base_amount")) if amounts else "",
            w.one("CategoryCode", terms.get("tax_category_code")),
            w.one("RateApplicablePercent", terms.get("tax_rate_pct")),
        )

    def extra(terms, *, has_tax):
        return w.group(
            "SpecifiedTradeAllowanceCharge",
            w.group("ChargeIndicator", days.one("Indicator", terms.get("is_charge"))),
            w.one("CalculationPercent", terms.get("allowance_charge_pct")),
            w.one("BasisAmount", terms.get("allowance_charge_base_amount")),
            w.one("ActualAmount", terms.get("allowance_charge_amount")),
            w.one("ReasonCode", terms.get("reason_code")),
            w.one("Reason", terms.get("reason")),
            tax("CategoryTradeTax", terms) if has_tax else "",
        )

    def registered(text, scheme):
        return w.group("SpecifiedTaxRegistration", w.one("ID", text, schemeID=scheme))

    def period(terms, prefix):
        first, last = terms.get(f"{prefix}_start_date"), terms.get(f"{prefix}_end_date")
        return w.group("BillingSpecifiedPeriod", day("StartDateTime", first), day("EndDateTime", last))

    lines = [
        w.group(
            "IncludedSupplyChainTradeLineItem",
            w.group("AssociatedDocumentLineDocument", w.one("LineID", line.get("line_id"))),
            w.group("SpecifiedTradeProduct", w.one("Name", line.get("item_name"))),
            w.group(
                "SpecifiedLineTradeAgreement",
                w.group(
                    "NetPriceProductTradePrice",
                    w.one("ChargeAmount", line.get("net_price_amount")),
                    w.one("BasisQuantity", line.get("price_base_quantity")),
                ),
            ),
            w.group(
                "SpecifiedLineTradeDelivery",
                w.one("BilledQuantity", line.get("quantity"), unitCode=line["unit_code"]),
            ),
            w.group(
                "SpecifiedLineTradeSettlement",
                tax("ApplicableTradeTax", line),
                period(line, "line_period"),
                *(extra(one, has_tax=False) for one in of_line(invoice, line)),
                w.group(
                    "SpecifiedTradeSettlementLineMonetarySummation",
                    w.one("LineTotalAmount", line.get("line_net_amount")),
                ),
            ),
        )
        for line in invoice.lines
    ]
    seller = w.group(
        "SellerTradeParty",
        w.one("ID", h.get("seller_id")),
        w.one("Name", h.get("seller_name")),
        w.group("SpecifiedLegalOrganization", w.one("ID", h.get("seller_registration_id"))),
        w.group(
            "DefinedTradeContact", w.group("EmailURIUniversalCommunication", w.one("URIID", h.get("seller_email")))
        ),
        w.group(
            "PostalTradeAddress",
            w.one("PostcodeCode", h.get("seller_postal_code")),
            w.one("CityName", h.get("seller_city")),
            w.one("CountryID", h.get("seller_country_code")),
        ),
        registered(h.get("seller_vat_id"), "VA"),
        registered(h.get("seller_tax_id"), "FC"),
    )
    buyer = w.group("BuyerTradeParty", w.one("Name", h.get("buyer_name")), registered(h.get("buyer_vat_id"), "VA"))
    settlement = w.group(
        "ApplicableHeaderTradeSettlement",
        w.one("TaxCurrencyCode", h.get("vat_currency_code")),
        w.one("InvoiceCurrencyCode", h.get("currency_code")),
        w.group(
            "SpecifiedTradeSettlementPaymentMeans",
            w.group("PayeePartyCreditorFinancialAccount", w.one("IBANID", h.get("payment_account"))),
        ),
        *(tax("ApplicableTradeTax", one, amounts=True) for one in invoice.taxes),
        period(h, "period"),
        *(extra(one, has_tax=True) for one in invoice.allowances_and_charges),
        w.group(
            "SpecifiedTradePaymentTerms",
            w.one("Description", h.get("payment_terms")),
            day("DueDateDateTime", h.get("due_date")),
        ),
        w.group(
            "SpecifiedTradeSettlementHeaderMonetarySummation",
            w.one("LineTotalAmount", h.get("line_total_amount")),
            w.one("ChargeTotalAmount", h.get("charge_total_amount")),
            w.one("AllowanceTotalAmount", h.get("allowance_total_amount")),
            w.one("TaxBasisTotalAmount", h.get("total_without_vat_amount")),
            w.one("TaxTotalAmount", h.get("total_vat_amount"), currencyID=str(h.get("currency_code"))),
            w.one("TaxTotalAmount", h.get("total_vat_accounting_amount"), currencyID=str(h.get("vat_currency_code"))),
            w.one("RoundingAmount", h.get("rounding_amount")),
            w.one("GrandTotalAmount", h.get("total_with_vat_amount")),
            w.one("TotalPrepaidAmount", h.get("paid_amount")),
            w.one("DuePayableAmount", h.get("due_amount")),
        ),
    )
    return "".join([
        PRINTED, f"<rsm:CrossIndustryInvoice {CII_NAMES}>\n",
        root.group(
            "ExchangedDocumentContext",
            w.group("GuidelineSpecifiedDocumentContextParameter", w.one("ID", h.get("guideline"))),
        ),
        root.group(
            "ExchangedDocument", w.one("ID", h.get("invoice_number")), w.one("TypeCode", h.get("invoice_type_code")),
            day("IssueDateTime", h.get("issue_date")), w.group("IncludedNote", w.one("Content", h.get("note"))),
        ),
        root.group(
            "SupplyChainTradeTransaction", *lines, w.group("ApplicableHeaderTradeAgreement", seller, buyer),
            "<ram:ApplicableHeaderTradeDelivery/>", settlement,
        ),
        "</rsm:CrossIndustryInvoice>\n",
    ])  # fmt: skip


def as_pdf(*attached: tuple[str, bytes], password: str | None = None) -> bytes:
    """A PDF of one empty page with these files attached."""
    writer = PdfWriter()
    writer.add_blank_page(width=210, height=297)
    for name, content in attached:
        writer.add_attachment(name, content)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
