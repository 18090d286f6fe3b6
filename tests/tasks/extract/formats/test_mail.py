"""A mail as a row: whatever its encodings and its nesting, what a person reads in it is what stands there."""

import base64
import json
from email import policy
from email.message import EmailMessage
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.formats.mail import DEPTH, NoMail, RawMail, read_mail


def row(text: str | bytes, **known):
    content = text if isinstance(text, bytes) else dedent(text).replace("\n", "\r\n").encode()
    return read_mail(RawMail(content, **known)).row


def files(text: str | bytes):
    content = text if isinstance(text, bytes) else dedent(text).replace("\n", "\r\n").encode()
    return {one.name: one for one in read_mail(RawMail(content)).attachments}


def test_a_plain_mail_is_a_row():
    read = row("""\
        Message-ID: <1@shop.example>
        Date: Tue, 01 Jul 2025 10:00:00 +0200
        Received: from a by b with SMTP; Tue, 1 Jul 2025 08:00:07 +0000
        From: "Byron, Ada" <ada@shop.example>
        To: Orders <orders@firm.example>, "Bea (sales)" <bea@firm.example>
        Cc: cleo@firm.example
        Subject: An order
        In-Reply-To: <0@firm.example>
        References: <00@firm.example>
         <0@firm.example>
        List-Id: Shops <shops.example>
        Auto-Submitted: auto-generated

        Ten lanterns,
        please.
        """)
    assert {name: value for name, value in read.items() if value and not name.startswith("message_")} == {
        "sent_at": "2025-07-01 08:00:00",
        "received_at": "2025-07-01 08:00:07",
        "from_address": "ada@shop.example",
        "from_name": "Byron, Ada",
        "to_addresses": "orders@firm.example, bea@firm.example",
        "cc_addresses": "cleo@firm.example",
        "subject": "An order",
        "body": "Ten lanterns,\nplease.",
        "body_type": "plain",
        "in_reply_to": "0@firm.example",
        "references": "<00@firm.example> <0@firm.example>",
        "attachment_count": "0",
        "list_id": "Shops <shops.example>",
        "auto_submitted": "auto-generated",
    }
    assert read["message_id"] == "1@shop.example"


SUBJECTS = {
    b"=?utf-8?q?Gr=C3=BC=C3=9Fe?=": "Grüße",
    b"=?iso-8859-1?Q?Gr=FC=DFe?= aus =?utf-8?B?S8O2bG4=?=": "Grüße aus Köln",
    # A letter that is cut in two by the encoded words.
    b"=?utf-8?B?w4Q=?=\r\n =?utf-8?B?w6Q=?=": "Ää",
    b"=?utf-8?q?=C3?= =?utf-8?q?=A9?=": "é",
    "Grüße".encode(): "Grüße",
    "Grüße".encode("cp1252"): "Grüße",
    b"=?gb2312?B?xOO6ww==?=": "你好",
    b"=?none-such?q?caf=C3=A9?=": "café",
    b"=?utf-8?b?this is not?=": "=?utf-8?b?this is not?=",
    b"=SUM(A1:A9)": "=SUM(A1:A9)",
    b"a\0b": "a\ufffdb",
    b"": None,
}


@pytest.mark.parametrize(("raw", "read"), SUBJECTS.items(), ids=[repr(raw)[:40] for raw in SUBJECTS])
def test_a_subject_is_read_in_its_encoding(raw, read):
    assert row(b"From: a@b.example\r\nSubject: " + raw + b"\r\n\r\nx")["subject"] == read


NAMES = {
    b"filename=orders.csv": "orders.csv",
    b"filename*=utf-8''M%C3%A4rz.csv": "März.csv",
    b"filename*0*=utf-8''M%C3%A4; filename*1=\"rz.csv\"": "März.csv",
    b'filename="=?utf-8?B?TcOkcno=?=.csv"': "März.csv",
    b"filename==?iso-8859-1?Q?M=E4rz?=.csv": "März.csv",
    'filename="März.csv"'.encode(): "März.csv",
    b"filename=my orders.csv": "my orders.csv",
    b'filename="../../etc/passwd"': "../../etc/passwd",
    b'filename="a\0.csv"': "a\ufffd.csv",
}


