"""A real mail server for the tests (pymap), and scripted ones for what no real server does."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from pathlib import Path

from imapclient import IMAPClient

from tests.servers import free_port

USER, PASSWORD = "orders@firm.example", "hunter2"
MONDAY = datetime(2025, 6, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class MailServer:
    """A running mail server with an inbox."""

    port: int

    @contextmanager
    def client(self) -> Iterator[IMAPClient]:
        """A client that may change what is there."""
        with IMAPClient("127.0.0.1", self.port, ssl=False, timeout=20) as client:
            client.login(USER, PASSWORD)
            yield client

    def deliver(self, folder: str, *mails: bytes, at: datetime = MONDAY) -> None:
        """Put mails into a folder, each received a minute after the one before."""
        with self.client() as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            for number, mail in enumerate(mails):
                client.append(folder, mail, msg_time=at + timedelta(minutes=number))

    def begin_anew(self, folder: str) -> None:
        """Make the folder another one of the same name: it gets another UIDVALIDITY."""
        with self.client() as client:
            client.delete_folder(folder)
            client.create_folder(folder)


@contextmanager
def mail_server(folder: Path, *, certificate: Path | None = None) -> Iterator[MailServer]:
    """A mail server of its own process, and gone afterwards."""
    port = free_port()
    tls = ["--cert", str(certificate), "--key", str(certificate)] if certificate else ["--no-tls"]
    program = str(Path(sys.executable).with_name("pymap"))
    where = ["--host", "127.0.0.1", "--port", str(port), *tls]
    account = ["dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
    with (folder / "pymap.log").open("wb") as log:
        process = subprocess.Popen([program, *where, *account], stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(process, port, folder / "pymap.log")
        yield MailServer(port)
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(process: subprocess.Popen, port: int, log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text())


@contextmanager
def scripted(
    answers: dict[bytes, bytes | Iterator[bytes]],
    greeting: bytes = b"* OK hello\r\n",
    heard: list[bytes] | None = None,
) -> Iterator[int]:
    """A server that answers commands by a script, `%s` standing for the command's tag; gives its port."""
    heard = [] if heard is None else heard
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_serve, args=(listening, answers, greeting, heard), daemon=True).start()
        yield int(listening.getsockname()[1])


def _serve(listening: socket.socket, answers: dict, greeting: bytes, heard: list[bytes]) -> None:
    try:
        connection, _ = listening.accept()
        with connection, connection.makefile("rb") as commands:
            connection.sendall(greeting)
            tag = b""
            for line in commands:
                heard.append(line.strip())
                first, _, command = line.strip().partition(b" ")
                # A line without a command is the rest of the one before.
                tag = first if command else tag
                name = next((name for name in answers if command.startswith(name)), None)
                answer = answers[name] if name else b"%s OK done\r\n"
                for piece in [answer] if isinstance(answer, bytes) else answer:
                    connection.sendall(piece.replace(b"%s", tag))
    except OSError:
        # The client has gone: that is what these tests are about.
        return


def mail(
    subject: str = "An order", text: str = "hello", sender: str = "ada@shop.example", **files: bytes
) -> EmailMessage:
    """A mail with files; `orders_csv` is called `orders.csv`."""
    written = EmailMessage(policy=policy.SMTP)
    written["Message-ID"] = f"<{abs(hash((subject, text, sender)))}@shop.example>"
    written["Date"] = "Mon, 02 Jun 2025 10:00:00 +0200"
    written["From"], written["To"], written["Subject"] = sender, USER, subject
    written.set_content(text)
    for name, content in files.items():
        file = ".".join(name.rsplit("_", 1))
        written.add_attachment(content, maintype="application", subtype="octet-stream", filename=file)
    return written
