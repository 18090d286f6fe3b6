"""The XRechnung test suite: every invoice is read, keeps every rule, and says the same in both of its syntaxes.

The data are those of COUNTINGHOUSE_REAL_DATA; without them the tests skip and say so.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from tasks.extract.formats.einvoice.reading import read_einvoice
from tasks.ingest import ingest_source
from tasks.post import post_documents
from tasks.source import chosen
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publication import Company

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)

UBL, CII = 18, 15
"""How many invoices of each syntax there are."""

REFUSED: dict[str, list[str]] = {}
"""The invoices that are not right, and why: none."""

# Free text has its subject code before it in UBL (#AAC#) and in an element of its own in CII, which is no term of ours.
NOTE = {"note"}
# In CII the suite says that nothing was rounded; in UBL it does not say it.
ROUNDING = {"rounding_amount"}
DIFFERENCES = {
    "02.01a-INVOICE_ubl.xml": NOTE | ROUNDING,
    "02.01a-cvd_INVOICE_ubl.xml": NOTE | ROUNDING | {"seller_id", "item_description"},
    "02.02a-INVOICE_ubl.xml": NOTE | ROUNDING,
    "02.03a-INVOICE_ubl.xml": NOTE | ROUNDING,
    "02.04a-INVOICE_ubl.xml": NOTE | ROUNDING,
    "03.02a-INVOICE_ubl.xml": NOTE,
    "03.03a-INVOICE_ubl.xml": NOTE,
    # Its author wrote town and postal code in each other's place.
    "03.06a-INVOICE_ubl.xml": NOTE | {"buyer_city", "buyer_postal_code", "seller_city", "seller_postal_code"},
    # Its author gave the seller another number in CII, and a word of a description a typing error.
    "03.07a-INVOICE_ubl.xml": NOTE | ROUNDING | {"seller_id"},
}
"""In what an invoice in UBL differs from the same in CII: all of it is the suite's own."""


def files(suite: Path, syntax: str) -> list[Path]:
    return sorted(suite.rglob(f"*_{syntax}.xml"))


@pytest.fixture(scope="module")
def suite(real_data: Path) -> Path:
    return real_data / "formats" / "xrechnung" / "src" / "test"


@pytest.fixture(scope="module")
def rows_of(suite: Path) -> Callable[[Path], list[dict[str, str | None]]]:
    read: dict[Path, list[dict[str, str | None]]] = {}

    def rows(file: Path) -> list[dict[str, str | None]]:
        if file not in read:
            batches = list(read_einvoice(file).batches)
            read[file] = [row for batch in batches for row in batch.frame.iter_rows(named=True)]
        return read[file]

    return rows


def test_every_invoice_is_read_and_keeps_every_rule(suite):
    found = {}
    for file in (*files(suite, "ubl"), *files(suite, "uncefact")):
        (batch,) = read_einvoice(file).batches
        if batch.broken:
            found[file.name] = [one.rule for one in batch.broken[1]]
    assert found == REFUSED
    assert (len(files(suite, "ubl")), len(files(suite, "uncefact"))) == (UBL, CII)


def test_what_is_booked_of_an_invoice_comes_to_its_total_without_tax(suite, rows_of):
    for file in (*files(suite, "ubl"), *files(suite, "uncefact")):
        invoice, *rest = rows_of(file)
        booked = sum(Decimal(row["booked_net_amount"] or 0) for row in rest)
        assert booked == Decimal(invoice["total_without_vat_amount"]), file.name


def test_an_invoice_says_the_same_in_both_syntaxes(suite, rows_of):
    found = defaultdict(set)
    pairs = 0
    for ubl in files(suite, "ubl"):
        cii = ubl.with_name(ubl.name.replace("ubl", "uncefact"))
        if not cii.exists():
            continue
        pairs += 1
        for one, other in zip(rows_of(ubl), rows_of(cii), strict=True):
            found[ubl.name] |= {name for name in one if name != "syntax" and not is_same(one[name], other[name])}
    assert {name: columns for name, columns in found.items() if columns} == DIFFERENCES
    assert pairs == 14


def is_same(one: str | None, other: str | None) -> bool:
    """The same text, or the same number."""
    try:
        return one == other or Decimal(one or "") == Decimal(other or "")
    except InvalidOperation:
        return False


# Two of them are of one supplier and number: the second, with its 25 lines, allowances and charges, is refused.
LOADED = ("02.01a", "02.05a", "03.01a", "03.02a", "03.06a", "04.05a")
"""The invoices that are taken through the source, as few as show every end of a row."""


@pytest.fixture(scope="module")
def loaded(suite, tmp_path_factory):
    few = tmp_path_factory.mktemp("few") / "formats" / "xrechnung" / "src" / "test"
    few.mkdir(parents=True)
    for file in files(suite, "uncefact"):
        if file.name.startswith(LOADED) and "cvd" not in file.name:
            (few / file.name).symlink_to(file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNTINGHOUSE_REAL_DATA", str(few.parents[3]))
        home = Home(tmp_path_factory.mktemp("einvoices"))
        ingestion = ingest_source(home, chosen(["einvoices_cii"])[0], NOON)
    return home, ingestion, post_documents(home, Company("Buyer", "EUR"), date(2025, 4, 30), NOON)


def ask(home, query):
    with connect(home.warehouse, read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_every_row_of_the_source_is_accounted_for_and_only_other_invoices_of_a_number_are_refused(loaded):
    home, ingestion, _ = loaded
    assert (ingestion.refused, ingestion.duplicates) == ([], [])
    columns = ("extracted", "accepted", "unchanged", "quarantined", "out_of_scope")
    ends = {
        record: tuple(sum(getattr(load, f"rows_{end}") for load in loads) for end in columns)
        for record in ("suppliers", "tax_codes", "invoices", "purchase_lines")
        if (loads := [load for load in ingestion.loads if load.record == record])
    }
    assert ends == {
        "suppliers": (68, 5, 1, 0, 62),
        "tax_codes": (68, 4, 6, 0, 58),
        "invoices": (68, 5, 0, 1, 62),
        "purchase_lines": (68, 27, 0, 25, 16),
    }
    assert ask(home, "select distinct unnest(rules) from operations.quarantine order by all") == [
        ("document:refused",), ("key:changed",),
    ]  # fmt: skip


def test_what_is_loaded_is_posted_with_party_tax_and_payable(loaded):
    home, _, posting = loaded
    assert posting.documents_unposted == 0
    invoices = "select sum(net_amount), sum(tax_amount), -sum(gross_amount) from record.invoices"
    (said,) = ask(home, invoices)
    held = dict(ask(home, "select account_code, sum(amount) from store.ledger_lines group by all"))
    assert (held["5100"], held["1150"], held["2000"]) == said
    assert said == (Decimal("22048.53"), Decimal("4195.22"), Decimal("-26243.75"))
    lines = "select document_id, sum(net_amount) from record.purchase_lines group by all order by all"
    assert ask(home, lines) == ask(
        home, "select document_id, sum(net_amount) from record.invoices group by all order by all"
    )
    parties = "select count(*) from record.invoices where party_id not in (select supplier_id from record.suppliers)"
    assert ask(home, parties) == [(0,)]