@pytest.mark.parametrize(("raw", "read"), NAMES.items(), ids=[repr(raw)[:40] for raw in NAMES])
def test_the_name_of_an_attachment_is_read_however_it_is_written(raw, read):
    mail = (
        b"From: a@b.example\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; " + raw + b"\r\n\r\nid\r\n1"
    )
    assert {name: one.content for name, one in files(mail).items()} == {read: b"id\r\n1"}


BODIES = {
    ("utf-8", "Grüße".encode()): ("Grüße", None),
    ("iso-8859-1", "10 €".encode("cp1252")): ("10 €", None),
    ("us-ascii", "Grüße".encode()): ("Grüße", "its text is not us-ascii, as it says"),
    ("utf-8", "Grüße".encode("cp1252")): ("Grüße", "its text is not utf-8, as it says"),
    ("none-such", b"plain"): ("plain", "its text is not none-such, as it says"),
    ("utf-16", "Grüße".encode("utf-16")): ("Grüße", None),
}


@pytest.mark.parametrize(("said", "read"), BODIES.items(), ids=[f"{name} {raw!r}" for name, raw in BODIES])
def test_a_text_is_read_in_its_encoding_also_when_it_names_another(said, read):
    charset, raw = said
    mail = (
        f"From: a@b.example\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    found = row(mail.encode() + base64.b64encode(raw))
    assert (found["body"], found["notes"]) == read


def test_a_text_without_an_encoding_is_read():
    assert row("From: a@b.example\r\n\r\nGrüße".encode())["body"] == "Grüße"


def test_of_several_tellings_the_plain_text_is_the_body():
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = "a@b.example"
    mail.set_content("the plain telling")
    mail.add_alternative("<p>the other</p>", subtype="html")
    assert row(mail.as_bytes())["body"] == "the plain telling"


def test_html_becomes_the_text_that_a_reader_sees():
    read = row("""\
        From: a@b.example
        Content-Type: text/html; charset=utf-8

        <html><head><title>no</title><style>p {color: red}</style></head><body><p>Dear Ada,</p>
        <p>ten &amp; one<br>lanterns</p><script>alert('no')</script>
        <table><tr><td>A</td><td>1</td></tr><tr><td>B</td><td>2</td></tr></table></body></html>
        """)
    assert (read["body"], read["body_type"]) == ("Dear Ada,\n\nten & one\nlanterns\n\nA\t\t1\nB\t\t2", "html")


def test_lines_that_a_mail_program_broke_are_put_together():
    read = row("""\
        From: a@b.example
        Content-Type: text/plain; format=flowed

        A line that is\x20
        long.
        > quoted
         >From the start
        """)
    assert read["body"] == "A line that is long.\n> quoted\n>From the start"


def test_text_before_and_after_an_attachment_is_all_of_the_body():
    read = row("""\
        From: a@b.example
        Content-Type: multipart/mixed; boundary=x

        --x

        before
        --x
        Content-Type: text/csv; name=a.csv

        id
        --x

        after
        --x--
        """)
    assert (read["body"], read["attachment_names"]) == ("before\n\nafter", '["a.csv"]')


def test_pictures_within_the_text_are_no_attachments():
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = "a@b.example"
    mail.set_content("<img src='cid:logo'>hello", subtype="html")
    mail.add_related(b"PNG", "image", "png", cid="<logo>")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="letter.pdf")
    read = row(mail.as_bytes())
    assert (read["body"], read["attachment_count"], read["attachment_names"]) == ("hello", "1", '["letter.pdf"]')
    assert [one.get("inline", False) for one in json.loads(read["attachments"])] == [True, False]


def test_a_mail_within_a_mail_is_an_attachment_and_so_is_what_it_brings():
    inner = EmailMessage(policy=policy.SMTP)
    inner["From"], inner["Subject"] = "bank@bank.example", "Your statement"
    inner.set_content("inner text")
    inner.add_attachment(b"id\n1\n", maintype="text", subtype="csv", filename="statement.csv")
    outer = EmailMessage(policy=policy.SMTP)
    outer["From"], outer["Subject"] = "a@b.example", "Fwd"
    outer.set_content("outer text")
    outer.add_attachment(inner)
    read = row(outer.as_bytes())
    assert (read["subject"], read["body"]) == ("Fwd", "outer text")
    assert read["attachment_names"] == '["Your statement.eml", "statement.csv"]'
    assert files(outer.as_bytes())["statement.csv"].content == b"id\n1\n"
    assert row(files(outer.as_bytes())["Your statement.eml"].content)["body"] == "inner text"


