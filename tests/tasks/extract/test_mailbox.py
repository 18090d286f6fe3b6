"""A mailbox on a real server: each mail is taken once, nothing in it is changed, and a bad server stops only itself."""

import base64
import itertools
import socket
import traceback
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tasks.errors import SourceRefused, SourceUnreachable
from tasks.extract import imap, mailbox
from tasks.extract.fetching import Asking, Fetched, Window
from tasks.ingest import ingest_source
from tests.http_server import Reply, serving
from tests.tasks.conftest import NOON, Shop
from tests.tasks.mail_server import MONDAY, PASSWORD, USER, MailServer, mail, mail_server, scripted

MAILS = """
source: shop
description: Mails to the order desk
owner: sales
extract:
  connector: mailbox
  host: 127.0.0.1
  port: ${MAIL_PORT}
  security: none
  user: ${MAIL_USER}
  password: ${MAIL_PASSWORD}
  folders: [FOLDERS]
records:
  interactions:
    columns:
      interaction_id: md5(coalesce(message_id, message_sha256))
      channel_code: "'mail'"
      direction: if(folder like 'Sent%', 'outbound', 'inbound')
      started_at: coalesce(received_at, sent_at)
      topic: subject
      body: body
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[MailServer]:
    with mail_server(tmp_path_factory.mktemp("mail")) as running:
        yield running


numbers = itertools.count(1)


@pytest.fixture
def folder() -> str:
    """A folder of the test's own on the server that they share."""
    return f"Box {next(numbers)}"


@pytest.fixture
def post(tmp_path, server, folder, monkeypatch) -> Shop:
    """A source that reads the test's folder."""
    monkeypatch.setenv("MAIL_PORT", str(server.port))
    monkeypatch.setenv("MAIL_USER", USER)
    monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
    server.deliver(folder)
    return Shop(tmp_path, MAILS.replace("FOLDERS", folder))


def asked(post: Shop) -> list[Fetched]:
    """What the connector gives, without a warehouse to load it into."""
    return list(mailbox.fetch(post.source, Asking(post.home, NOON, {})))


def topics(post: Shop) -> list[str]:
    return [topic for (topic,) in post.rows("select topic from record.interactions order by started_at")]


def cursors(post: Shop) -> list[str]:
    values = post.rows("select value from operations.cursors order by cursor_no")
    return [value.partition(":")[2] for (value,) in values]


def test_each_mail_is_taken_once_and_kept_byte_for_byte(post, server, folder):
    first, second = (mail(f"Order {at}", orders_csv=bytes(range(256))).as_bytes() for at in (1, 2))
    server.deliver(folder, first, second)
    (load,) = post.ingest().loads
    assert (load.rows_extracted, load.rows_accepted) == (2, 2)
    assert topics(post) == ["Order 1", "Order 2"]
    with zipfile.ZipFile(post.home.landing / "shop" / f"{load.file}.zip") as kept:
        assert [kept.read(name) for name in kept.namelist()] == [first, second]
    assert post.ingest().is_new is False
    server.deliver(folder, mail("Order 3").as_bytes(), at=MONDAY + timedelta(hours=1))
    (load,) = post.ingest().loads
    assert (load.rows_extracted, topics(post)) == (1, ["Order 1", "Order 2", "Order 3"])
    assert len(cursors(post)) == 2


def test_nothing_in_the_mailbox_is_changed(post, server, folder):
    server.deliver(folder, mail().as_bytes())
    post.ingest()
    with server.client() as client:
        said = client.select_folder(folder, readonly=True)
        flags = client.get_flags(client.search("UID 1:*"))
    assert said[b"EXISTS"] == 1
    assert [b"\\Seen" in mark for mark in flags.values()] == [False]


def test_what_the_server_knows_stands_in_the_row(post, server, folder):
    server.deliver(folder, mail().as_bytes())
    post.ingest()
    assert post.rows("select started_at = timestamptz '2025-06-02 09:00:00+00' from record.interactions") == [(True,)]


