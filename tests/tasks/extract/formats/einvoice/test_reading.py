"""An electronic invoice: the same rows from UBL, CII and a PDF, and what they come to in the books."""

import gzip
import re
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from schemas.en16931 import Invoice
from tasks.extract.formats.einvoice import terms
from tasks.extract.formats.einvoice.rows import COLUMNS
from tests.schemas.en16931.invoices import WHOLE, right_invoices
from tests.tasks.extract.conftest import read_file
from tests.tasks.extract.formats.einvoice.written import as_cii, as_pdf, as_ubl

EACH_EXAMPLE = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def read_einvoice(read):
    return partial(read, name="a.xml", format="einvoice")


def rows_of(reading) -> list[dict[str, str]]:
    """What each row says, without the columns that tell how it was written."""
    told = [dict(zip(reading.header, values, strict=True)) for values in reading.rows.values()]
    return [{name: text for name, text in row.items() if text is not None and name != "syntax"} for row in told]


def part(rows, *parts):
    return [row for row in rows if row["part"] in parts]


def test_an_invoice_is_rows_in_the_words_of_the_standard(read_einvoice):
    rows = rows_of(read_einvoice(as_ubl(WHOLE)))
    assert [row["part"] for row in rows] == [
        "invoice", "line", "line_allowance_charge", "line_allowance_charge", "line", "line", "allowance_charge",
        "allowance_charge", "tax", "tax",
    ]  # fmt: skip
    said = {name: text for name, text in WHOLE.header.items() if name != "note"}
    assert said.items() <= rows[0].items()
    assert WHOLE.lines[0].items() <= rows[1].items()
    assert WHOLE.allowances_and_charges[0].items() <= rows[6].items()
    assert WHOLE.taxes[0].items() <= rows[8].items()


def test_every_row_says_what_the_invoice_says_of_itself(read_einvoice):
    rows = rows_of(read_einvoice(as_ubl(WHOLE)))
    assert {row["invoice_number"] + row["issue_date"] + row["seller_vat_id"] for row in rows} == {
        "R-2025-08152025-03-14DE123456789"
    }


def test_both_syntaxes_and_the_pdf_give_the_same_rows(read_einvoice):
    ubl = rows_of(read_einvoice(as_ubl(WHOLE)))
    assert rows_of(read_einvoice(as_cii(WHOLE))) == ubl
    assert rows_of(read_einvoice(as_pdf(("factur-x.xml", as_cii(WHOLE).encode())), name="a.pdf")) == ubl
    assert rows_of(read_einvoice(gzip.compress(as_ubl(WHOLE).encode()), name="a.xml.gz")) == ubl
    utf16 = as_ubl(WHOLE).replace("UTF-8", "UTF-16").encode("utf-16")
    assert rows_of(read_einvoice(utf16)) == ubl


@EACH_EXAMPLE
@given(invoice=right_invoices())
def test_right_invoices_are_read_from_both_syntaxes_and_refused_by_no_rule(tmp_path_factory, invoice):
    folder = tmp_path_factory.mktemp("invoice")
    told = []
    for name, text in (("ubl", as_ubl(invoice)), ("cii", as_cii(invoice))):
        (folder / name).write_text(text, encoding="utf-8")
        told.append(rows_of(read_file(folder / name, format="einvoice")))
    assert told[0] == told[1]
    booked_rows_come_to_the_totals(invoice, told[0])


def booked_rows_come_to_the_totals(invoice: Invoice, rows) -> None:
    """What is booked by lines, allowances and charges is what the invoice asks for without tax, to the cent."""
    counted = part(rows, "line", "line_allowance_charge", "allowance_charge")
    assert sum(Decimal(row["booked_net_amount"]) for row in counted) == Decimal(rows[0]["booked_net_amount"])
    assert [row["position"] for row in counted] == [str(number) for number in range(1, len(counted) + 1)]
    sign = -1 if invoice.header["invoice_type_code"] == "381" else 1
    assert Decimal(rows[0]["booked_gross_amount"]) == sign * Decimal(invoice.header["total_with_vat_amount"])
    for row in counted:
        quantity, price = Decimal(row["booked_quantity"]), Decimal(row["booked_price_amount"])
        assert abs(quantity * price - Decimal(row["booked_net_amount"])) <= Decimal("0.005")
        assert price >= 0
        assert (quantity > 0) == (row["booked_type"] == "invoice")