def test_a_part_without_a_name_is_called_by_its_number():
    read = row("""\
        From: a@b.example
        Content-Type: multipart/mixed; boundary=x

        --x

        hello
        --x
        Content-Type: application/pdf

        %PDF
        --x--
        """)
    assert read["attachment_names"] == '["part-2.pdf"]'


SEALED = {
    "multipart/signed; boundary=x": ("signed", None),
    "multipart/encrypted; boundary=x": ("encrypted", "encrypted content (PGP)"),
    "application/pkcs7-mime; smime-type=enveloped-data": ("encrypted", "encrypted content (S/MIME)"),
    "application/x-pkcs7-mime; smime-type=signed-data": ("signed", "content inside its signature (S/MIME)"),
    "application/ms-tnef; name=winmail.dat": (None, "winmail.dat (Outlook's own format; what is in it is not read)"),
}


@pytest.mark.parametrize(("kind", "told"), SEALED.items(), ids=SEALED)
def test_what_cannot_be_read_is_said(kind, told):
    text = "--x\r\n\r\nhello\r\n--x\r\nContent-Type: application/pgp-signature\r\n\r\nsig\r\n--x--\r\n"
    read = row(f"From: a@b.example\r\nContent-Type: {kind}\r\n\r\n{text}".encode())
    assert (read["protection"], read["unread"]) == told
    assert (read["body"] == "hello") == (kind.startswith("multipart/signed"))


def test_a_report_of_a_mail_that_was_not_delivered_says_so():
    read = row("""\
        From: mailer-daemon@b.example
        Content-Type: multipart/report; report-type=delivery-status; boundary=x

        --x

        not delivered
        --x
        Content-Type: message/delivery-status

        Reporting-MTA: dns; b.example

        Action: failed
        --x--
        """)
    assert (read["report_type"], read["body"]) == ("delivery-status", "not delivered")


def test_a_mail_from_1899_keeps_its_moment_and_one_without_a_moment_says_so():
    assert row("From: a@b.example\nDate: Sun, 31 Dec 1899 23:00:00 -0200\n\nx")["sent_at"] == "1900-01-01 01:00:00"
    read = row("From: a@b.example\nDate: 31.12.2025 quarter past\n\nx")
    assert (read["sent_at"], read["notes"]) == (None, "Date is no moment: '31.12.2025 quarter past'")


def test_an_attachment_cut_off_in_the_middle_is_said_to_be_damaged():
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = "a@b.example"
    mail.set_content("hello")
    mail.add_attachment(b"id,amount\n" * 200, maintype="text", subtype="csv", filename="a.csv")
    whole = mail.as_bytes()
    assert files(whole)["a.csv"].damage is None
    read = row(whole[:-900])
    assert read["notes"] == "a.csv: the mail ends before it does"
    assert read["body"] == "hello"
    broken = whole.replace(b"LGFtb3VudA", b"LGF*b3VudA")
    assert files(broken)["a.csv"].damage == "it is not encoded as base64 to its end"


def test_what_the_server_knows_stands_beside_what_the_mail_says():
    from datetime import UTC, datetime

    read = row("From: a@b.example\n\nx", folder="Sent", uid="7", received_at=datetime(2025, 1, 2, 3, tzinfo=UTC))
    assert (read["folder"], read["uid"], read["received_at"]) == ("Sent", "7", "2025-01-02 03:00:00")


def nested(depth: int) -> bytes:
    parts = [b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (at, at) for at in range(depth)]
    return b"From: a@b.example\r\n" + b"".join(parts) + b"\r\nx\r\n"


