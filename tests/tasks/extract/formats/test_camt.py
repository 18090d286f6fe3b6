"""CAMT of any version: entries, batches, reversals, balances; no file can do more than be refused."""

import gzip
import json
from functools import partial

import pytest

from tasks.errors import UnreadableFile
from tasks.extract.formats import camt, elements

AROUND = '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{}">{}</Document>'
HEAD = "<GrpHdr><MsgId>M1</MsgId><CreDtTm>2025-03-05T06:00:00+01:00</CreDtTm></GrpHdr>"


def balance(kind, amount, direction="CRDT", day="2025-03-04", currency="EUR"):
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy='{currency}'>{amount}</Amt>"
        f"<CdtDbtInd>{direction}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def entry(amount, direction="CRDT", details="", status="<Sts><Cd>BOOK</Cd></Sts>", currency="EUR", reversal="false"):
    return (
        f"<Ntry><Amt Ccy='{currency}'>{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd><RvslInd>{reversal}</RvslInd>"
        f"{status}<BookgDt><DtTm>2025-03-04T23:30:00-05:00</DtTm></BookgDt><ValDt><Dt>2025-03-06</Dt></ValDt>"
        f"<AcctSvcrRef>B1</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly>"
        f"</Domn><Prtry><Cd>166</Cd></Prtry></BkTxCd>{details}<AddtlNtryInf>SEPA</AddtlNtryInf></Ntry>"
    )


def statement(*parts, number="S1"):
    return f"<Stmt><Id>{number}</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>{''.join(parts)}</Stmt>"


def message(*statements, version="camt.053.001.08"):
    return AROUND.format(version, f"<BkToCstmrStmt>{HEAD}{''.join(statements)}</BkToCstmrStmt>")


@pytest.fixture
def read(statements):
    return partial(statements, name="a.xml", format="camt")


def parts(rows, *columns):
    return [tuple(row.get(column) for column in columns) for row in rows]


PARTIES = (
    "<RltdPties><Dbtr>{0}<Nm>Kari</Nm>{1}</Dbtr><DbtrAcct><Id><IBAN>NO9386011117947</IBAN></Id></DbtrAcct>"
    "<Cdtr>{0}<Nm>We</Nm>{1}</Cdtr></RltdPties><RltdAgts><DbtrAgt><FinInstnId><{2}>DNBANOKK</{2}></FinInstnId></DbtrAgt>"
    "</RltdAgts>"
)
DETAIL = (
    "<NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId><MndtId>M7</MndtId></Refs>{}<RmtInf><Ustrd>invoice</Ustrd>"
    "<Ustrd>R-1</Ustrd><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls>"
)


def test_an_entry_is_a_row_with_what_its_transaction_says(read):
    details = DETAIL.format(PARTIES.format("<Pty>", "</Pty>", "BICFI"))
    rows = read(message(statement(balance("OPBD", "10"), entry("2.50", details=details), balance("CLBD", "12.50"))))
    assert rows[0] == {
        "part": "statement", "message_type": "camt.053", "message_id": "M1", "account_id": "DE02120300000000202051",
        "statement_id": "S1", "opening_balance_amount": "10", "opening_balance_date": "2025-03-04",
        "closing_balance_amount": "12.50", "closing_balance_date": "2025-03-04", "is_proven": "true",
        "balances": rows[0]["balances"],
    }  # fmt: skip
    assert [one["type"] for one in json.loads(rows[0]["balances"])] == ["OPBD", "CLBD"]
    said_of_statement = {name for name in rows[0] if name not in {"part", "balances", "is_proven"}}
    assert {name: value for name, value in rows[1].items() if name not in said_of_statement} == {
        "part": "entry", "entry_no": "1", "line_no": "1", "status": "BOOK", "is_reversal": "false",
        "is_itemised": "false", "amount": "2.50", "currency": "EUR", "booking_date": "2025-03-04",
        "value_date": "2025-03-06", "balance_after_amount": "12.50", "bank_reference": "B1", "end_to_end_id": "E1",
        "mandate_id": "M7", "transaction_code": "PMNT/RCDT/ESCT", "bank_transaction_code": "166",
        "counterparty_name": "Kari", "counterparty_iban": "NO9386011117947",
        "counterparty_account": "NO9386011117947", "counterparty_bank": "DNBANOKK", "debtor_name": "Kari",
        "debtor_account": "NO9386011117947", "debtor_bank": "DNBANOKK", "creditor_name": "We",
        "reference": "invoice\nR-1", "structured_reference": "RF18539007547034", "additional_information": "SEPA",
    }  # fmt: skip