def test_a_line_is_booked_before_its_own_allowances_and_charges(read_einvoice):
    booked = [
        (row["booked_type"], row["booked_quantity"], row["booked_price_amount"], row["booked_net_amount"],
         row["booked_tax_amount"], row["booked_tax_code"])
        for row in part(rows_of(read_einvoice(as_ubl(WHOLE))), "line", "line_allowance_charge", "allowance_charge")
    ]  # fmt: skip
    assert booked == [
        ("invoice", "3", "40.0000", "120.00", "22.80", "S 19"),
        ("credit_note", "-1", "12.00", "-12.00", "-2.28", "S 19"),
        ("invoice", "1", "2.00", "2.00", "0.38", "S 19"),
        ("credit_note", "-1", "10.0000", "-10.00", "-0.70", "S 7"),
        # 61.23237 for a thousand has no price with four decimals that comes to 153.08.
        ("invoice", "1", "153.08", "153.08", "29.09", "S 19"),
        ("credit_note", "-1", "5.00", "-5.00", "-0.95", "S 19"),
        ("invoice", "1", "8.00", "8.00", "0.56", "S 7"),
    ]


def test_a_credit_note_is_booked_with_the_other_sign(read_einvoice):
    credit = replace(WHOLE, header=dict(WHOLE.header) | {"invoice_type_code": "381"})
    rows = rows_of(read_einvoice(as_ubl(credit, credit_note=True)))
    assert rows == rows_of(read_einvoice(as_cii(credit)))
    assert (rows[0]["booked_type"], rows[0]["booked_gross_amount"]) == ("credit_note", "-304.98")
    assert (rows[1]["booked_type"], rows[1]["booked_quantity"]) == ("credit_note", "-3")
    assert (rows[4]["booked_type"], rows[4]["booked_quantity"]) == ("invoice", "1")


def test_an_invoice_that_asks_for_less_than_nothing_is_a_credit_note(read_einvoice):
    lines = [dict(WHOLE.lines[1])]
    totals = dict.fromkeys(("line_total_amount", "total_without_vat_amount", "tax_base_amount"), "-10.00")
    header = {name: text for name, text in WHOLE.header.items() if not name.endswith("_amount")} | totals
    header |= {"total_vat_amount": "-0.70", "total_with_vat_amount": "-10.70", "due_amount": "-10.70"}
    tax = {"tax_base_amount": "-10.00", "tax_amount": "-0.70", "tax_category_code": "S", "tax_rate_pct": "7"}
    reading = read_einvoice(as_ubl(Invoice(header, tuple(lines), (tax,))))
    assert rows_of(reading)[0]["booked_type"] == "credit_note"


def test_lines_under_a_line_explain_it_and_are_not_booked(read_einvoice):
    text = as_ubl(WHOLE)
    end = text.index("</cac:InvoiceLine>")
    sub = (
        '<cac:SubInvoiceLine><cbc:ID>1.1</cbc:ID><cbc:LineExtensionAmount currencyID="EUR">60.00'
        "</cbc:LineExtensionAmount></cac:SubInvoiceLine>"
    )
    ubl = rows_of(read_einvoice(text[:end] + sub + sub.replace("1.1", "1.2") + text[end:]))
    assert [(row["line_id"], row["parent_line_id"]) for row in part(ubl, "sub_line")] == [("1.1", "1"), ("1.2", "1")]
    assert not any("booked_net_amount" in row or "position" in row for row in part(ubl, "sub_line"))
    under = "<ram:LineID>2</ram:LineID><ram:ParentLineID>1</ram:ParentLineID>"
    cii = rows_of(read_einvoice(as_cii(WHOLE).replace("<ram:LineID>2</ram:LineID>", under)))
    assert [(row["line_id"], row["parent_line_id"]) for row in part(cii, "sub_line")] == [("2", "1")]
    detail = under + "<ram:LineStatusReasonCode>DETAIL</ram:LineStatusReasonCode>"
    assert not part(rows_of(read_einvoice(as_cii(WHOLE).replace("<ram:LineID>2</ram:LineID>", detail))), "sub_line")