def test_a_folder_that_begins_anew_is_read_from_the_beginning_and_what_is_known_is_unchanged(post, server, folder):
    server.deliver(folder, mail("Order 1").as_bytes(), mail("Order 2").as_bytes())
    post.ingest()
    server.begin_anew(folder)
    server.deliver(folder, mail("Order 1").as_bytes(), mail("Order 2").as_bytes())
    server.deliver(folder, mail("Order 3").as_bytes(), at=MONDAY + timedelta(hours=1))
    (load,) = post.ingest().loads
    assert (load.rows_extracted, load.rows_unchanged, load.rows_accepted) == (3, 2, 1)
    assert topics(post) == ["Order 1", "Order 2", "Order 3"]


def test_many_mails_come_in_bundles_and_a_run_that_breaks_off_goes_on_where_it_was(post, server, folder, monkeypatch):
    server.deliver(folder, *(mail(f"Order {at}").as_bytes() for at in range(7)))
    monkeypatch.setattr(mailbox, "BUNDLE_MAILS", 3)
    monkeypatch.setattr(mailbox, "DESCRIBED", 2)
    given = mailbox._fetched
    bundles = itertools.count()

    def breaks_off(*args):
        if next(bundles) == 1:
            raise OSError("connection reset")
        return given(*args)

    monkeypatch.setattr(mailbox, "_fetched", breaks_off)
    with pytest.raises(SourceUnreachable, match="shop: the mail server does not answer to the end"):
        post.ingest()
    assert topics(post) == ["Order 0", "Order 1", "Order 2"]
    assert [load.rows_extracted for load in post.ingest().loads] == [3, 1]
    assert topics(post) == [f"Order {at}" for at in range(7)]
    assert len(cursors(post)) == 3


def test_a_long_mail_comes_in_pieces_and_is_whole(post, server, folder, monkeypatch):
    whole = mail("Long", "line\n" * 5_000).as_bytes()
    server.deliver(folder, mail("Short").as_bytes(), whole, mail("After").as_bytes())
    monkeypatch.setattr(mailbox, "CHUNK_BYTES", 4_000)
    (load,) = post.ingest().loads
    with zipfile.ZipFile(post.home.landing / "shop" / f"{load.file}.zip") as kept:
        assert kept.read(kept.namelist()[1]) == whole
    assert topics(post) == ["Short", "Long", "After"]


def test_a_long_list_of_numbers_is_asked_for_in_parts(post, server, folder, monkeypatch):
    server.deliver(folder, *(mail(f"Order {at}").as_bytes() for at in range(5)))
    monkeypatch.setattr(mailbox, "NUMBERS", 2)
    post.ingest()
    assert topics(post) == [f"Order {at}" for at in range(5)]


def test_several_folders_each_have_a_place_of_their_own(post, server, folder):
    sent = f"Sent {folder}"
    post.describe(MAILS.replace("FOLDERS", f"{folder}, {sent}"))
    server.deliver(folder, mail("Order").as_bytes())
    server.deliver(sent, mail("Answer").as_bytes(), at=MONDAY + timedelta(hours=1))
    assert len(post.ingest().loads) == 2
    assert post.rows("select topic, direction from record.interactions order by started_at") == [
        ("Order", "inbound"),
        ("Answer", "outbound"),
    ]
    assert post.ingest().is_new is False


def test_a_past_window_is_fetched_without_moving_on(post, server, folder):
    server.deliver(folder, mail("May").as_bytes(), at=MONDAY - timedelta(days=3))
    server.deliver(folder, mail("June").as_bytes())
    (load,) = ingest_source(post.home, post.source, NOON, window=Window("2025-05-30", "2025-06-01")).loads
    assert (load.rows_extracted, topics(post), cursors(post)) == (1, ["May"], [])


def test_mails_before_the_first_day_are_left_out(post, server, folder):
    post.describe(MAILS.replace("FOLDERS", folder).replace("  folders", "  since: 2025-06-01\n  folders"))
    server.deliver(folder, mail("May").as_bytes(), at=MONDAY - timedelta(days=3))
    server.deliver(folder, mail("June").as_bytes())
    post.ingest()
    assert topics(post) == ["June"]