def test_every_version_says_the_same(read):
    new = DETAIL.format(PARTIES.format("<Pty>", "</Pty>", "BICFI"))
    old = DETAIL.format(PARTIES.format("", "", "BIC"))
    today = read(message(statement(entry("2", details=new))))
    for version in ("camt.053.001.02", "camt.053.001.04", "camt.053.001.13"):
        assert read(message(statement(entry("2", details=old, status="<Sts>BOOK</Sts>")), version=version)) == today


def test_reports_and_notifications_are_read_as_statements_are(read):
    inside = f"<Rpt><Id>R1</Id>{entry('2')}</Rpt>"
    rows = read(AROUND.format("camt.052.001.06", f"<BkToCstmrAcctRpt>{HEAD}{inside}</BkToCstmrAcctRpt>"))
    assert parts(rows, "part", "message_type", "amount") == [
        ("statement", "camt.052", None),
        ("entry", "camt.052", "2"),
    ]
    inside = f"<Ntfctn><Id>N1</Id>{entry('2')}</Ntfctn>"
    rows = read(AROUND.format("camt.054.001.08", f"<BkToCstmrDbtCdtNtfctn>{HEAD}{inside}</BkToCstmrDbtCdtNtfctn>"))
    assert parts(rows, "message_type", "statement_id") == [("camt.054", "N1")] * 2


BATCH = "<NtryDtls><Btch><PmtInfId>P1</PmtInfId></Btch>{}</NtryDtls>"
ITEM = "<TxDtls><Refs><EndToEndId>{0}</EndToEndId></Refs><Amt Ccy='EUR'>{1}</Amt><CdtDbtInd>{2}</CdtDbtInd></TxDtls>"


def test_a_batch_gives_its_transactions_as_lines(read):
    details = BATCH.format(ITEM.format("a", "5.00", "DBIT") + ITEM.format("b", "2.00", "DBIT"))
    rows = read(message(statement(balance("OPBD", "10"), entry("7", "DBIT", details), balance("CLBD", "3"))))
    assert parts(rows, "part", "line_no", "amount", "end_to_end_id", "payment_id", "is_itemised", "value_date")[1:] == [
        ("entry", None, "-7", None, "P1", "true", "2025-03-06"),
        ("transaction", "1", "-5.00", "a", None, "true", "2025-03-06"),
        ("transaction", "2", "-2.00", "b", None, "true", "2025-03-06"),
    ]


def test_a_batch_that_says_less_than_its_sum_is_one_line(read):
    details = BATCH.format(ITEM.format("a", "5.00", "CRDT") + ITEM.format("b", "1.00", "CRDT"))
    rows = read(message(statement(entry("7", details=details))))
    assert parts(rows, "part", "line_no", "amount") == [
        ("statement", None, None), ("entry", "1", "7"), ("transaction", None, "5.00"), ("transaction", None, "1.00"),
    ]  # fmt: skip


def test_a_reversal_goes_the_way_it_says_and_names_who_was_paid_first(read):
    details = DETAIL.format(PARTIES.format("<Pty>", "</Pty>", "BICFI"))
    rows = read(message(statement(entry("2", "DBIT", details, reversal="true"))))
    assert parts(rows, "amount", "is_reversal", "counterparty_name")[1] == ("-2", "true", "Kari")


def test_a_mixed_batch_names_the_counterparty_of_each_transaction(read):
    parties = PARTIES.format("<Pty>", "</Pty>", "BICFI")
    mixed = ITEM.replace("</TxDtls>", parties + "</TxDtls>")
    details = BATCH.format(mixed.format("a", "5", "CRDT") + mixed.format("b", "2", "DBIT"))
    rows = read(message(statement(entry("3", details=details))))
    assert parts(rows, "amount", "counterparty_name")[1:] == [("3", None), ("5", "Kari"), ("-2", "We")]


def test_digits_without_a_direction_are_no_money_that_came_in(read):
    details = DETAIL.format("<Amt Ccy='EUR'>2</Amt><CdtDbtInd>CRDT</CdtDbtInd>")
    row = read(message(statement(entry("2", "", details))))[1]
    assert (row.get("amount"), row["currency"]) == (None, "EUR")


def test_an_entry_that_does_not_say_whether_it_is_booked_is(read):
    row = read(message(statement(entry("2", status=""))))[1]
    assert (row.get("status"), row["line_no"]) == (None, "1")


def test_announced_entries_are_rows_without_a_number_and_no_part_of_the_sum(read):
    announced = entry("99", status="<Sts><Cd>PDNG</Cd></Sts>")
    rows = read(message(statement(balance("OPBD", "1"), announced, entry("2"), balance("CLBD", "3"))))
    assert parts(rows, "status", "line_no")[1:] == [("PDNG", None), ("BOOK", "1")]
    assert rows[0]["is_proven"] == "true"


def test_what_was_overdrawn_is_below_zero(read):
    rows = read(message(statement(balance("OPBD", "1", "DBIT"), entry("2"), balance("CLBD", "1"))))
    assert rows[1]["balance_after_amount"] == "1"


