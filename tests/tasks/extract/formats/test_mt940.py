"""MT940 and MT942 as banks write them: every message is a statement that is proven, and a broken one stands alone."""

import logging
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import UnreadableFile
from tasks.extract.formats import mt940

HEAD = ":20:STARTUMS\n:25:10020030/1234567\n:28C:00004/001\n"
DETAILS = (
    ":86:166?00GUTSCHRIFT?100399?20EREF+E-1?21MREF+M-7?22SVWZ+Rechnung?23 R-1\n?30DNBANOKK?31NO9386011117947?32Kari"
    " Nor?33dmann?34914\n"
)
MESSAGE = f"{HEAD}:60F:C250303EUR100,00\n:61:2503040304C2,5NTRFREF1//B-1\nmore\n{DETAILS}:62F:C250304EUR102,50\n-\n"


@pytest.fixture
def read(statements):
    return partial(statements, name="a.sta", format="mt940")


def parts(rows, *columns):
    return [tuple(row.get(column) for column in columns) for row in rows]


def test_a_message_is_a_statement_with_its_lines(read):
    statement, entry = read(MESSAGE)
    assert statement == {
        "part": "statement", "message_type": "MT940", "message_id": "STARTUMS", "account_id": "10020030/1234567",
        "account_currency": "EUR", "statement_id": "2025-03-04 4/1", "statement_no": "00004", "page_no": "001",
        "opening_balance_amount": "100.00", "opening_balance_date": "2025-03-03", "closing_balance_amount": "102.50",
        "closing_balance_date": "2025-03-04", "is_proven": "true",
    }  # fmt: skip
    assert {name: value for name, value in entry.items() if name not in statement} == {
        "entry_no": "1", "line_no": "1", "status": "BOOK", "is_reversal": "false", "is_itemised": "false",
        "amount": "2.5", "currency": "EUR", "booking_date": "2025-03-04", "value_date": "2025-03-04",
        "balance_after_amount": "102.50", "bank_reference": "B-1", "customer_reference": "REF1",
        "end_to_end_id": "E-1", "mandate_id": "M-7", "transaction_code": "NTRF", "bank_transaction_code": "166",
        "posting_text": "GUTSCHRIFT", "return_reason_code": "914", "counterparty_name": "Kari Nordmann",
        "counterparty_iban": "NO9386011117947", "counterparty_account": "NO9386011117947",
        "counterparty_bank": "DNBANOKK", "reference": "Rechnung R-1", "additional_information": "more",
    }  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        MESSAGE.replace("\n", "\r\n"),
        "{1:F01BANKDEFFXXXX0000000000}{2:I940BANKDEFFXXXXN}{4:\r\n" + MESSAGE.replace("-\n", "-}{5:{CHK:0}}\n"),
        "{1:F01BANKDEFFXXXX0000000000}{4:" + MESSAGE,
        "0000 01BANKDEFFXXXX00001\n940 00\n" + MESSAGE,
        "\ufeff" + MESSAGE,
        "\n\n" + MESSAGE.removesuffix("-\n"),
    ],
)
def test_envelopes_and_line_ends_make_no_difference(read, content):
    assert read(content) == read(MESSAGE)


def lines(*marks):
    return "".join(f":61:250304{mark}NTRFNONREF\n:86:text\n" for mark in marks)


def test_debits_and_reversals_go_the_way_they_went(read):
    rows = read(f"{HEAD}:60F:D250303EUR10,\n{lines('D1,', 'C2,', 'RD3,', 'RC4,')}:62F:D250304EUR10,\n")
    assert parts(rows, "amount", "is_reversal", "balance_after_amount")[1:] == [
        ("-1", "false", "-11"), ("2", "false", "-9"), ("3", "true", "-6"), ("-4", "true", "-10"),
    ]  # fmt: skip


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10**11), st.lists(st.integers(-(10**9), 10**9).filter(bool), max_size=6))
def test_any_statement_adds_up_to_the_cent(opening, amounts):
    def written(cents):
        return f"{'D' if cents < 0 else 'C'}{{}}{abs(cents) // 100},{abs(cents) % 100:02}"

    moved = lines(*(written(cents).format("") for cents in amounts))
    closing = opening + sum(amounts)
    text = f"{HEAD}:60F:{written(opening).format('250303EUR')}\n{moved}:62F:{written(closing).format('250304EUR')}\n"
    (found,) = [one for message in mt940._messages(iter(text.split("\n"))) for one in message]
    assert found.refusal() is None
    assert found.total == Decimal(sum(amounts)).scaleb(-2)


def test_pages_have_intermediate_balances_and_are_statements_of_their_own(read):
    first = f"{HEAD}:60F:C250303EUR1,\n{lines('C1,')}:62M:C250304EUR2,\n"
    last = f"{HEAD.replace('/001', '/002')}:60M:C250304EUR2,\n{lines('C1,')}:62F:C250304EUR3,\n"
    rows = read(first + last)
    assert parts(rows, "part", "statement_id", "is_proven")[::2] == [
        ("statement", "2025-03-04 4/1", "true"), ("statement", "2025-03-04 4/2", "true"),
    ]  # fmt: skip


def test_a_message_without_numbers_is_known_by_its_day(read):
    assert read(MESSAGE.replace(":28C:00004/001\n", ""))[0]["statement_id"] == "2025-03-04"