HOSTILE = {
    "10,000 parts in each other": (nested(10_000), f"its parts stand more than {DEPTH} deep in each other"),
    "100,000 parts beside each other": (
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 100_000,
        "it has more than 1,000 parts",
    ),
    "100,000 headers": (b"From: a@b.example\r\n" * 100_000 + b"\r\nx", "it has more than 10,000 headers"),
    "an HTML page": (b"<html><body>Please log in</body></html>", "it is no mail: it begins with none"),
    "nothing but lines": (b"\n" * 5_000_000, "it has more than 2,000,000 lines"),
}


@pytest.mark.parametrize(("content", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_mail_made_to_take_hours_is_refused_in_one_sentence(content, reason):
    with pytest.raises(NoMail, match=reason):
        read_mail(RawMail(content))


def test_a_header_of_10_mb_is_read_in_part_and_said():
    read = row(b"From: a@b.example\r\nSubject: " + b"w" * 10_000_000 + b"\r\n\r\nx")
    assert len(read["subject"]) == 1 << 18
    assert read["notes"] == "Subject is 10,000,000 characters long; 262,144 are read"


def test_addresses_made_to_take_hours_are_given_up():
    read = row(b"From: a@b.example\r\nTo: " + b"(" * 100_000 + b"\r\n\r\nx")
    assert (read["to_addresses"], read["notes"]) == (None, "To is nested too deeply to be read")


def test_five_thousand_recipients_are_read():
    to = ",\r\n ".join(f'"Ada {at}" <ada{at}@b.example>' for at in range(5_000))
    assert row(f"From: a@b.example\r\nTo: {to}\r\n\r\nx".encode())["to_addresses"].count("@") == 5_000


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), max_size=30)


@settings(deadline=None, max_examples=60)
@given(subject=words, name=words, text=words, attached=st.binary(max_size=200), file=words)
def test_what_is_written_is_read_back(subject, name, text, attached, file):
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"] = subject
    mail["From"] = f"{json.dumps(name, ensure_ascii=False)} <ada@shop.example>" if name else "ada@shop.example"
    mail["Date"] = "Tue, 01 Jul 2025 10:00:00 +0200"
    mail.set_content(text)
    mail.add_attachment(attached, maintype="application", subtype="octet-stream", filename=f"{file}.bin")
    content = mail.as_bytes()
    read = row(content)
    assert (read["subject"] or "", read["from_address"]) == (subject, "ada@shop.example")
    assert (read["body"] or "") == text
    assert (read["sent_at"], read["notes"]) == ("2025-07-01 08:00:00", None)
    ((found, one),) = files(content).items()
    assert (found, one.content, one.damage) == (f"{file}.bin", attached, None)


@settings(deadline=None, max_examples=150)
@given(start=st.binary(max_size=40), at=st.integers(0, 2000), noise=st.binary(max_size=20))
def test_no_bytes_are_more_than_a_refusal(start, at, noise):
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = "Ada <a@b.example>", "b@b.example", "Grüße"
    mail.set_content("text")
    mail.add_alternative("<p>x", subtype="html")
    mail.add_attachment(b"abc" * 20, maintype="text", subtype="csv", filename="März.csv")
    whole = mail.as_bytes()
    spoiled = start + whole[: at % len(whole)] + noise + whole[at % len(whole) :]
    try:
        read = row(spoiled)
    except NoMail:
        return
    for value in read.values():
        (value or "").encode()


def test_a_mail_on_which_the_library_breaks_is_refused_by_itself(monkeypatch):
    monkeypatch.setattr("tasks.extract.formats.mail.parts_of", lambda _: {}["no such part"])
    with pytest.raises(NoMail, match="it cannot be taken apart as a mail \\(KeyError\\)"):
        row("From: a@b.example\n\nx")


def test_what_is_no_ascii_where_only_ascii_may_stand_is_text_all_the_same():
    """Bytes outside ASCII in an address, a media type, an encoding's name."""
    read = row(
        b"From: <\xc3\xa4da@b.example>\r\nTo: <\xff@b.example>\r\n"
        b"Content-Type: multipart/report; report-type=\xff; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: text/plain; charset=\xff\r\n\r\nhello\r\n"
        b"--x\r\nContent-Type: application/\xff\r\n\r\nhello\r\n--x--"
    )
    assert (read["from_address"], read["to_addresses"], read["body"]) == ("äda@b.example", "ÿ@b.example", "hello")
    for value in read.values():
        (value or "").encode()
