"""Proposing a source for a file that nobody has described: what is found, what is told, what is left to do."""

from pathlib import Path

import polars as pl
import pytest
import yaml

from tasks.errors import UsageError
from tasks.propose.opening import encoding_of, layout_of
from tasks.propose.proposal import name_of, propose

GERMAN = """\
Kassenbericht Filiale 3;;;;;;
;;;;;;
Belegnummer;Datum;Artikel-Nr;Menge;Einzelpreis;Netto;Währung
1001;31.12.2025;A-1;2;1.234,50;2.469,00;EUR
1002;30.12.2025;A-2;1;10,00;10,00;EUR
1002;30.12.2025;A-3;1;10,00;10,00;EUR
"""

FRENCH = "Numéro facture\tDate facture\tClient\tMontant HT\tTVA\tMontant TTC\tDate échéance\n" + "".join(
    f"F{number}\t{number:02}/{number:02}/2025\tC{number}\t100,00\t20,00\t120,00\t28/{number:02}/2025\n"
    for number in range(1, 9)
)

NORWEGIAN = "Kontonr,Kontonavn,Kontotype\n1900,Bank,bank\n3000,Salg,revenue\n"

NO_PRICE = "invoice,date,sku,qty\n1,2025-01-02,A,1\n"


def file(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def columns_of(text: str, record: str) -> dict[str, str]:
    return yaml.safe_load(text)["records"][record]["columns"]


def test_a_german_till_with_a_letterhead_in_windows_text_is_sales_lines(tmp_path: Path):
    proposal = propose(file(tmp_path, "kasse_2025-12.csv", GERMAN, "cp1252"))
    extract = yaml.safe_load(proposal.text)["extract"]
    assert (extract["encoding"], extract["delimiter"], extract["skip_lines"]) == ("cp1252", ";", 2)
    columns = columns_of(proposal.text, "sales_lines")
    assert columns["document_date"] == "strptime(Datum, '%d.%m.%Y')"
    assert columns["unit_price_amount"] == "replace(replace(Einzelpreis, '.', ''), ',', '.')"
    assert columns["line_no"] == "row_number() over (partition by Belegnummer order by _row)"
    assert columns["currency_code"] == '"Währung"'
    assert (proposal.name, proposal.trial.admitted, proposal.trial.errors) == ("kasse", 3, ())


def test_french_invoices_whose_days_could_be_months_are_told_so(tmp_path: Path):
    proposal = propose(file(tmp_path, "factures.csv", FRENCH))
    columns = columns_of(proposal.text, "invoices")
    assert columns["document_date"] == "strptime(\"Date facture\", '%d/%m/%Y')"
    assert columns["due_date"] == "strptime(\"Date échéance\", '%d/%m/%Y')"
    assert "may be the other way round\n      document_date" in proposal.text
    assert "may be the other way round\n      due_date" not in proposal.text
    assert proposal.trial.admitted == 8


def test_american_days_are_told_by_a_thirteenth_month_that_is_none(tmp_path: Path):
    text = "receipt,date,item,qty,price\n1,12/31/2025,A,1,2.50\n2,01/02/2026,B,1,2.50\n"
    columns = columns_of(propose(file(tmp_path, "sales.csv", text)).text, "sales_lines")
    assert columns["document_date"] == "strptime(\"date\", '%m/%d/%Y')"


def test_a_norwegian_chart_of_accounts_is_found(tmp_path: Path):
    proposal = propose(file(tmp_path, "kontoplan.csv", NORWEGIAN))
    assert (proposal.record, proposal.trial.admitted) == ("accounts", 2)


def test_paid_in_and_paid_out_are_one_amount(tmp_path: Path):
    text = "Account,Date,Description,Paid in,Paid out,Balance\n" + "".join(
        f"GB1,2025-01-{day:02},SHOP,{'' if day % 2 else '5.00'},{'5.00' if day % 2 else ''},10.00\n"
        for day in range(1, 13)
    )
    proposal = propose(file(tmp_path, "bank_statement.csv", text))
    amount = columns_of(proposal.text, "bank_transactions")["amount"]
    assert '"Paid in"' in amount.split(" - ")[0]
    assert '"Paid out"' in amount.split(" - ")[1]
    assert proposal.trial.admitted == 12


def test_words_that_are_not_known_are_left_to_a_person(tmp_path: Path):
    text = "payment,date,amount,currency,dc\n" + "".join(
        f"{number},2025-01-02,5,EUR,{way}\n" for number, way in enumerate(["credit", "debit", "zzz"] * 6)
    )
    proposal = propose(file(tmp_path, "payments.csv", text))
    assert yaml.safe_load(proposal.text)["lookups"] == {"direction": {"credit": "in", "debit": "out"}}
    assert "# To do: what is zzz? of in, out" in proposal.text
    assert proposal.trial.refused == (("direction:cast", 6),)


def test_what_the_record_needs_and_the_file_lacks_is_to_do_and_nothing_is_tried(tmp_path: Path):
    proposal = propose(file(tmp_path, "sales.csv", NO_PRICE))
    assert "# To do: unit_price_amount is needed" in proposal.text
    assert "needs the column 'unit_price_amount'" in proposal.trial.errors[0]


def test_a_line_break_in_a_columns_name_writes_no_line_of_the_source_file(tmp_path: Path):
    text = 'product_id,price,product_name,"else\nowner: mallory\u2028posting: none"\nA1,2.50,Ada,x\nA2,3.10,Bob,y\n'
    proposal = propose(file(tmp_path, "goods.csv", text))
    assert yaml.safe_load(proposal.text)["owner"] == "to do"
    assert proposal.text.count("owner: mallory posting: none") == 1
    assert (proposal.trial.admitted, proposal.trial.errors) == (2, ())


def test_a_file_without_a_header_gets_columns_by_number(tmp_path: Path):
    text = "".join(f"{number},2025-01-02,5.00\n" for number in range(1, 9))
    with pytest.raises(UsageError, match="look like those of no record"):
        propose(file(tmp_path, "x.csv", text))


def test_no_value_of_the_file_is_written_into_the_proposal_but_words_of_a_list(tmp_path: Path):
    text = "client,name,email\n" + "".join(f"C{n},Ada Lovelace {n},ada{n}@example.org\n" for n in range(9))
    assert "Lovelace" not in propose(file(tmp_path, "crm.csv", text)).text


def test_a_parquet_file_needs_no_delimiter(tmp_path: Path):
    pl.DataFrame({"department": ["D1"], "name": ["Sales"]}).write_parquet(tmp_path / "departments.parquet")
    proposal = propose(tmp_path / "departments.parquet")
    assert (proposal.record, yaml.safe_load(proposal.text)["extract"]["format"]) == ("departments", "parquet")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "it is empty"),
        ("a.pdf", b"%PDF-1.4 nothing", "in no format that can be read"),
        ("a.csv", b"<!doctype html><html></html>", "it is an HTML page"),
        ("a.csv.gz", b"not gzip", "could not be read"),
        ("a.xlsx", b"PK\x03\x04 cut off", "in no format that can be read"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path, name: str, content: bytes, sentence: str):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=sentence):
        propose(tmp_path / name)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b"\xef\xbb\xbfa,b", "utf-8"),
        ("a,ä".encode("utf-16"), "utf-16"),
        ("a,b\nc,d".encode("utf-16-le"), "utf-16-le"),
        ("ä".encode(), "utf-8"),
        ("ä,b".encode("cp1252"), "cp1252"),
        # The block ends within a letter.
        ("ä".encode()[:1], "utf-8"),
    ],
)
def test_the_encoding_is_told_from_the_first_bytes(head: bytes, encoding: str):
    assert encoding_of(head) == encoding


def test_a_comma_in_numbers_is_no_delimiter():
    assert layout_of(["a;b", "1,5;2,5", "3,5;4,5"]) == (";", 0)


def test_a_source_is_called_after_its_file_without_its_day(tmp_path: Path):
    assert name_of(Path("Till-Report_2025-12-31.csv.gz")) == "till_report"
    assert name_of(tmp_path / "corner_shop" / "2025-12-31.csv") == "corner_shop"
