"""Attachments: a file that a mail brings is a delivery of the source that it belongs to, once, and with its trail."""

from datetime import timedelta
from pathlib import Path

import pytest

from tasks.ingest import Ingestion, ingest_source
from tasks.quarantine import replay
from tasks.source import Source, load_sources
from tasks.source.checking import load_source
from tasks.waiting import wait_in_turn
from tests.tasks.conftest import NOON, PAYMENTS, Shop
from tests.tasks.mail_server import PASSWORD, mail, mail_server

MAILS = """
source: desk
description: Mails to the order desk, kept as files
owner: sales
extract: {connector: files, path: "${COUNTINGHOUSE_HOME}/mails/*", format: eml}
attachments:
  "payments*.csv": shop
  "secret*.csv": {source: shop, senders: ["*@bank.example"]}
records:
  interactions:
    columns:
      interaction_id: md5(message_sha256)
      channel_code: "'mail'"
      direction: "'inbound'"
      started_at: sent_at
      topic: subject
"""

HEADER = b"id,day,currency,amount,payer\n"
GOOD = HEADER + b"1,2025-01-02,EUR,10.50,Ada\n"
MORE = HEADER + b"2,2025-01-03,EUR,20,Bea\n"


class Desk(Shop):
    """A desk whose mails bring payments to the shop."""

    def __init__(self, root: Path, text: str = MAILS) -> None:
        super().__init__(root, PAYMENTS)
        (self.home.root / "mails").mkdir()
        self.file = root / "desk.yml"
        self.file.write_text(text)

    @property
    def desk(self) -> Source:
        return load_source(self.file)

    def receive(self, name: str, content: bytes) -> None:
        (self.home.root / "mails" / name).write_bytes(content)

    def take_mails(self) -> Ingestion:
        return ingest_source(self.home, self.desk, NOON)

    def brought(self) -> list[tuple]:
        return self.rows(
            "select attachment_name, status, reason from operations.attachments order by brought_at, rowid"
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def payments(desk: Desk) -> list[str]:
    return [key for (key,) in desk.rows("select payment_id from record.payments order by 1")]


def test_a_file_in_a_mail_is_a_delivery_of_the_source_that_it_belongs_to_and_its_trail_leads_to_the_mail(desk):
    written = mail("Payments", payments_csv=GOOD, letter_pdf=b"%PDF")
    desk.receive("1.eml", written.as_bytes())
    desk.take_mails()
    (load,) = desk.ingest().loads
    assert (payments(desk), load.rows_accepted) == (["1"], 1)
    assert desk.brought() == [("payments.csv", "brought", None)]
    assert desk.rows("""
        select '<' || brought.message_id || '>', mails.file_name, brought.row
        from record.payments as payments
        inner join operations.batches as batches on payments._batch_id = batches.batch_id
        inner join operations.deliveries as deliveries using (source, file)
        inner join operations.attachments as brought
            on deliveries.source = brought.target and deliveries.path = brought.path
        inner join operations.batches as mails on brought.batch_id = mails.batch_id
    """) == [(written["Message-ID"], "1.eml", 1)]


def test_what_was_brought_before_is_a_duplicate_and_is_not_brought_again(desk):
    desk.receive("1.eml", mail("Payments", payments_csv=GOOD).as_bytes())
    desk.take_mails()
    desk.ingest()
    desk.receive("2.eml", mail("Once more", payments2_csv=GOOD).as_bytes())
    desk.take_mails()
    assert desk.brought() == [("payments.csv", "brought", None), ("payments2.csv", "duplicate", None)]
    assert desk.ingest().is_new is False


def test_the_name_of_a_file_is_never_a_path(desk):
    climbing = mail("Payments")
    for name in (
        "../../../payments.csv",
        "/etc/payments.csv",
        "payments/../x.csv",
        "payments\0.csv",
        "payments" * 99 + ".csv",
    ):
        climbing.add_attachment(GOOD + name.encode(), maintype="text", subtype="csv", filename=name)
    desk.file.write_text(MAILS.replace('"payments*.csv"', '"*payments*.csv"'))
    desk.receive("1.eml", climbing.as_bytes())
    desk.take_mails()
    files = sorted(desk.home.attachments.rglob("*"))
    assert [file.parent for file in files if file.is_file()] == [desk.home.attachments / "shop"] * 5
    assert all(len(file.name) < 120 and file.name.startswith("20250602080000-") for file in files if file.is_file())
    assert all(file.suffix == ".csv" for file in files if file.is_file())


def test_a_file_from_somebody_else_is_kept_from_the_source_and_said(desk):
    desk.receive("1.eml", mail(sender="eve@evil.example", secret_csv=GOOD).as_bytes())
    desk.receive("2.eml", mail(sender="Bank <out@bank.example>", secret_csv=MORE).as_bytes())
    assert desk.take_mails().kept_back == [
        "secret.csv of mail 1 in 1.eml was kept from shop: its sender may not send it"
    ]
    assert desk.brought() == [("secret.csv", "refused", "its sender may not send it"), ("secret.csv", "brought", None)]
    desk.ingest()
    assert payments(desk) == ["2"]


def test_a_file_cut_off_with_its_mail_is_kept_from_the_source_and_said(desk):
    whole = mail("Payments", payments_csv=GOOD * 40).as_bytes()
    desk.receive("1.eml", whole[:-500])
    desk.take_mails()
    assert desk.brought() == [("payments.csv", "refused", "the mail ends before it does")]
    assert not desk.home.attachments.exists()


def test_a_file_that_is_not_what_its_name_says_is_refused_by_its_source_alone(desk):
    desk.receive("1.eml", mail("Page", payments_csv=b"<html>Please log in").as_bytes())
    desk.receive("2.eml", mail("Bomb", payments_csv=b"PK\x03\x04" + b"\0" * 1000).as_bytes())
    desk.receive("3.eml", mail("Good", payments_csv=GOOD).as_bytes())
    desk.take_mails()
    ingestion = desk.ingest()
    assert sorted(refused.reason for refused in ingestion.refused) == [
        "it is a zip archive or a workbook",
        "it is an HTML page (a login or an error page?)",
    ]
    assert payments(desk) == ["1"]


def test_the_files_of_a_mailbox_in_one_file_are_brought_in_the_order_of_their_mails(tmp_path):
    desk = Desk(tmp_path, MAILS.replace("format: eml", "format: mbox"))
    letters = [mail(f"Day {day}", payments_csv=HEADER + b"%d,2025-01-02,EUR,1,Ada\n" % day) for day in (1, 2)]
    letters[1].replace_header("Date", "Sun, 01 Jun 2025 10:00:00 +0200")
    desk.receive("a.mbox", b"".join(b"From x Mon Jun  2 10:00:00 2025\n" + one.as_bytes() + b"\n" for one in letters))
    desk.take_mails()
    names = sorted(file.name for file in desk.home.attachments.rglob("*.csv"))
    assert [name[:14] for name in names] == ["20250601080000", "20250602080000"]
    desk.ingest()
    assert payments(desk) == ["1", "2"]


def test_a_mail_that_could_not_be_read_brings_its_files_when_it_is_replayed(desk, monkeypatch):
    desk.receive("1.eml", mail("Payments", payments_csv=GOOD).as_bytes())
    monkeypatch.setattr("tasks.extract.formats.mail.PARTS", 1)
    assert len(desk.take_mails().refused) == 1
    assert desk.brought() == []
    monkeypatch.undo()
    for _ in range(2):
        replay(desk.home, desk.desk, NOON + timedelta(days=1))
    assert desk.brought() == [("payments.csv", "brought", None)]


def test_a_file_that_a_killed_run_has_put_there_is_the_same_delivery(desk, monkeypatch):
    desk.receive("1.eml", mail("Payments", payments_csv=GOOD).as_bytes())
    with monkeypatch.context() as killed:
        killed.setattr("tasks.attachments.write_brought", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.take_mails()
    desk.ingest()
    desk.take_mails()
    assert desk.ingest().is_new is False
    assert desk.brought() == [("payments.csv", "brought", None)]
    assert payments(desk) == ["1"]


BANK = PAYMENTS.replace("source: shop", "source: bank").replace("inbox/*", "inbox/bank/*")

MAILBOX = """
source: post
description: Mails to the order desk
owner: sales
extract:
  connector: mailbox
  host: localhost
  port: ${MAIL_PORT}
  security: none
  user: orders@firm.example
  password: ${MAIL_PASSWORD}
  folders: [Sent]
attachments: {"orders*.csv": shop, "statement*.csv": bank}
records:
  documents:
    columns:
      document_id: md5(coalesce(message_id, message_sha256))
      direction: "'in'"
      channel_code: "'mail'"
      received_at: received_at
      sent_at: sent_at
      party_address: from_address
      party_name: from_name
      subject: subject
      file_sha256: message_sha256
      file_bytes: message_bytes
      attachment_count: attachment_count
"""


def test_one_mailbox_feeds_two_sources_in_one_business_day(tmp_path, monkeypatch):
    """The sources stand in the order of their names; the mailbox is asked first all the same."""
    books = Shop(tmp_path, PAYMENTS)
    for name, text in {"bank": BANK, "post": MAILBOX}.items():
        (tmp_path / f"{name}.yml").write_text(text)
    sources = load_sources(tmp_path)

    def day() -> dict[str, Ingestion]:
        waiting = wait_in_turn(books.home, sources)
        return {one.source.source: ingest_source(books.home, one.source, NOON) for one in waiting if one.is_due}

    with mail_server(tmp_path) as server:
        monkeypatch.setenv("MAIL_PORT", str(server.port))
        monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
        server.begin_anew("Sent")
        orders, statement = mail("Orders", orders_csv=GOOD), mail("Statement", statement_csv=MORE)
        server.deliver("Sent", orders.as_bytes(), statement.as_bytes())
        came = day()
        assert [one.is_new for one in day().values()] == [False]
    assert [load.rows_accepted for name in ("post", "shop", "bank") for load in came[name].loads] == [2, 1, 1]
    assert PASSWORD not in str(came)
    assert books.rows("select payment_id, _source from record.payments order by 1") == [("1", "shop"), ("2", "bank")]
    assert books.rows("select subject, attachment_count from record.documents order by received_at") == [
        ("Orders", 1),
        ("Statement", 1),
    ]
