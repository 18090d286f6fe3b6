"""A real HTTP server on loopback whose answers a test writes, one function a behaviour; it may misbehave in any way."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Reply:
    """What to answer; `raw` writes to the connection itself, whatever HTTP says."""

    body: bytes | str | list | dict = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: Callable[[socket], None] | None = None


Answers = Callable[[Asked], Reply]


@dataclass
class Server:
    """A running server, what it answers now, and what it was asked."""

    url: str
    answers: Answers
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def serving(answers: Answers) -> Iterator[Server]:
    """A server on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", "0")))
            asked = Asked(self.command, parts.path, query, headers, body)
            server.asked.append(asked)
            self._reply(server.answers(asked))

        do_POST = do_GET  # noqa: N815

        def _reply(self, reply: Reply) -> None:
            try:
                if reply.raw:
                    self.close_connection = True
                    reply.raw(self.connection)
                    return
                body = reply.body if isinstance(reply.body, bytes) else _text(reply.body).encode()
                # Without a Date of its own: a test may send one.
                self.send_response_only(reply.status)
                for name, value in (
                    {"Content-Type": "application/json", "Content-Length": len(body)} | reply.headers
                ).items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                # The client has gone: that is what many tests are about.
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Nothing: a test looks at what was asked."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server = Server(f"http://127.0.0.1:{http.server_address[1]}", answers)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


def _text(body: str | list | dict) -> str:
    return body if isinstance(body, str) else json.dumps(body)


def in_turn(*replies: Reply) -> Answers:
    """One reply after the other, the last one for ever."""
    left = list(replies)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def paged(rows: Sequence[object], limit: int = 1000) -> Answers:
    """A list by offset and limit, as SODA has them; the list may change while it is read."""

    def answer(asked: Asked) -> Reply:
        offset, size = int(asked.query.get("$offset", "0")), int(asked.query.get("$limit", str(limit)))
        return Reply([*rows][offset : offset + min(size, limit)])

    return answer