def test_pages_are_proven_between_their_intermediate_balances(read):
    first = statement(balance("OPBD", "1"), balance("ITBD", "3"), entry("2"), number="p1")
    middle = statement(balance("ITBD", "3"), balance("ITBD", "7"), entry("4"), number="p2")
    last = statement(balance("ITBD", "7"), balance("CLBD", "12"), entry("5"), number="p3")
    rows = read(message(first, middle, last))
    assert parts([row for row in rows if row["part"] == "statement"], "statement_id", "is_proven") == [
        ("p1", "true"), ("p2", "true"), ("p3", "true"),
    ]  # fmt: skip


def test_the_day_before_closed_where_the_day_does_not_say_how_it_opened(read):
    rows = read(message(statement(balance("PRCD", "1"), entry("2"), balance("CLBD", "3"))))
    assert rows[0]["is_proven"] == "true"


def test_a_statement_that_does_not_add_up_is_set_aside_with_its_figures(read):
    rows = read(message(statement(balance("OPBD", "1"), entry("2"), balance("CLBD", "3.01")), statement(entry("1"))))
    assert parts(rows, "rule") == [("statement:balance",), ("statement:balance",), (None,), (None,)]
    assert rows[0]["reason"] == (
        "statement S1 of account DE02120300000000202051 opens at 1 EUR, its lines come to 2, but it closes at 3.01"
    )


@pytest.mark.parametrize(("currency", "amount"), [("JPY", "1234"), ("BHD", "0.125"), ("EUR", "0.00001")])
def test_amounts_have_the_decimals_that_stand_there(read, currency, amount):
    parts_of_it = [balance("OPBD", "1", currency=currency), entry(amount, currency=currency)]
    rows = read(message(statement(*parts_of_it)))
    assert (rows[1]["amount"], rows[1]["currency"]) == (amount, currency)


@pytest.mark.parametrize("amount", ["1e2", "NaN", "1_0", "", "1.234,56"])
def test_an_amount_that_is_none_is_never_believed(read, amount):
    rows = read(message(statement(balance("OPBD", "1"), entry(amount), balance("CLBD", "1"))))
    assert "has no amount that can be read" in rows[0]["reason"]


def test_a_compressed_file_and_another_encoding_read_the_same(read):
    text = message(statement(entry("2"))).replace("SEPA", "Überweisung")
    assert read(gzip.compress(text.encode()), name="a.xml.gz") == read(text)
    assert read(text.replace("UTF-8", "ISO-8859-1").encode("latin-1")) == read(text)


WHOLE = message(statement(balance("OPBD", "1"), entry("2"), balance("CLBD", "3")))
BOMB = '<!DOCTYPE Document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><Document>&b;</Document>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it is empty"),
        (":20:X\n", "it is not XML to its end"),
        ("\0\0\0", "it is not XML to its end"),
        ("%PDF-1.7", "it is not XML to its end"),
        ("<html><body/></html>", "it is no CAMT file: it begins with html of 'no namespace'"),
        (WHOLE.replace("camt.053", "pain.001"), "it is no CAMT file"),
        (WHOLE[:-30], "it is not XML to its end"),
        (WHOLE.encode()[:-200] + b"\xff", "it is not XML to its end"),
        (WHOLE.replace("UTF-8", "klingon"), "it"),
        (BOMB, "it declares a document type or entities"),
        (BOMB.replace('"ha"', 'SYSTEM "file:///etc/passwd"'), "it declares a document type or entities"),
        (message(), "it holds no statement, report or notification"),
        (WHOLE.replace("<Stmt>", "<Stmt>" + "<x>" * 40), "its elements stand more than 32 deep"),
    ],
)
def test_what_is_no_camt_is_refused_with_the_reason(read, content, reason):
    with pytest.raises(UnreadableFile, match=reason):
        read(content)


def test_an_element_that_never_ends_is_given_up(read, monkeypatch):
    monkeypatch.setattr(elements, "HELD_BYTES", 1 << 18)
    with pytest.raises(UnreadableFile, match="it has an element longer than"):
        read(message(statement(f"<AddtlStmtInf>{'x' * (1 << 19)}</AddtlStmtInf>")))


def test_many_small_elements_are_no_long_one(read, monkeypatch):
    monkeypatch.setattr(elements, "HELD_BYTES", 1 << 17)
    assert len(read(message(statement(*[entry("1")] * 1000)))) == 1001


def test_a_batch_of_more_transactions_than_anyone_pays_is_refused(read, monkeypatch):
    monkeypatch.setattr(camt, "ITEMS", 3)
    with pytest.raises(UnreadableFile, match="an entry of more than 3 transactions"):
        read(message(statement(entry("1", details=BATCH.format(ITEM.format("a", "1", "CRDT") * 4)))))
