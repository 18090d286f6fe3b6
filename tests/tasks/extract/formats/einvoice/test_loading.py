"""Invoices on their way into the record: one that breaks a rule is refused whole, the others are loaded and posted."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.en16931 import Invoice
from tasks.ingest import Ingestion
from tasks.post import Posting, post_documents
from tasks.quarantine import replay
from tests.schemas.en16931.invoices import WHOLE, line, totalled
from tests.tasks.conftest import Shop
from tests.tasks.extract.formats.einvoice.written import as_cii, as_pdf, as_ubl
from warehouse.publication import Company

SOURCE = Path(__file__).resolve().parents[5] / "sources" / "einvoices_ubl.yml"
NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
RECORDS = {"suppliers": 1, "tax_codes": 2, "invoices": 1, "purchase_lines": 7}
"""How many rows of the invoice with everything in it are for each record."""

HERE = {
    "${COUNTINGHOUSE_REAL_DATA}/formats/xrechnung/src/test/**/*_ubl.xml": "${COUNTINGHOUSE_HOME}/inbox/*",
    "source: einvoices_ubl": "source: shop",
    # A mapping that must see all rows of a file at once is refused the same rows as one that need not.
    "line_no: position": "line_no: row_number() over (partition by part in ('invoice', 'tax') order by _row)",
}
"""What the source of the real invoices says, and what it says here."""


def numbered(number: str, **changes: str) -> Invoice:
    return replace(WHOLE, header=dict(WHOLE.header) | {"invoice_number": number} | changes)


WRONG = numbered("R-2", total_with_vat_amount="305.98", due_amount="206.01")
OTHERWISE = totalled(
    [*WHOLE.lines, line(4, "1", "10.00", "10.00", "S", "19")],
    WHOLE.allowances_and_charges,
    WHOLE.line_allowances_and_charges,
    dict(WHOLE.header) | {"invoice_number": "R-1"},
    Decimal(0),
    Decimal(0),
)
"""An invoice with the number of another, which has a line more."""
WRONG_IN_MANY_WAYS = numbered("R-5", due_amount="1.00", due_date="2025-01-01", line_total_amount="1.00")


@dataclass(frozen=True)
class Delivered:
    """A folder of invoices that were taken in, one of them again when it was put right, and posted."""

    shop: Shop
    ingestion: Ingestion
    posting: Posting

    def refused(self, file: str) -> dict[str, int]:
        rows = self.shop.rows(
            "select record, count(*) from operations.quarantine inner join operations.batches using (batch_id)"
            f" where file_name = '{file}' group by all"
        )
        return dict(rows)


def described() -> str:
    text = SOURCE.read_text(encoding="utf-8")
    for there, here in HERE.items():
        assert there in text
        text = text.replace(there, here)
    return text


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Delivered:
    shop = Shop(tmp_path_factory.mktemp("invoices"), described())
    shop.deliver("1.xml", as_ubl(numbered("R-1")))
    shop.deliver("2.xml", as_cii(WRONG))
    shop.deliver("3.pdf", as_pdf(("factur-x.xml", as_cii(numbered("R-3")).encode())))
    shop.deliver("4.pdf", as_pdf())
    shop.deliver("5.xml", as_ubl(WRONG_IN_MANY_WAYS))
    shop.deliver("9.xml", as_ubl(numbered("R-9", invoice_type_code="381"), credit_note=True))
    ingestion = shop.ingest()
    shop.deliver("1 otherwise.xml", as_ubl(OTHERWISE))
    shop.deliver("2 put right.xml", as_cii(numbered("R-2")))
    shop.ingest()
    posting = post_documents(shop.home, Company("Quill & Lantern", "EUR"), date(2025, 4, 30), NOON)
    return Delivered(shop, ingestion, posting)


def test_an_invoice_that_breaks_a_rule_is_refused_whole(delivered):
    assert delivered.refused("2.xml") == RECORDS
    assert delivered.refused("5.xml") == RECORDS
    rows = delivered.shop.rows("select rules, reasons from operations.quarantine where record = 'purchase_lines'")
    told = ("BT-112 is 305.98, but BT-109 256.08 + BT-110 48.90 is 304.98",)
    assert [tuple(reasons) for rules, reasons in rows if rules == ["en16931:BR-CO-15"]] == [told] * 7


def test_every_rule_that_it_breaks_is_named_beside_those_of_the_record(delivered):
    rows = delivered.shop.rows(
        "select rules from operations.quarantine where record = 'invoices' and rules <> ['key:changed']"
    )
    rules = {"en16931:BR-CO-10", "en16931:BR-CO-13", "en16931:BR-CO-16", "due_after_issued"}
    assert {frozenset(refused) for (refused,) in rows} == {
        frozenset({"en16931:BR-CO-15", "gross_amount_adds_up"}),
        frozenset(rules),
    }


def test_every_row_is_accounted_for(delivered):
    assert [(one.name, one.reason) for one in delivered.ingestion.refused] == [
        ("4.pdf", "it is a PDF without an invoice in it: no XML is attached")
    ]
    for load in delivered.ingestion.loads:
        accounted = load.rows_accepted + load.rows_unchanged + load.rows_quarantined + load.rows_out_of_scope
        assert accounted == load.rows_extracted == 10


def test_the_right_rows_of_the_other_invoices_are_loaded_and_of_the_wrong_one_when_it_is_put_right(delivered):
    shop = delivered.shop
    gross = Decimal("304.98")
    assert shop.rows("select document_id, document_type, gross_amount from record.invoices order by all") == [
        ("R-1", "invoice", gross), ("R-2", "invoice", gross), ("R-3", "invoice", gross),
        ("R-9", "credit_note", -gross),
    ]  # fmt: skip
    lines = "select document_id, count(*), sum(net_amount) from record.purchase_lines group by all order by all"
    assert shop.rows(lines) == [
        (number, 7, Decimal(net))
        for number, net in (("R-1", "256.08"), ("R-2", "256.08"), ("R-3", "256.08"), ("R-9", "-256.08"))
    ]
    assert shop.rows("select supplier_id, supplier_name, country_code, iban from record.suppliers_versions") == [
        ("DE123456789", "Glazier & Sons <Ltd>", "DE", "DE75512108001245126199")
    ]
    assert shop.rows("select tax_code, rate_pct from record.tax_codes_versions order by all") == [
        ("S 19", Decimal(19)), ("S 7", Decimal(7)),
    ]  # fmt: skip


def test_an_invoice_that_came_before_is_not_mixed_with_one_of_its_number(delivered):
    found = delivered.shop.rows(
        "select record, row, rules from operations.quarantine inner join operations.batches using (batch_id)"
        " where file_name = '1 otherwise.xml' order by all"
    )
    assert ("invoices", 1, ["key:changed"]) in found
    # Its eighth line, allowance or charge is new, and right by itself.
    assert ("purchase_lines", 9, ["document:refused"]) in found
    (reason,) = delivered.shop.rows(
        "select distinct reasons[1] from operations.quarantine where rules = ['document:refused']"
    )[0]
    assert reason == "another row of its document was refused: row 1 as one of invoices, by key:changed"
    loads = "select record, rows_extracted, rows_accepted, rows_unchanged, rows_quarantined, rows_out_of_scope"
    told = delivered.shop.rows(
        f"{loads} from operations.loads inner join operations.batches using (batch_id)"
        " where file_name = '1 otherwise.xml' order by all"
    )
    assert told == [
        ("invoices", 11, 0, 0, 1, 10), ("purchase_lines", 11, 0, 5, 3, 3), ("suppliers", 11, 0, 1, 0, 10),
        ("tax_codes", 11, 0, 2, 0, 9),
    ]  # fmt: skip


def test_loaded_invoices_are_posted_with_party_tax_and_payable(delivered):
    shop = delivered.shop
    assert delivered.posting.documents_unposted == 0
    lines = (
        "select document_id, account_code, sum(amount) from store.ledger_lines"
        " where document_id in ('R-1', 'R-9') group by all"
    )
    found = {(document, account): amount for document, account, amount in shop.rows(lines)}
    posted = {"2000": Decimal("-304.98"), "5100": Decimal("256.08"), "1150": Decimal("48.90")}
    assert found == {("R-1", account): amount for account, amount in posted.items()} | {
        ("R-9", account): -amount for account, amount in posted.items()
    }
    assert shop.rows("select distinct party_id from store.ledger_lines") == [("DE123456789",)]
    taxes = (
        "select tax_code, sum(amount) from store.ledger_lines where document_id = 'R-1' and leg = 'tax' group by all"
    )
    assert dict(shop.rows(taxes)) == {"S 19": Decimal("49.04"), "S 7": Decimal("-0.14")}


def test_an_invoice_whose_mapping_was_wrong_is_loaded_whole_by_a_replay(tmp_path):
    # The quantity of an allowance is not said, so its line is refused, and with it the invoice.
    shop = Shop(tmp_path, described().replace("quantity: booked_quantity", "quantity: quantity"))
    shop.deliver("1.xml", as_ubl(numbered("R-1")))
    shop.ingest()
    assert shop.rows("select count(*) from record.invoices union all select count(*) from record.purchase_lines") == [
        (0,), (0,),
    ]  # fmt: skip
    assert shop.rows("select distinct unnest(rules) from operations.quarantine where record = 'invoices'") == [
        ("document:refused",)
    ]
    shop.describe(described())
    replay(shop.home, shop.source, NOON)
    assert shop.rows("select count(*) from record.invoices union all select count(*) from record.purchase_lines") == [
        (1,), (7,),
    ]  # fmt: skip
    assert shop.rows("select count(*) from operations.quarantine where status = 'open'") == [(0,)]
