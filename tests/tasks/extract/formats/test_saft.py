"""SAF-T: every element becomes a row in the standard's words, and no file can do more than be refused."""

import gzip
from functools import partial

import pytest

from tasks.errors import UnreadableFile
from tasks.extract.formats import elements, saft

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<n1:AuditFile xmlns:n1="urn:StandardAuditFile-Taxation-Financial:NO"><n1:Header>
<n1:DefaultCurrencyCode>NOK</n1:DefaultCurrencyCode><n1:SelectionCriteria><n1:PeriodStart>3</n1:PeriodStart>
<n1:PeriodStartYear>2025</n1:PeriodStartYear></n1:SelectionCriteria></n1:Header>
"""

MASTER = """<n1:MasterFiles>
<n1:GeneralLedgerAccounts><n1:Account><n1:AccountID>1500</n1:AccountID>
<n1:AccountDescription>Kundefordringer &amp; &lt;annet&gt;</n1:AccountDescription>
<n1:OpeningDebitBalance>5.00</n1:OpeningDebitBalance><n1:ClosingDebitBalance>7.00</n1:ClosingDebitBalance>
</n1:Account></n1:GeneralLedgerAccounts>
<n1:Customers><n1:Customer><n1:Name>Kari</n1:Name><n1:Address><n1:City>Bodø</n1:City></n1:Address>
<n1:CustomerID>C1</n1:CustomerID></n1:Customer></n1:Customers>
<n1:TaxTable><n1:TaxTableEntry><n1:TaxType>MVA</n1:TaxType><n1:TaxCodeDetails><n1:TaxCode>3</n1:TaxCode>
<n1:TaxPercentage>25</n1:TaxPercentage></n1:TaxCodeDetails></n1:TaxTableEntry></n1:TaxTable></n1:MasterFiles>
"""

ENTRIES = """<n1:GeneralLedgerEntries><n1:NumberOfEntries>1</n1:NumberOfEntries>
<n1:TotalDebit>2.00</n1:TotalDebit><n1:TotalCredit>2.00</n1:TotalCredit>
<n1:Journal><n1:JournalID>S</n1:JournalID><n1:Description>Sales</n1:Description><n1:Type>SI</n1:Type>
<n1:Transaction><n1:TransactionID>T1</n1:TransactionID><n1:TransactionDate>2025-03-04</n1:TransactionDate>
<n1:Description>the entry</n1:Description>
<n1:Line><n1:RecordID>1</n1:RecordID><n1:AccountID>1500</n1:AccountID><n1:CustomerID>C1</n1:CustomerID>
<n1:Description>the line</n1:Description><n1:DebitAmount><n1:Amount>2.00</n1:Amount>
<n1:CurrencyCode>EUR</n1:CurrencyCode><n1:CurrencyAmount>0.20</n1:CurrencyAmount></n1:DebitAmount></n1:Line>
<n1:Line><n1:RecordID>2</n1:RecordID><n1:AccountID>3000</n1:AccountID><n1:Description>other</n1:Description>
<n1:CreditAmount><n1:Amount>2.00</n1:Amount></n1:CreditAmount>
<n1:TaxInformation><n1:TaxCode>3</n1:TaxCode><n1:CreditTaxAmount><n1:Amount>0.50</n1:Amount></n1:CreditTaxAmount>
</n1:TaxInformation><n1:TaxInformation><n1:TaxCode>4</n1:TaxCode></n1:TaxInformation></n1:Line>
</n1:Transaction></n1:Journal></n1:GeneralLedgerEntries>
"""

TAIL = "</n1:AuditFile>"
WHOLE = HEAD + MASTER + ENTRIES + TAIL


@pytest.fixture
def read_saft(read):
    return partial(read, name="a.xml", format="saft")


def said(reading, number):
    return {name: value for name, value in zip(reading.header, reading.rows[number], strict=True) if value is not None}


AROUND = {"DefaultCurrencyCode": "NOK", "SelectionStartDate": "2025-03-01"}


def test_accounts_parties_and_tax_codes_are_rows(read_saft):
    reading = read_saft(WHOLE)
    assert said(reading, 1) == AROUND | {
        "part": "account", "AccountID": "1500", "AccountDescription": "Kundefordringer & <annet>",
        "OpeningDebitBalance": "5.00", "ClosingDebitBalance": "7.00",
    }  # fmt: skip
    assert said(reading, 2) == AROUND | {"part": "customer", "CustomerID": "C1", "Name": "Kari", "City": "Bodø"}
    assert said(reading, 3) == AROUND | {"part": "tax_code", "TaxCode": "3", "TaxPercentage": "25"}


def test_a_line_is_a_row_with_its_entry_and_journal(read_saft):
    reading = read_saft(WHOLE)
    entry = AROUND | {
        "part": "line", "JournalID": "S", "JournalDescription": "Sales", "JournalType": "SI", "TransactionID": "T1",
        "TransactionDate": "2025-03-04", "TransactionDescription": "the entry",
    }  # fmt: skip
    assert said(reading, 4) == entry | {
        "RecordID": "1", "AccountID": "1500", "CustomerID": "C1", "Description": "the line", "DebitAmount": "2.00",
        "CurrencyCode": "EUR", "CurrencyAmount": "0.20",
    }  # fmt: skip
    assert said(reading, 5) == entry | {
        "RecordID": "2", "AccountID": "3000", "Description": "other", "CreditAmount": "2.00", "TaxCode": "3",
        "CreditTaxAmount": "0.50", "OtherTaxInformation": '[{"TaxCode": "4"}]',
    }  # fmt: skip


def test_a_compressed_file_reads_the_same(read_saft):
    assert read_saft(gzip.compress(WHOLE.encode()), name="a.xml.gz").rows == read_saft(WHOLE).rows


def test_another_encoding_is_what_the_file_says(read_saft):
    text = WHOLE.replace("UTF-8", "ISO-8859-1")
    assert read_saft(text.encode("latin-1")).rows == read_saft(WHOLE).rows


def test_an_amount_that_is_no_number_is_left_to_the_contract(read_saft):
    reading = read_saft(WHOLE.replace("<n1:Amount>2.00</n1:Amount>", "<n1:Amount>two</n1:Amount>"))
    assert said(reading, 4)["DebitAmount"] == "two"


BOMB = """<?xml version="1.0"?><!DOCTYPE AuditFile [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<AuditFile><Header><DefaultCurrencyCode>&b;</DefaultCurrencyCode></Header></AuditFile>"""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it is empty"),
        ("entry;amount\n1;2\n", "it is not XML to its end"),
        ("<html><body/></html>", "it is no SAF-T file: it begins with html, not with AuditFile"),
        (WHOLE[:-200], "it is not XML to its end"),
        (WHOLE.encode()[:-200] + b"\xff", "it is not XML to its end"),
        (BOMB, "it declares a document type or entities"),
        (BOMB.replace('"ha"', 'SYSTEM "file:///etc/passwd"'), "it declares a document type or entities"),
        ('<!DOCTYPE AuditFile SYSTEM "http://127.0.0.1/a.dtd"><AuditFile/>', "it declares a document type"),
        (HEAD + "<n1:a>" * 40, "its elements stand more than 32 deep"),
        (WHOLE.replace("Entries>1<", "Entries>2<"), "its NumberOfEntries says 2, but its lines come to 1"),
        (WHOLE.replace("Debit>2.00<", "Debit>2.01<"), "its TotalDebit says 2.01, but its lines come to 2.00"),
        (WHOLE.replace("Credit>2.00<", "Credit>x<"), "its TotalCredit says x, but its lines come to 2.00"),
        (WHOLE.replace('encoding="UTF-8"', 'encoding="klingon"'), "it"),
    ],
)
def test_a_file_that_is_no_saft_is_refused_with_its_reason(read_saft, content, reason):
    with pytest.raises(UnreadableFile, match=f"^{reason}"):
        read_saft(content)


def test_an_element_without_end_is_not_held(read_saft, monkeypatch):
    monkeypatch.setattr(elements, "HELD_BYTES", 1 << 20)
    with pytest.raises(UnreadableFile, match="it has an element longer than 1 MiB"):
        read_saft(HEAD + "<n1:MasterFiles>" + "x" * (2 << 20))
    with pytest.raises(UnreadableFile, match="it has an element longer than 1 MiB"):
        read_saft(HEAD + "<n1:MasterFiles>" + '<n1:Customers a="' + "x" * (2 << 20))


def test_many_small_elements_are_let_go(read_saft, monkeypatch):
    monkeypatch.setattr(elements, "HELD_BYTES", 1 << 18)
    monkeypatch.setattr(saft, "ROWS", 1000)
    line = ENTRIES[ENTRIES.index("<n1:Line>") : ENTRIES.index("</n1:Line>") + len("</n1:Line>")]
    many = ENTRIES.replace(line, line * 5000).replace("Debit>2.00<", "Debit>10000.00<")
    reading = read_saft(HEAD + MASTER + many + TAIL)
    assert list(reading.rows) == list(range(1, 5005))