def test_tax_in_another_currency_is_no_part_of_the_invoice(read_einvoice):
    told = dict(WHOLE.header) | {"vat_currency_code": "NOK", "total_vat_accounting_amount": "570.00"}
    for text in (as_ubl(replace(WHOLE, header=told)), as_cii(replace(WHOLE, header=told))):
        reading = rows_of(read_einvoice(text))
        assert (reading[0]["total_vat_amount"], reading[0]["total_vat_accounting_amount"]) == ("48.90", "570.00")
        assert len(part(reading, "tax")) == 2


def test_a_day_may_name_its_zone(read_einvoice):
    text = as_ubl(WHOLE).replace("2025-03-14", "2025-03-14+01:00").replace("2025-04-13", "13.04.2025")
    first = rows_of(read_einvoice(text))[0]
    # What is no day is left to the contract.
    assert (first["issue_date"], first["due_date"]) == ("2025-03-14", "13.04.2025")


def test_several_notes_are_lines_of_one_text(read_einvoice):
    text = as_ubl(WHOLE).replace("<cbc:Note>Thank you", "<cbc:Note>First</cbc:Note><cbc:Note>Thank you")
    assert rows_of(read_einvoice(text))[0]["note"] == "First\nThank you"


def test_freight_of_the_extended_profile_is_a_charge(read_einvoice):
    freight = (
        "<ram:SpecifiedLogisticsServiceCharge><ram:Description>Freight</ram:Description>"
        "<ram:AppliedAmount>4.00</ram:AppliedAmount></ram:SpecifiedLogisticsServiceCharge>"
    )
    text = as_cii(WHOLE).replace(" <ram:SpecifiedTradePaymentTerms>", freight + "<ram:SpecifiedTradePaymentTerms>")
    told = part(rows_of(read_einvoice(text)), "allowance_charge")[-1]
    assert (told["is_charge"], told["reason"], told["booked_net_amount"]) == ("true", "Freight", "4.00")


def test_an_attachment_is_kept_with_the_file_and_stands_in_no_row(read_einvoice):
    attached = f"<cbc:EmbeddedDocumentBinaryObject>{'QUJD' * 500_000}</cbc:EmbeddedDocumentBinaryObject>"
    text = as_ubl(WHOLE).replace(" <cac:TaxTotal>", f"<cac:Attachment>{attached}</cac:Attachment><cac:TaxTotal>", 1)
    assert rows_of(read_einvoice(text)) == rows_of(read_einvoice(as_ubl(WHOLE)))


def test_a_long_invoice_is_read_in_batches(read_einvoice, monkeypatch):
    monkeypatch.setattr("tasks.extract.formats.einvoice.reading.ROWS", 3)
    assert list(read_einvoice(as_ubl(WHOLE)).rows) == list(range(1, 11))


def test_every_column_is_described_with_its_business_term():
    page = (Path(__file__).resolve().parents[5] / "sources" / "README.md").read_text(encoding="utf-8")
    described = dict(re.findall(r"`(\w+)` (B[TG]-[\w-]+(?:, BT-[\w-]+)*)", page))
    for term in terms.PARTS:
        assert set(term.terms.split(", ")) <= set(described[term.column].split(", ")), term.column
    assert set(re.findall(r"`(\w+)`", page)) >= set(COLUMNS)


def test_every_term_is_a_column_once():
    assert len(set(COLUMNS)) == len(COLUMNS)
    assert {term.column for term in terms.PARTS} < set(COLUMNS)
