"""An answer is taken whole, within its time and size, from where it may be taken; nothing else is."""

import gzip
import time
import zlib
from socket import socket

import pytest

from tasks.errors import SourceRefused, SourceUnreachable
from tests.http_server import Reply, in_turn, serving
from tests.tasks.extract.desk import Desk, cases

GOOD = Reply(cases(1))
ONCE = "  limits: {attempts: 1}"
SMALL = "  limits: {attempts: 1, answer_mebibytes: 1}"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def raw(*pieces: bytes, pause: float = 0.0, for_ever: bool = False) -> Reply:
    """What is written to the connection, piece by piece."""

    def write(connection: socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
        while for_ever:
            time.sleep(pause)
            connection.sendall(pieces[-1])

    return Reply(raw=write)


@pytest.mark.parametrize(
    "cut",
    [
        raw(HEAD + b'Content-Length: 1000\r\n\r\n[{"id": '),
        raw(HEAD + b'Transfer-Encoding: chunked\r\n\r\n5\r\n[{"id\r\n'),
        raw(HEAD + b'Connection: close\r\n\r\n[{"id": "1"}, {"id": "2'),
        raw(HEAD + b'Content-Length: 12\r\n\r\n[{"id": "1"},{"id": "2"}]'),
        raw(HEAD + b"Connection: close\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"[]")[:-9]),
        raw(b""),
        raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
    ],
    ids=["length", "chunked", "json", "wrong length", "gzip", "nothing", "another protocol"],
)
def test_an_answer_that_breaks_off_is_asked_for_again(desk: Desk, cut: Reply) -> None:
    desk.server.answers = in_turn(cut, GOOD)
    assert desk.lines() == ['{"id": "1"}']
    assert len(desk.waits.waited) == 1


@pytest.mark.parametrize(
    "slow",
    [
        raw(HEAD, b"", pause=1.0, for_ever=True),
        raw(HEAD, b"X-Drip: 1\r\n", pause=0.05, for_ever=True),
        raw(HEAD + b"Connection: close\r\n\r\n[", b" ", pause=0.05, for_ever=True),
    ],
    ids=["silent", "a header for ever", "a body for ever"],
)
def test_a_server_that_never_comes_to_an_end_is_left(desk: Desk, slow: Reply) -> None:
    desk.server.answers = in_turn(slow)
    started = time.monotonic()
    with pytest.raises(SourceUnreachable, match=r"did not answer"):
        desk.lines(ONCE, seconds=0.3)
    assert time.monotonic() - started < 5


def endless(block: bytes, headers: bytes = b"") -> Reply:
    return raw(HEAD + headers + b"Connection: close\r\n\r\n", block * 64, for_ever=True)


def bomb(size: int) -> bytes:
    return gzip.compress(b"[" + b" " * size + b"]")


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (endless(b"[[[[[[[[" * 128), "more than 1 MiB"),
        (Reply(bomb(30 << 20), headers={"Content-Encoding": "gzip"}), "more than 1 MiB"),
        (Reply(gzip.compress(bomb(9 << 20)), headers={"Content-Encoding": "gzip, gzip"}), "encoding 'gzip, gzip'"),
        (Reply(b"[]", headers={"Content-Encoding": "br"}), "encoding 'br'"),
        (Reply(b"[]", headers={"Content-Encoding": "gzip"}), "compressed, and it is not"),
    ],
    ids=["endless", "gzip bomb", "bomb in a bomb", "unknown", "not compressed"],
)
def test_an_answer_larger_than_allowed_is_refused(desk: Desk, reply: Reply, reason: str) -> None:
    desk.server.answers = in_turn(reply)
    with pytest.raises(SourceRefused, match=reason):
        desk.lines(SMALL)


@pytest.mark.parametrize("compress", [gzip.compress, zlib.compress], ids=["gzip", "deflate"])
def test_a_compressed_answer_is_read(desk: Desk, compress) -> None:
    encoding = "gzip" if compress is gzip.compress else "deflate"
    desk.server.answers = in_turn(Reply(compress(b'[{"id": "1"}]'), headers={"Content-Encoding": encoding}))
    assert desk.lines() == ['{"id": "1"}']


def test_another_host_is_not_told_who_asks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_TOKEN", "secret")
    with serving(in_turn(GOOD)) as other:
        desk.server.answers = in_turn(Reply(status=307, headers={"Location": f"{other.url}/moved"}))
        asked = '  headers: {X-Tenant: ours}\n  authentication: {api_key: {header: X-Desk, key: "${DESK_TOKEN}"}}'
        assert desk.lines(asked) == ['{"id": "1"}']
        assert desk.server.asked[0].headers["x-desk"] == "secret"
        assert desk.server.asked[0].headers["x-tenant"] == "ours"
        assert not {"x-desk", "x-tenant", "cookie"} & other.asked[0].headers.keys()


def test_the_same_host_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_TOKEN", "secret")
    desk.server.answers = in_turn(Reply(status=301, headers={"Location": "/moved"}), GOOD)
    assert desk.lines('  authentication: {bearer: "${DESK_TOKEN}"}') == ['{"id": "1"}']
    assert [asked.headers["authorization"] for asked in desk.server.asked] == ["Bearer secret"] * 2


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "begins with file:"),
        ("gopher://example.org/", "begins with gopher:"),
        ("https://user:pass@example.org/", "holds a password"),
        ("http://[", "no host"),
        ("http://h:99999/", "no host"),
        (f"http://{'a' * 300}.example/", "no host"),
        ("http://[::1", "no address"),
        ("/cases", "more than 5 times"),
    ],
)
def test_a_redirect_leads_to_the_web_and_to_an_end(desk: Desk, location: str, reason: str) -> None:
    desk.server.answers = in_turn(Reply(status=302, headers={"Location": location}))
    with pytest.raises(SourceRefused, match=reason):
        desk.lines()


@pytest.mark.parametrize("url", ["file:///etc", "ftp://example.org", "", "http://", "http://u:p@example.org"])
def test_an_address_of_the_environment_is_of_the_web(desk: Desk, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DESK_URL", url or " ")
    with pytest.raises(SourceRefused, match="address") as refused:
        desk.lines()
    assert "u:p" not in str(refused.value)
