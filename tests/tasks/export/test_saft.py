"""SAF-T Financial 1.30: the structure that the standard asks for, and the same books when it is read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import parse

from schemas.records.accounts import ACCOUNT_TYPES
from tasks.errors import CountinghouseError, ExportRefused, UsageError
from tasks.export import FORMATS, Export, export_ledger, saft
from tasks.export.saft_grouping import OF_TYPE
from tests.tasks.export.ledgers import OWNER, REQUEST, Ledger, Posted, d
from tests.tasks.export.saft_structure import breaches

SPACE = "{urn:StandardAuditFile-Taxation-Financial:NO}"
Exporting = Callable[..., Export]


def read(path: Path) -> Element:
    root = parse(path).getroot()
    assert root is not None
    return root


def texts(root: Element, path: str) -> list[str | None]:
    return [found.text for found in root.findall(f".//{SPACE}" + path.replace("/", f"/{SPACE}"))]


def test_it_is_as_the_standard_asks(ledger: Ledger, export: Exporting):
    done = export(ledger, "saft")
    assert done.path.name == "SAF-T Financial_732829320_20260115000000.xml"
    assert list(breaches(read(done.path))) == []


@pytest.mark.parametrize(
    ("spoil", "breach"),
    [
        (("<Period>1</Period>", ""), "Journal/Transaction holds"),
        (("<GroupingCode>2400</GroupingCode>", ""), "GeneralLedgerAccounts/Account holds"),
        (("139.50", "139.505"), "Account/ClosingDebitBalance is"),
        (("<Type>BANK</Type>", "<Type>BANKACCOUNTS</Type>"), "Journal/Type is"),
    ],
)
def test_what_is_not_as_the_standard_asks_would_be_seen(
    spoil: tuple[str, str], breach: str, ledger: Ledger, export: Exporting, tmp_path: Path
):
    text = export(ledger, "saft").path.read_text()
    assert spoil[0] in text
    (tmp_path / "spoilt.xml").write_text(text.replace(*spoil, 1))
    assert [found for found in breaches(read(tmp_path / "spoilt.xml")) if breach in found]


def test_a_year_opens_with_retained_earnings_and_no_results(ledger: Ledger, export: Exporting):
    root = read(export(ledger, "saft").path)
    assert (texts(root, "SelectionStartDate"), texts(root, "SelectionEndDate")) == (["2025-01-01"], ["2025-12-31"])
    accounts = {}
    for account in root.iter(f"{SPACE}Account"):
        said = {child.tag.removeprefix(SPACE): child.text for child in account}
        accounts[said["AccountID"]] = [
            d(said.get(f"{when}DebitBalance") or "0") - d(said.get(f"{when}CreditBalance") or "0")
            for when in ("Opening", "Closing")
        ]
    # The sales of 100 less the purchases of 40 of the year before.
    assert accounts["119000"] == [d("-60"), d("-60")]
    assert accounts["707000"] == [d("0"), d("-92.59")]
    assert accounts["411000"] == [d("120"), d("139.5")]
    assert [sum(one) for one in zip(*accounts.values(), strict=True)] == [0, 0]


def test_customers_and_suppliers_have_their_balances_and_names(ledger: Ledger, export: Exporting):
    root = read(export(ledger, "saft").path)
    assert texts(root, "Customer/Name") == ["=cmd|'/C calc'!A0", 'Anna; "Berg"']
    assert texts(root, "Customer/BalanceAccount/ClosingDebitBalance") == ["90.00", "49.50"]
    assert texts(root, "Supplier/Name") == ["Sœurs & Cie <SARL>"]
    assert texts(root, "Supplier/BalanceAccount/OpeningCreditBalance") == ["48.00"]


def test_control_totals_are_those_of_the_entries(ledger: Ledger, export: Exporting):
    root = read(export(ledger, "saft").path)
    assert texts(root, "NumberOfEntries") == [str(len(list(root.iter(f"{SPACE}Transaction"))))] == ["4"]
    for side in ("Debit", "Credit"):
        assert sum(Decimal(amount or "") for amount in texts(root, f"{side}Amount/Amount")) == d("168.78")
        assert texts(root, f"Total{side}") == ["168.78"]


def test_the_tax_stands_at_what_is_taxed(ledger: Ledger, export: Exporting):
    root = read(export(ledger, "saft", date(2024, 1, 1)).path)
    assert texts(root, "TaxInformation/TaxBase") == ["100.00"]
    assert texts(root, "TaxInformation/CreditTaxAmount/Amount") == ["20.00"]


def test_the_tax_s_own_line_says_it_where_no_other_does(ledger: Ledger, export: Exporting):
    tax = Posted("445710", d("-7"), None, "T-1", "S20")
    ledger.entries.append((date(2025, 6, 6), "tax", "journal", [Posted("512000", d("7")), tax]))
    assert texts(read(export(ledger, "saft").path), "TaxInformation/CreditTaxAmount/Amount") == ["7.00"]


def test_what_divides_the_cent_is_refused_with_its_place(ledger: Ledger, export: Exporting, tmp_path: Path):
    lines = [Posted("512000", d("0.005")), Posted("607000", d("-0.005"))]
    ledger.entries.append((date(2025, 5, 5), "bank", "journal", lines))
    with pytest.raises(ExportRefused, match=r"the closing balance of 512000: 1067\.4050 divides the cent"):
        export(ledger, "saft")
    assert not list(tmp_path.glob("out-*/*"))


def test_a_long_number_is_shortened_and_stays_one(ledger: Ledger, export: Exporting):
    for number in ("A" * 39 + "1", "A" * 39 + "2"):
        lines = [Posted("411000", d("1"), number, number), Posted("512000", d("-1"))]
        ledger.entries.append((date(2025, 5, 5), "bank", "journal", lines))
    root = read(export(ledger, "saft").path)
    assert len({party for party in texts(root, "Line/CustomerID") if party and party.startswith("AAA")}) == 2
    assert list(breaches(root)) == []


def test_the_company_s_number_must_be_said(ledger: Ledger, tmp_path: Path):
    home = ledger.publish(tmp_path / "home")
    with pytest.raises(UsageError, match="--registration-number"):
        export_ledger(home, OWNER, "saft", tmp_path / "books.xml", replace(REQUEST, registration_number=None))


def test_every_type_of_account_has_its_place_in_the_norwegian_statement():
    assert OF_TYPE.keys() == set(ACCOUNT_TYPES)


@pytest.mark.parametrize(
    ("spoil", "breach"),
    [
        (("<NumberOfEntries>4<", "<NumberOfEntries>5<"), "its NumberOfEntries says 5, but its lines come to 4"),
        (("<TotalDebit>168.78<", "<TotalDebit>168.79<"), "its TotalDebit says 168.79, but its lines come to 168.78"),
        (("<Amount>3.10<", "<Amount>3.20<"), "its lines come to 168.88"),
        (("<AccountID>512000</AccountID>\n          <SourceD", "<AccountID>607000</AccountID>\n          <SourceD"),
            "account 512000 opens at 1000.0000, is moved by -3.10 and should close at 1067.4000"),
        (("<ClosingDebitBalance>1067.40<", "<ClosingDebitBalance>1067.50<"),
            "account 512000: the closing balance is 1067.4000, in the file 1067.50"),
        (("<OpeningCreditBalance>60.00<", "<OpeningCreditBalance>61.00<"),
            "account 119000: the opening balance is -60.0000, in the file -61.00"),
    ],
)  # fmt: skip
def test_a_file_that_was_written_wrong_is_found_out(
    spoil: tuple[str, str], breach: str, ledger: Ledger, export: Exporting, monkeypatch: pytest.MonkeyPatch
):
    """What is written is read again before it is put in its place."""

    def spoilt(path: Path, *others: object) -> None:
        assert spoil[0] in path.read_text()
        path.write_text(path.read_text().replace(*spoil, 1))
        saft.read_back(path, *others)

    monkeypatch.setitem(FORMATS, "saft", replace(FORMATS["saft"], read_back=spoilt))
    with pytest.raises(CountinghouseError) as refused:
        export(ledger, "saft")
    assert breach in str(refused.value)
