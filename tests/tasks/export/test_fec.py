"""The French FEC: its 18 columns, its numbers without a gap, its commas, and its name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from schemas.records.journal_lines import JOURNALS
from tasks.errors import ExportRefused, UsageError
from tasks.export import FORMATS, Export, export_ledger, fec
from tasks.export.writing import Request
from tests.tasks.export.ledgers import OWNER, REQUEST, Ledger, Posted, d
from warehouse.publication import Company

COLUMNS = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
    "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise",
    "Idevise",
)  # fmt: skip
"""The names of article A47 A-1, in its order."""

Exporting = Callable[..., Export]


def rows(path: Path) -> list[dict[str, str]]:
    header, *lines = path.read_bytes().decode().removesuffix("\r\n").split("\r\n")
    assert tuple(header.split("\t")) == COLUMNS
    assert {line.count("\t") for line in lines} == {17}
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines]


def test_it_is_named_by_the_siren_and_the_end_of_the_year(ledger: Ledger, export: Exporting):
    assert export(ledger, "fec").path.name == "732829320FEC20251231.txt"


def test_a_year_that_ends_in_june_ends_in_june(ledger: Ledger, tmp_path: Path):
    home = ledger.publish(tmp_path / "home")
    owner = Company("Ribbon", "EUR", "06-30")
    done = export_ledger(home, owner, "fec", tmp_path, REQUEST, None, date(2025, 3, 31))
    assert (done.path.name, done.first) == ("732829320FEC20250630.txt", date(2024, 7, 1))


def test_the_eighteen_columns(ledger: Ledger, export: Exporting):
    found = rows(export(ledger, "fec").path)
    assert tuple(found[-4].values()) == (
        "EC", "Écarts de change", "4", "20250301", "666000", "Exchange loss", "", "", "INV-2", "20250301", "rate",
        "2,59", "0,00", "", "", "20260102", "0,00", "USD",
    )  # fmt: skip
    assert found[-3]["CompAuxNum"] == "'=C2"
    assert found[-3]["CompAuxLib"] == "'=cmd|'/C calc'!A0"


def test_every_journal_has_its_french_name():
    assert fec.JOURNALS.keys() == set(JOURNALS)
    assert len({code for code, _ in fec.JOURNALS.values()}) == len(JOURNALS)


PAID = (
    date(2025, 2, 15), "bank", "customer_payment",
    [Posted("512000", d("49.50"), "C1", "PAY-2"), Posted("411000", d("-49.50"), "C1", "PAY-2")],
)  # fmt: skip
"""What is left of the first invoice."""


def test_an_invoice_and_its_payments_carry_one_letter_when_they_settle_each_other(ledger: Ledger, export: Exporting):
    ledger.entries.insert(5, PAID)
    found = rows(export(ledger, "fec", date(2024, 1, 1)).path)
    lettered = {(row["PieceRef"], row["CompteNum"], row["DateLet"]) for row in found if row["EcritureLet"] == "A"}
    assert lettered == {(number, "411000", "20250215") for number in ("INV-1", "PAY-1", "PAY-2")}
    assert {row["EcritureLet"] for row in found} == {"A", ""}
    assert {row["DateLet"] for row in found if not row["EcritureLet"]} == {""}


def test_what_is_open_or_was_invoiced_in_another_year_has_no_letter(ledger: Ledger, export: Exporting):
    assert {row["EcritureLet"] for row in rows(export(ledger, "fec", date(2024, 1, 1)).path)} == {""}
    ledger.entries.insert(5, PAID)
    assert {row["EcritureLet"] for row in rows(export(ledger, "fec").path)} == {""}


def test_letters_go_on_after_z():
    assert [fec.letters(number) for number in (1, 26, 27, 52, 53, 702, 703)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "breach"),
    [
        (("\tA\t20250215\t", "\t\t20250215\t"), "what is lettered with nothing has a DateLet"),
        (("\tA\t20250215\t", "\t\t\t"), "what is lettered A does not come to nothing, but to -120.00"),
        (("\tA\t20250215\t", "\tA\t20250216\t"), "is dated 20250215, 20250216, not 20250215"),
        (("\tC1\t", "\tC2\t"), "what is lettered A stands on 2 accounts"),
    ],
)
def test_lines_that_are_lettered_wrong_are_found_out(
    spoil: tuple[str, str], breach: str, ledger: Ledger, export: Exporting, monkeypatch: pytest.MonkeyPatch
):
    ledger.entries.insert(5, PAID)

    def spoilt(path: Path, *others: object) -> None:
        text = path.read_bytes().decode()
        assert spoil[0] in text
        path.write_bytes(text.replace(*spoil, 1).encode())
        fec.read_back(path, *others)

    monkeypatch.setitem(FORMATS, "fec", replace(FORMATS["fec"], read_back=spoilt))
    with pytest.raises(ExportRefused) as refused:
        export(ledger, "fec", date(2024, 1, 1))
    assert breach in str(refused.value)


def test_a_year_begins_with_what_the_years_before_left(ledger: Ledger, export: Exporting):
    opening = [row for row in rows(export(ledger, "fec").path) if row["EcritureNum"] == "1"]
    assert {row["JournalCode"] for row in opening} == {"AN"}
    assert {row["EcritureDate"] for row in opening} == {"20250101"}
    balances = {(row["CompteNum"], row["CompAuxNum"]): (row["Debit"], row["Credit"]) for row in opening}
    assert balances == {
        ("101000", ""): ("0,00", "1000,00"),
        ("119000", ""): ("0,00", "60,00"),
        ("401000", "S1"): ("0,00", "48,00"),
        ("411000", "C1"): ("120,00", "0,00"),
        ("445660", ""): ("8,00", "0,00"),
        ("445710", ""): ("0,00", "20,00"),
        ("512000", ""): ("1000,00", "0,00"),
    }


def test_entries_are_numbered_from_one_without_a_gap_in_the_order_of_their_days(ledger: Ledger, export: Exporting):
    found = rows(export(ledger, "fec", date(2024, 1, 1)).path)
    assert list(dict.fromkeys(int(row["EcritureNum"]) for row in found)) == list(range(1, 8))
    assert [row["EcritureDate"] for row in found] == sorted(row["EcritureDate"] for row in found)


def test_what_somebody_typed_stays_in_its_field(ledger: Ledger, export: Exporting):
    found = rows(export(ledger, "fec", date(2024, 1, 1)).path)
    assert found[2]["EcritureLib"] == "'=1+1; 'quoted' | <b>& 2025-01-01 * (9) \\ @sum, -5"
    assert found[-2]["CompteLib"] == "Bank fees (all)"
    assert all(row["EcritureLib"] and row["PieceRef"] for row in found)


@pytest.mark.parametrize("siren", [None, "12345678", "12345678X"])
def test_a_folder_needs_the_siren_and_a_file_does_not(siren: str | None, ledger: Ledger, tmp_path: Path):
    home, request = ledger.publish(tmp_path / "home"), Request(siren, REQUEST.created_on, "1")
    with pytest.raises(UsageError, match="nine digits"):
        export_ledger(home, OWNER, "fec", tmp_path, request)
    assert export_ledger(home, OWNER, "fec", tmp_path / "fec.txt", request).path.exists()


def test_an_account_that_no_field_can_hold_is_refused(ledger: Ledger, export: Exporting):
    ledger.accounts['51"2'] = ("Bank", "bank", None)
    ledger.entries.append((date(2025, 5, 5), "bank", "journal", [Posted('51"2', d("1")), Posted("512000", d("-1"))]))
    with pytest.raises(ExportRefused, match="cannot stand in an FEC"):
        export(ledger, "fec")


def test_accounts_that_are_none_of_the_plan_comptable_are_told(ledger: Ledger, export: Exporting):
    assert export(ledger, "fec").notes == ()
    ledger.accounts["CASH"] = ("Till", "bank", None)
    ledger.entries.append((date(2025, 5, 5), "bank", "journal", [Posted("CASH", d("1")), Posted("512000", d("-1"))]))
    (note,) = export(ledger, "fec").notes
    assert "1 account(s) do not begin with 3 digits of the plan comptable général, such as CASH" in note


@pytest.mark.parametrize(
    ("spoil", "breach"),
    [
        (("\t5\t20250331", "\t6\t20250331"), "EcritureNum 6 comes after 4"),
        (("\t3,10\t", "\t3,20\t"), "entry 5 does not balance: 0.10 more debit than the other side"),
        (("607000", "627000"), "account 607000"),
        (("119000\tReport à nouveau\t\t\topening balances\t20250101\topening balance\t0,00\t60,00",
            "119000\tReport à nouveau\t\t\topening balances\t20250101\topening balance\t0,00\t61,00"),
            "account 119000: the opening balance is -60.0000, in the file -61.00"),
        (("\tFEE-1\t20250331", "\t20250331"), "is no row"),
    ],
)  # fmt: skip
def test_a_file_that_was_written_wrong_is_found_out(
    spoil: tuple[str, str], breach: str, ledger: Ledger, export: Exporting, monkeypatch: pytest.MonkeyPatch
):
    """What is written is read again before it is put in its place."""
    lines = [Posted("607000", d("1")), Posted("512000", d("-1"))]
    ledger.entries.insert(-1, (date(2025, 4, 30), "bank", "journal", lines))

    def spoilt(path: Path, *others: object) -> None:
        text = path.read_bytes().decode()
        assert spoil[0] in text
        path.write_bytes(text.replace(*spoil, 1).encode())
        fec.read_back(path, *others)

    monkeypatch.setitem(FORMATS, "fec", replace(FORMATS["fec"], read_back=spoilt))
    with pytest.raises(ExportRefused) as refused:
        export(ledger, "fec")
    assert breach in str(refused.value)