def test_a_mail_that_cannot_be_read_is_in_quarantine_and_the_others_are_rows(post, server, folder):
    server.deliver(folder, mail("Order").as_bytes())
    server.deliver(folder, b"X-Nothing: known\r\n\r\nhello", at=MONDAY + timedelta(hours=1))
    post.ingest()
    assert topics(post) == ["Order"]
    assert post.refused() == [(2, ["structure:mail"])]


def test_a_wrong_password_is_refused_and_never_repeated(post, monkeypatch):
    monkeypatch.setenv("MAIL_PASSWORD", "swordfish")
    with pytest.raises(SourceRefused) as refused:
        asked(post)
    assert str(refused.value) == "shop: the mail server does not accept the user and the password"
    assert "swordfish" not in repr(refused.value.__cause__)


def test_a_folder_that_is_not_there_is_refused_with_what_the_server_says(post):
    post.describe(MAILS.replace("FOLDERS", "Nowhere"))
    with pytest.raises(SourceRefused, match=r"shop: the mail server says no.*does not exist"):
        asked(post)


def test_a_secret_that_is_not_set_skips_the_source_with_a_sentence(post, monkeypatch):
    monkeypatch.delenv("MAIL_PASSWORD")
    assert mailbox.absent(post.source) == "shop: skipped, MAIL_PASSWORD is not set"
    monkeypatch.delenv("MAIL_USER")
    assert "MAIL_USER is not set" in (post.ingest().skipped or "")


def test_a_server_that_is_not_there_can_be_asked_again(post, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("MAIL_PORT", str(taken.getsockname()[1]))
    with pytest.raises(SourceUnreachable, match="shop: the mail server does not answer to the end"):
        asked(post)


OAUTH2 = """oauth2:
    token_url: ${TOKEN_URL}
    client_id: ${MAIL_CLIENT}
    client_secret: ${MAIL_PASSWORD}
    credentials_in: body"""


def test_a_server_that_takes_no_passwords_is_shown_a_token(post, monkeypatch):
    post.describe(MAILS.replace("FOLDERS", "INBOX").replace("password: ${MAIL_PASSWORD}", OAUTH2))
    heard: list[bytes] = []
    answers = {b"CAPABILITY": UNTIL_FETCH[b"CAPABILITY"], b"AUTHENTICATE": b"+ \r\n", b"EXAMINE": EMPTY}
    token = Reply({"access_token": "t0ken", "token_type": "Bearer"})
    with serving(lambda _: token) as web, scripted(answers, heard=heard) as port:
        for name, value in {"MAIL_PORT": str(port), "MAIL_CLIENT": "desk", "TOKEN_URL": f"{web.url}/token"}.items():
            monkeypatch.setenv(name, value)
        assert asked(post) == []
    assert b"client_secret=hunter2" in web.asked[0].body
    shown = next(line for line in heard if b" " not in line)
    assert base64.b64decode(shown) == f"user={USER}\1auth=Bearer t0ken\1\1".encode()


def test_no_token_is_no_way_in(post, monkeypatch):
    post.describe(MAILS.replace("FOLDERS", "INBOX").replace("password: ${MAIL_PASSWORD}", OAUTH2))
    assert mailbox.absent(post.source) == "shop: skipped, TOKEN_URL is not set; set it to what the source's file needs"
    with serving(lambda _: Reply({"error": "hunter2 is wrong"}, status=401)) as web:
        for name, value in {"MAIL_CLIENT": "desk", "TOKEN_URL": f"{web.url}/token"}.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SourceRefused, match=r"^shop: ") as refused:
            asked(post)
    assert "hunter2" not in str(refused.value)


def test_a_server_that_repeats_the_password_does_not_bring_it_into_a_log(post, monkeypatch):
    with scripted({b"LOGIN": b"%s NO who says hunter2?\r\n"}) as port:
        monkeypatch.setenv("MAIL_PORT", str(port))
        monkeypatch.setenv("MAIL_PASSWORD", "hunter2")
        with pytest.raises(SourceRefused) as refused:
            asked(post)
    assert "hunter2" not in "".join(traceback.format_exception(refused.value))


