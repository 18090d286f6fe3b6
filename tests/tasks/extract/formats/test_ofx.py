"""OFX 1 and 2, well-formed or as banks write it: the same rows, exact amounts, and nothing that is expanded."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import UnreadableFile
from tasks.extract.formats import ofx, ofx_tokens

SGML_HEAD = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n"
XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n'
SIGNED_ON = "<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS></SONRS></SIGNONMSGSRSV1>"
LINE = (
    "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20250304235900.000[-5:EST]<DTAVAIL>20250306<TRNAMT>-16.85<FITID>F-1<CHECKNUM>7"
    "<NAME>Kari &amp; Co<MEMO>invoice R-1</STMTTRN>"
)


def body(*lines, balance="<LEDGERBAL><BALAMT>100.99<DTASOF>20250305</LEDGERBAL>", currency="USD"):
    return (
        f"<OFX>{SIGNED_ON}<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS>"
        f"<CURDEF>{currency}<BANKACCTFROM><BANKID>111<ACCTID>222<ACCTTYPE>CHECKING</BANKACCTFROM>"
        f"<BANKTRANLIST><DTSTART>20250301<DTEND>20250305{''.join(lines)}</BANKTRANLIST>{balance}"
        "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    )


def closed(text):
    """The same with every value closed, as XML has it."""
    return ofx_tokens.re.sub(r"<([A-Z0-9]+)>([^<]+)", r"<\1>\2</\1>", text)


@pytest.fixture
def read(statements):
    return partial(statements, name="a.ofx", format="ofx")


def parts(rows, *columns):
    return [tuple(row.get(column) for column in columns) for row in rows]


def test_a_download_is_a_statement_with_its_lines(read):
    statement, entry = read(SGML_HEAD + body(LINE))
    assert statement == {
        "part": "statement", "message_type": "OFX", "account_id": "222", "account_bank": "111",
        "account_currency": "USD", "statement_id": "2025-03-01/2025-03-05", "from_date": "2025-03-01",
        "to_date": "2025-03-05", "closing_balance_amount": "100.99", "closing_balance_date": "2025-03-05",
        "is_proven": "false",
    }  # fmt: skip
    assert {name: value for name, value in entry.items() if name not in statement} == {
        "entry_no": "1", "line_no": "1", "status": "BOOK", "is_reversal": "false", "is_itemised": "false",
        "amount": "-16.85", "currency": "USD", "booking_date": "2025-03-04", "value_date": "2025-03-06",
        "cheque_no": "7", "transaction_id": "F-1", "transaction_code": "DEBIT", "counterparty_name": "Kari & Co",
        "reference": "invoice R-1",
    }  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        XML_HEAD + closed(body(LINE)),
        XML_HEAD + body(LINE),
        SGML_HEAD + closed(body(LINE)),
        SGML_HEAD.replace("\n", "\r\n") + body(LINE).replace("<", "\r\n\t<"),
        SGML_HEAD + body(LINE).replace("Kari &amp; Co", "<![CDATA[Kari & Co]]>"),
        "\n\n" + body(LINE),
        "\ufeff" + body(LINE).lower().replace("kari &amp; co", "Kari &amp; Co").replace("debit", "DEBIT")
        .replace("f-1", "F-1").replace("r-1", "R-1").replace("usd", "USD"),
        SGML_HEAD + body(LINE).replace("<MEMO>", "<!-- a note --><MEMO>"),
        SGML_HEAD + body(LINE).replace("<CHECKNUM>7", "<CHECKNUM>7<REFNUM></REFNUM><SIC/>"),
    ],
)  # fmt: skip
def test_values_may_be_closed_or_not(read, content):
    assert read(content) == read(SGML_HEAD + body(LINE))


def test_cards_and_investment_accounts_are_statements_too(read):
    card = body(LINE).replace("STMTRS", "CCSTMTRS").replace("STMTTRNRS", "CCSTMTTRNRS").replace("BANKACCT", "CCACCT")
    assert parts(read(card), "account_id", "amount")[1] == ("222", "-16.85")
    broker = body(f"<INVBANKTRAN>{LINE}<SUBACCTFUND>CASH</INVBANKTRAN>").replace("STMTRS", "INVSTMTRS")
    assert parts(read(broker), "account_id", "amount")[1] == ("222", "-16.85")


def test_announced_lines_have_no_number(read):
    pending = LINE.replace("STMTTRN", "STMTTRNP").replace("-16.85", "5")
    rows = read(body(LINE, pending))
    assert parts(rows, "status", "line_no")[1:] == [("BOOK", "1"), ("PDNG", None)]


def test_a_line_in_a_currency_of_its_own_says_so(read):
    own = LINE.replace("</STMTTRN>", "<CURRENCY><CURRATE>1.06<CURSYM>EUR</CURRENCY></STMTTRN>")
    converted = LINE.replace("</STMTTRN>", "<ORIGCURRENCY><CURRATE>1.06<CURSYM>EUR</ORIGCURRENCY></STMTTRN>")
    columns = ("currency", "instructed_currency", "exchange_rate")
    assert parts(read(body(own, converted)), *columns)[1:] == [("EUR", None, "1.06"), ("USD", "EUR", "1.06")]


@pytest.mark.parametrize(
    ("written", "amount"),
    [("+00000000000115.8331", "115.8331"), ("12,5", "12.5"), ("-.5", "-0.5"), ("$120", "$120"), ("1e5", "1e5")],
)
def test_amounts_are_exact_and_what_is_none_is_left_to_the_contract(read, written, amount):
    assert read(body(LINE.replace("-16.85", written)))[1]["amount"] == amount


@pytest.mark.parametrize(("written", "day"), [("20120231", "2012-02-31"), ("18990101", "1899-01-01"), ("soon", "soon")])
def test_a_day_that_is_none_is_left_to_the_contract(read, written, day):
    assert read(body(LINE.replace("20250304235900.000[-5:EST]", written)))[1]["booking_date"] == day


def test_the_encoding_is_what_the_file_says(read):
    text = body(LINE).replace("Kari", "Åse")
    as_utf8 = read(SGML_HEAD.replace("USASCII", "UTF-8") + text)
    assert read((SGML_HEAD + text).encode("cp1252")) == as_utf8
    assert read((XML_HEAD.replace("UTF-8", "iso-8859-1") + text).encode("latin-1")) == as_utf8
    with pytest.raises(UnreadableFile, match="bytes that are not of the encoding"):
        read((SGML_HEAD.replace("USASCII", "UTF-8") + text).encode("cp1252"))


def test_an_answer_that_is_an_error_is_set_aside_and_the_rest_is_read(read):
    error = "<STMTTRNRS><STATUS><CODE>2000<SEVERITY>ERROR<MESSAGE>General error</STATUS></STMTTRNRS>"
    rows = read(body(LINE).replace("<BANKMSGSRSV1>", "<BANKMSGSRSV1>" + error))
    assert parts(rows, "rule", "part") == [("statement:error", None), (None, "statement"), (None, "entry")]
    assert rows[0]["reason"] == "the bank gave no statement, but error 2000 General error"


BOMB = '<!DOCTYPE OFX [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it is empty"),
        ("date;amount\n1;2\n", "it is no OFX file"),
        ("\0" * 100, "it is no OFX file"),
        ("<!doctype html><p>log in <OFX>", "it is an HTML page"),
        ("<html><OFX>", "it is an HTML page"),
        ("%PDF-1.7 <OFX>", "it is a PDF"),
        ("<NOTE><OFX></OFX>", None),
        ("<STMTRS><OFX></OFX>", "it is no OFX file: it begins with STMTRS"),
        (XML_HEAD + BOMB + body(LINE), "it declares a document type or entities"),
        ((SGML_HEAD + body(LINE))[:-60], "it is cut off"),
        (SGML_HEAD + "<OFX>" + "<STMTRS>" * 40, "its elements stand more than 32 deep"),
        (SGML_HEAD + "<OFX><MEMO>" + "x" * (1 << 17), "it has a value longer than 64 KiB"),
        (SGML_HEAD + "<OFX><" + "x" * (1 << 17), "it has a value longer than 64 KiB"),
        (SGML_HEAD + "<OFX><STMTRS>" + "".join(f"<A{n}>1" for n in range(300)), "of more than 200 values"),
        (XML_HEAD.replace("UTF-8", "klingon") + body(LINE), "which is no encoding"),
        (
            f"<OFX>{SIGNED_ON.replace('INFO', 'ERROR').replace('CODE>0', 'CODE>15500<MESSAGE>Wrong password')}</OFX>",
            "the bank refused to answer: error 15500 Wrong password",
        ),
    ],
)
def test_what_is_no_ofx_is_refused_with_the_reason(read, content, reason):
    if reason is None:
        assert read(content) == []
        return
    with pytest.raises(UnreadableFile, match=reason):
        read(content)


def test_entities_are_one_character_each(read):
    assert (
        read(body(LINE.replace("&amp;", "&amp;lt; &#38;#38; &b;")))[1]["counterparty_name"] == "Kari &lt; &#38; &b; Co"
    )


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 200))
def test_where_the_blocks_of_a_file_end_makes_no_difference(size):
    class Stream:
        def __init__(self):
            self.rest = (SGML_HEAD + body(LINE, LINE.replace("invoice", "<![CDATA[a < b]]>"))).encode()

        def read(self, _):
            block, self.rest = self.rest[:size], self.rest[size:]
            return block

    class Whole(Stream):
        def read(self, _):
            block, self.rest = self.rest, b""
            return block

    head = len((SGML_HEAD + "<OFX>").encode())
    if size >= head:
        assert list(ofx_tokens.tokens(Stream(), "utf-8")) == list(ofx_tokens.tokens(Whole(), "utf-8"))


def test_the_words_of_the_standard_are_known():
    assert ofx.STATEMENTS <= ofx.AGGREGATES
    assert set(ofx.LINES) <= ofx.AGGREGATES