def test_a_statement_that_does_not_add_up_does_not_hold_up_the_next(read):
    rows = read(MESSAGE.replace("102,50", "102,51") + MESSAGE)
    assert parts(rows, "rule") == [("statement:balance",), ("statement:balance",), (None,), (None,)]
    assert "opens at 100.00 EUR, its lines come to 2.5, but it closes at 102.51" in rows[0]["reason"]


def test_a_line_that_cannot_be_read_is_set_aside_with_its_statement(read):
    rows = read(MESSAGE.replace(":61:2503040304C2,5", ":61:250304xx2,5") + MESSAGE)
    assert parts(rows, "rule") == [("statement:balance",), ("structure:field",), (None,), (None,)]
    assert "a field 61 cannot be read" in rows[0]["reason"]
    assert rows[1]["raw"].startswith(":61:250304xx2,5")


def test_what_cannot_be_read_is_not_written_to_the_log(read, caplog):
    with caplog.at_level(logging.DEBUG):
        read(MESSAGE.replace(":61:2503040304C2,5", ":61:secret"))
    assert "secret" not in caplog.text


def test_a_report_of_the_day_is_proven_by_its_sums(read):
    report = f"{HEAD}:34F:EUR0,\n:13D:2503041200+0100\n{lines('C2,50', 'D1,')}:90D:1EUR1,\n:90C:1EUR2,5\n-\n"
    rows = read(report + report.replace(":90D:1EUR1,", ":90D:2EUR1,"))
    assert parts(rows, "message_type", "rule")[::3] == [("MT942", None), ("MT942", "statement:balance")]
    assert "its field 90D says 2 lines of 1, there are 1 of 1" in rows[3]["reason"]


def test_text_after_the_closing_balance_is_the_statements(read):
    rows = read(MESSAGE.replace("-\n", ":64:C250304EUR102,50\n:86:call us\nsoon\n"))
    assert (rows[0]["statement_information"], rows[1]["reference"]) == ("call us\nsoon", "Rechnung R-1")


def test_two_digits_of_a_year_are_of_this_century_or_the_last(read):
    old = f"{HEAD}:60F:C990303DEM1,\n:61:990304C1,NTRFNONREF\n:62F:C990304DEM2,\n"
    assert parts(read(old), "booking_date", "closing_balance_date")[1] == ("1999-03-04", "1999-03-04")


def test_a_booking_over_new_year_has_its_own_year(read):
    text = f"{HEAD}:60F:C241231EUR1,\n:61:2501011231C1,NTRFNONREF\n:62F:C241231EUR2,\n"
    assert parts(read(text), "booking_date", "value_date")[1] == ("2024-12-31", "2025-01-01")


@pytest.mark.parametrize(("currency", "amount"), [("JPY", "1500,"), ("BHD", "1,125"), ("EUR", ",5")])
def test_amounts_have_the_decimals_that_stand_there(read, currency, amount):
    rows = read(f"{HEAD}:60F:C250303{currency}0,\n{lines('C' + amount)}:62F:C250304{currency}{amount}\n")
    assert rows[0]["is_proven"] == "true"
    assert Decimal(rows[1]["amount"]) == Decimal(amount.replace(",", ".") + "0")


def test_another_encoding_is_what_the_source_says(read):
    text = MESSAGE.replace("Kari", "Åse")
    assert read(text.encode("cp1252"), encoding="cp1252") == read(text)
    with pytest.raises(UnreadableFile, match="its line 8 is not utf-8 text; say in the source which `encoding:`"):
        read(text.encode("cp1252"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it is empty"),
        ("date;amount\n1;2\n", "it is no MT940"),
        ("\0" * 100, "it is no MT940"),
        ("<!doctype html><p>log in</p>", "it is an HTML page"),
        ("%PDF-1.7", "it is a PDF"),
        ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>', "it is XML"),
        (MESSAGE + ":86:" + "x" * (5 << 20), "it has a line longer than 4 MiB"),
        (HEAD + "x\n" * (1 << 17), "it has a field 20 longer than 256 Ki of characters"),
    ],
)
def test_what_is_no_mt940_is_refused_with_the_reason(read, content, reason):
    with pytest.raises(UnreadableFile, match=reason):
        read(content)


@pytest.mark.parametrize(
    "field", [":61:" + "9" * 5000, ":61:250304C" + "9" * 5000, ":61:250304C1,N" + "//" * 9000, ":90D:" + "9" * 5000]
)
def test_a_field_made_to_hurt_costs_no_time(read, field):
    rows = read(f"{HEAD}:60F:C250303EUR1,\n{field}\n:62F:C250304EUR1,\n")
    assert {row.get("rule") for row in rows} >= {"statement:balance"}


def test_a_message_cut_off_is_not_proven(read):
    rows = read(MESSAGE[: MESSAGE.index(":62F:")])
    assert rows[0]["is_proven"] == "false"


@settings(deadline=None, max_examples=50)
@given(st.text(alphabet=":0123456789CDEFNRSTU,/\n-{}", max_size=200))
def test_nothing_that_is_written_breaks_the_reader(text):
    try:
        rows = [one for message in mt940._messages(iter(text.split("\n"))) for one in message]
    except UnreadableFile:
        rows = []
    assert isinstance(rows, list)