def endless(line: bytes) -> Iterator[bytes]:
    while True:
        yield line


def slow(line: bytes) -> Iterator[bytes]:
    import time

    while True:
        yield line
        time.sleep(0.05)


EMPTY = b"* 0 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n%s OK done\r\n"
OPENED = b"* 1 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 2] x\r\n%s OK done\r\n"
FOUND = b"* SEARCH 1\r\n%s OK done\r\n"
DESCRIBED = b'* 1 FETCH (UID 1 RFC822.SIZE 10 INTERNALDATE "02-Jun-2025 09:00:00 +0000")\r\n%s OK done\r\n'
UNTIL_FETCH = {b"CAPABILITY": b"* CAPABILITY IMAP4REV1\r\n%s OK done\r\n", b"EXAMINE": OPENED, b"UID SEARCH": FOUND}

HOSTILE = {
    "an answer without end": ({b"EXAMINE": endless(b"* 1 EXISTS\r\n" * 1000)}, SourceRefused, "says more than"),
    "a line without end": ({b"EXAMINE": endless(b"*" * 65536)}, (SourceRefused, SourceUnreachable), "mail server"),
    "a mail said to be 3 GB": (
        {**UNTIL_FETCH, b"UID FETCH": b"* 1 FETCH (UID 1 RFC822.SIZE 3000000000)\r\n%s OK done\r\n"},
        SourceRefused,
        "says that a mail is 3,000,000,000 bytes long",
    ),
    "a text of 3 GB in place of a short mail": (
        {**UNTIL_FETCH, b"UID FETCH 1 (RFC822": DESCRIBED, b"UID FETCH": b"* 1 FETCH (UID 1 BODY[] {3000000000}\r\n"},
        SourceRefused,
        "says more than",
    ),
    "an answer a byte at a time": ({b"EXAMINE": slow(b"*")}, SourceUnreachable, "does not answer to the end"),
    "silence": ({b"EXAMINE": b""}, SourceUnreachable, "does not answer to the end"),
    "no lasting numbers": ({b"EXAMINE": b"* 1 EXISTS\r\n%s OK done\r\n"}, SourceRefused, "no numbers that last"),
    "a mail that is there and is not described": (
        {**UNTIL_FETCH, b"UID FETCH": b"%s OK done\r\n"},
        SourceUnreachable,
        "does not give mail 1, which is there",
    ),
    "a mail that is there and is not given": (
        {**UNTIL_FETCH, b"UID FETCH 1 (RFC822": DESCRIBED, b"UID FETCH": b"%s OK done\r\n"},
        SourceUnreachable,
        "does not give mail 1, which is there",
    ),
    "nonsense": (
        {**UNTIL_FETCH, b"UID FETCH": b"* 1 FETCH (UID x RFC822.SIZE ((\r\n%s OK done\r\n"},
        (SourceRefused, SourceUnreachable),
        "mail server",
    ),
}


@pytest.mark.parametrize(("answers", "error", "sentence"), HOSTILE.values(), ids=HOSTILE)
def test_a_server_that_means_ill_stops_only_itself(post, monkeypatch, answers, error, sentence):
    monkeypatch.setattr(imap, "READ_SECONDS", 1)
    monkeypatch.setattr(imap, "ANSWER_SECONDS", 2)
    monkeypatch.setattr(imap, "ANSWER_BYTES", 100_000)
    with scripted({**UNTIL_FETCH, **answers}) as port:
        monkeypatch.setenv("MAIL_PORT", str(port))
        with pytest.raises(error, match=sentence) as raised:
            asked(post)
    assert "\n" not in str(raised.value)
    assert not list(post.home.landing.glob("*/*.zip"))


def test_a_web_server_in_place_of_a_mail_server_is_told(post, monkeypatch):
    monkeypatch.setattr(imap, "READ_SECONDS", 1)
    with scripted({}, greeting=b"HTTP/1.1 400 Bad Request\r\n\r\n<html>") as port:
        monkeypatch.setenv("MAIL_PORT", str(port))
        with pytest.raises((SourceRefused, SourceUnreachable), match="shop: the mail server"):
            asked(post)
