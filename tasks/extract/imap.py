"""A conversation with a mail server, in which no answer may be longer than what was asked for, or take for ever."""

import imaplib
import logging
import socket
import ssl
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from imapclient import IMAPClient, SocketTimeout, imap4, tls
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from tasks.errors import SourceRefused, SourceUnreachable

CONNECT_SECONDS = 20
READ_SECONDS = 60
"""How long a server may say nothing."""

ANSWER_SECONDS = 300
"""How long it may take over one answer; the longest holds some mebibytes."""

ANSWER_BYTES = 4 << 20
"""How long an answer may be beside the mails that were asked for: the numbers of 50,000 mails are half a mebibyte."""

SHOWN = 200
"""Characters of what a server says that are shown."""

Answer = TypeVar("Answer")

# The library writes each command to its log; who lets everything be logged must not find a password there.
logging.getLogger("imapclient").setLevel(logging.INFO)


class _TooLong(Exception):
    """The server says more than it was asked for; no error of the library's, which would wrap it."""


class _Counted:
    """What a server may still say before the answer is complete."""

    left = ANSWER_BYTES

    def read(self, size: int) -> bytes:
        """A text whose length the server has told."""
        self._spend(size)
        return super().read(size)  # type: ignore[misc]

    def readline(self) -> bytes:
        """A line."""
        line: bytes = super().readline()  # type: ignore[misc]
        self._spend(len(line))
        return line

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise _TooLong("the server says more than it was asked for")


class _Plain(_Counted, imap4.IMAP4WithTimeout):
    """A connection in the clear, until STARTTLS makes it another."""


class _Encrypted(_Counted, tls.IMAP4_TLS):
    """A connection by TLS."""


class Conversation(IMAPClient):
    """The library's client, whose answers are bounded in length and time."""

    def __init__(self, host: str, port: int, *, is_encrypted: bool) -> None:
        timeout = SocketTimeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
        self._context = ssl.create_default_context()
        super().__init__(host, port, ssl=is_encrypted, ssl_context=self._context, timeout=timeout)
        # Moments with their offset, as the server tells them, not in the time of this machine.
        self.normalise_times = False

    def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802 - the library's name
        if self.ssl:
            return _Encrypted(self.host, self.port, self.ssl_context, CONNECT_SECONDS)
        return _Plain(self.host, self.port, CONNECT_SECONDS)

    def encrypt(self) -> None:
        """Go on by TLS."""
        self.starttls(self._context)

    def ask(self, question: Callable[..., Answer], *words: Any, mail_bytes: int = 0) -> Answer:
        """An answer; `mail_bytes` is how much of mails it holds."""
        self._imap.left = ANSWER_BYTES + 2 * mail_bytes
        # A server that sends a byte a minute never falls silent: then the connection is closed under it.
        watch = threading.Timer(ANSWER_SECONDS, self._hang_up)
        watch.daemon = True
        watch.start()
        try:
            return question(*words)
        finally:
            watch.cancel()

    def check_gone(self, uids: Collection[int]) -> None:
        """What was asked for and not given must have been removed meanwhile: else it would be passed over for ever.

        Raises IMAPClientAbortError when it is still there.
        """
        still = set(self.ask(self.search, ["UID", ",".join(map(str, uids))])) & set(uids) if uids else set()
        if still:
            raise IMAPClientAbortError(f"it does not give mail {min(still)}, which is there")

    def _hang_up(self) -> None:
        self.socket().shutdown(socket.SHUT_RDWR)


@contextmanager
def conversation(source: str, host: str, port: int, security: str) -> Iterator[Conversation]:
    """A conversation with a server; whatever goes wrong in it is one sentence.

    Raises SourceUnreachable when the server does not answer, SourceRefused when it says no.
    """
    server: Conversation | None = None
    try:
        server = Conversation(host, port, is_encrypted=security == "tls")
        if security == "starttls":
            server.ask(server.encrypt)
        yield server
        with suppress(IMAPClientError, OSError, _TooLong):
            # How it says goodbye changes nothing: all that was asked for is there.
            server.ask(server.logout)
    except LoginError:
        # What the server says to it may repeat what it was told, and a log shows causes as well.
        raise SourceRefused(f"{source}: the mail server does not accept the user and the password") from None
    except ssl.SSLCertVerificationError as error:
        raise SourceRefused(
            f"{source}: the mail server's certificate is not to be trusted ({error.verify_message})"
        ) from error
    except _TooLong as error:
        raise SourceRefused(f"{source}: the mail server says more than it was asked for") from error
    except (IMAPClientAbortError, OSError) as error:
        raise SourceUnreachable(f"{source}: the mail server does not answer to the end ({_said(error)})") from error
    except (IMAPClientError, ValueError, LookupError, AssertionError, TypeError) as error:
        # What is no IMAP at all breaks the library in many ways.
        raise SourceRefused(f"{source}: the mail server says no, or what is no IMAP ({_said(error)})") from error
    finally:
        if server is not None:
            _close(server)


def _close(server: Conversation) -> None:
    try:
        server.shutdown()
    except OSError:
        # It is closed already.
        return


def _said(error: BaseException) -> str:
    text = "".join(one if one.isprintable() else " " for one in str(error))
    return text[:SHOWN].strip() or type(error).__name__
