"""No file, whatever it is, does more than be refused in one sentence, in little time and memory."""

import gzip
import time
import zlib
from contextlib import suppress
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.errors import UnreadableFile
from tasks.extract.formats.einvoice import pdf, reading, tree
from tests.schemas.en16931.invoices import WHOLE
from tests.tasks.extract.conftest import read_file
from tests.tasks.extract.formats.einvoice.written import as_cii, as_pdf, as_ubl

UBL, CII = as_ubl(WHOLE), as_cii(WHOLE)
GUIDELINE = str(WHOLE.header["guideline"])
BOMB = '<!DOCTYPE Invoice [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.fixture
def read_einvoice(read):
    return partial(read, name="a.xml", format="einvoice")


def declared(doctype: str) -> str:
    return UBL.replace("?>\n", f"?>{doctype}", 1).replace("Thank you", "&b;")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it is empty"),
        ("   ", "it is not XML to its end"),
        ("invoice;amount\n1;2\n", "it is not XML to its end"),
        ("\0" * 100, "it is not XML to its end"),
        ("<html><body>Log in</body></html>", "it is an HTML page"),
        ("<!DOCTYPE html><html></html>", "it declares a document type or entities"),
        ("PK\x03\x04" + "x" * 50, "it is not XML to its end"),
        (UBL[:-300], "it is not XML to its end"),
        (UBL.encode()[:-300] + b"\xff\xfe", "it is not XML to its end"),
        (UBL.encode().replace(b"Thank", b"Th\xe4nk"), "it is not XML to its end"),
        (UBL.replace("UTF-8", "klingon"), "it "),
        (UBL + UBL, "it is not XML to its end"),
        (declared(BOMB), "it declares a document type or entities"),
        (declared(BOMB.replace('"ha"', 'SYSTEM "file:///etc/passwd"')), "it declares a document type or entities"),
        (declared('<!DOCTYPE Invoice SYSTEM "http://127.0.0.1/a.dtd">'), "it declares a document type or entities"),
        ("<a>" * 100, "its elements stand more than 64 deep"),
        ("<Invoice/>", "it is no invoice of UBL or CII: it begins with Invoice of nowhere"),
        (UBL.replace("schema:xsd:Invoice-2", "schema:xsd:Invoice-3"), "it is no invoice of UBL or CII"),
        (UBL.replace("schema:xsd:Invoice-2", "schema:xsd:Order-2"), "it is no invoice of UBL or CII"),
        (
            '<CrossIndustryDocument xmlns="urn:ferd:CrossIndustryDocument:invoice:1p0"/>',
            "it is an invoice of ZUGFeRD 1",
        ),
        (UBL.replace(GUIDELINE, "urn:peppol:pint:billing-1@jp-1"), "it follows 'urn:peppol:pint:billing-1@jp-1'; only"),
        (CII.replace(GUIDELINE, "urn:cen.eu:en16931:20170"), "it follows 'urn:cen.eu:en16931:20170'; only"),
        (CII.replace(GUIDELINE, ""), "it names no guideline"),
    ],
)
def test_a_file_that_is_no_invoice_is_refused_with_its_reason(read_einvoice, content, reason):
    with pytest.raises(UnreadableFile, match=f"^{reason}"):
        read_einvoice(content)


def test_a_file_longer_than_any_invoice_is_not_held(read_einvoice, monkeypatch):
    monkeypatch.setattr(reading, "BYTES", 8 << 20)
    with pytest.raises(UnreadableFile, match=r"^it is longer than 8 MiB"):
        read_einvoice(gzip.compress(b"<a>" + b"x" * (64 << 20)), name="a.xml.gz")


def test_a_file_that_is_not_compressed_as_it_is_called_is_refused(read_einvoice):
    with pytest.raises(UnreadableFile, match=r"^it could not be decompressed"):
        read_einvoice(b"\x1f\x8b" + b"x" * 100, name="a.xml.gz")


def test_more_elements_than_any_invoice_has_are_not_held(read_einvoice, monkeypatch):
    monkeypatch.setattr(tree, "ELEMENTS", 1000)
    with pytest.raises(UnreadableFile, match=r"^it has more than 1,000 elements"):
        read_einvoice("<a>" + "<b/>" * 2000)


def test_an_amount_of_a_million_digits_is_refused_by_a_rule_and_costs_no_time(read_einvoice):
    started = time.monotonic()
    read = read_einvoice(UBL.replace(">48.90<", f">{'9' * 1_000_000}<"))
    assert time.monotonic() - started < 5
    assert len(read.rows) == 10


def pdf_of(content: bytes, name: str = "factur-x.xml") -> bytes:
    return as_pdf((name, content))


def test_the_xml_of_an_invoice_is_known_by_its_name_among_others(read_einvoice):
    attached = as_pdf(("terms.xml", b"<a/>"), ("factur-x.xml", CII.encode()), ("photo.png", b"\x89PNG"))
    assert len(read_einvoice(attached, name="a.pdf").rows) == 10
    assert len(read_einvoice(pdf_of(UBL.encode(), "an invoice.XML"), name="a.pdf").rows) == 10


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (as_pdf(), "it is a PDF without an invoice in it: no XML is attached"),
        (as_pdf(("letter.txt", b"Dear all")), "it is a PDF without an invoice in it"),
        (as_pdf(("a.xml", CII.encode()), ("b.xml", CII.encode())), "it is a PDF with 2 XML files attached"),
        (as_pdf(("factur-x.xml", CII.encode()), ("xrechnung.xml", CII.encode())), "it is a PDF with 2 XML files"),
        (as_pdf(("factur-x.xml", CII.encode()), password="x"), "it is an encrypted PDF"),  # noqa: S106 - of nothing
        (b"%PDF-1.7\n", "it is a damaged PDF"),
        (b"%PDF-1.7\n" + b"x" * 1000, "it is a damaged PDF"),
        (pdf_of(CII.encode())[:300], "it is a damaged PDF"),
        (pdf_of(b"<html/>"), "it is an HTML page"),
        (pdf_of(b""), "it is not XML to its end"),
        (pdf_of(declared(BOMB).encode()), "it declares a document type or entities"),
        (pdf_of(CII.replace(GUIDELINE, "urn:ferd:1p0:basic").encode()), "it follows 'urn:ferd:1p0:basic'"),
    ],
)
def test_a_pdf_that_carries_no_invoice_is_refused_with_its_reason(read_einvoice, content, reason):
    with pytest.raises(UnreadableFile, match=f"^{reason}"):
        read_einvoice(content, name="a.pdf")


def packed_pdf(packed: bytes) -> bytes:
    """A PDF whose attached file is stored packed."""
    plain = pdf_of(b"@" * len(packed))
    return plain.replace(b"/Type /EmbeddedFile", b"/Filter /FlateDecode /Type /EmbeddedFile").replace(
        b"@" * len(packed), packed
    )


def test_a_file_that_is_attached_packed_is_unpacked(read_einvoice):
    assert len(read_einvoice(packed_pdf(zlib.compress(CII.encode())), name="a.pdf").rows) == 10


def test_an_attached_file_that_explodes_is_not_unpacked(read_einvoice, monkeypatch):
    monkeypatch.setattr(pdf, "XML_BYTES", 1 << 20)
    with pytest.raises(UnreadableFile, match=r"^it is a PDF that unpacks to more than any invoice needs"):
        read_einvoice(packed_pdf(zlib.compress(b"<a>" + b"x" * (64 << 20))), name="a.pdf")


def test_a_pdf_with_more_files_than_anybody_looks_at_is_refused(read_einvoice, monkeypatch):
    monkeypatch.setattr(pdf, "ATTACHED", 3)
    with pytest.raises(UnreadableFile, match=r"^it is a PDF with more than 3 attached files"):
        read_einvoice(as_pdf(*((f"{number}.txt", b"x") for number in range(5))), name="a.pdf")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_with_some_bytes_changed_is_read_or_refused(tmp_path_factory, data):
    content = bytearray(data.draw(st.sampled_from([UBL.encode(), CII.encode(), pdf_of(CII.encode())])))
    for _ in range(data.draw(st.integers(1, 20))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / "a"
    path.write_bytes(content)
    with suppress(UnreadableFile):
        read_file(path, format="einvoice")
