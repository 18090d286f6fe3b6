"""A mail as one row: who wrote when to whom about what, its text as a person reads it, and what came with it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.feedparser import BytesFeedParser
from email.message import Message

import polars as pl

from tasks.extract.formats.mail_headers import Headers, clean, listed
from tasks.extract.formats.mail_parts import Attachment, parts_of
from tasks.extract.formats.text import ROW, Malformed, TextBatch, printable

MAIL_BYTES = 64 << 20
"""How long a mail may be: more than twice what most servers take; it is taken apart in memory."""

LINES = 2_000_000
"""How many lines a mail may have; base64 of the longest mail has half of them."""

DEPTH = 30
"""How deep parts may stand in each other; a mail forwarded ten times, each time as an attachment, is twenty deep."""

PARTS = 1_000
HEADERS = 10_000
"""How many parts and headers a mail may have; the largest digests have some hundreds."""

RAW_LENGTH = 10_000
"""How much of a mail that could not be read is shown in quarantine; all of it is in the landed file."""

MARKS = {"from", "date", "subject", "message-id", "to", "received", "return-path", "content-type", "mime-version"}
"""Headers of which every mail has at least one."""

COLUMNS = (
    "message_id", "sent_at", "received_at", "from_address", "from_name", "sender_address", "reply_to_addresses",
    "to_addresses", "cc_addresses", "bcc_addresses", "subject", "body", "body_type", "in_reply_to", "references",
    "attachment_count", "attachment_names", "attachments", "protection", "unread", "list_id", "auto_submitted",
    "precedence", "importance", "report_type", "return_path", "delivered_to", "authentication_results", "mail_program",
    "folder", "uid", "message_sha256", "message_bytes", "notes",
)  # fmt: skip
"""The columns; what a mail does not say is null."""

BATCH_ROWS = 1_000
BATCH_BYTES = 32 << 20
"""How many mails make a batch, and about how many bytes, at most."""


class NoMail(ValueError):
    """Bytes that cannot be taken apart as a mail; the reason is a sentence."""


@dataclass(frozen=True)
class RawMail:
    """A mail as it was received, and what is known of it beside what it says itself."""

    content: bytes
    folder: str | None = None
    uid: str | None = None
    received_at: datetime | None = None
    refusal: str | None = None
    """Why it is not to be read: too long, encrypted by the archive."""


@dataclass(frozen=True)
class Mail:
    """A mail taken apart."""

    row: dict[str, str | None]
    attachments: list[Attachment]


class _AsReceived(policy.Compat32):
    """The library's older policy, which hides bytes that are no ASCII; here a header is what stands there."""

    def header_fetch_parse(self, _name: str, value: str) -> str:
        """The value of a header."""
        return value


AS_RECEIVED = _AsReceived()


class _Counted(Message):
    """A part that knows how deep it stands; of too many parts, headers or levels the library makes hours of work."""

    def __init__(self, counts: dict[str, int]) -> None:
        super().__init__(AS_RECEIVED)
        self._counts = counts
        self._depth = 0
        self._count("parts", PARTS)

    def attach(self, payload: Message) -> None:  # type: ignore[override]
        """Add a part."""
        if isinstance(payload, _Counted):
            payload._depth = self._depth + 1
            if payload._depth > DEPTH:
                raise NoMail(f"its parts stand more than {DEPTH} deep in each other")
        super().attach(payload)

    def set_raw(self, name: str, value: str) -> None:
        """Add a header."""
        self._count("headers", HEADERS)
        super().set_raw(name, value)

    def _count(self, what: str, most: int) -> None:
        self._counts[what] = self._counts.get(what, 0) + 1
        if self._counts[what] > most:
            raise NoMail(f"it has more than {most:,} {what}")


def parsed(content: bytes) -> Message:
    """The mail that the bytes are.

    Raises NoMail when they are none, or one that was made to take hours.
    """
    if len(content) > MAIL_BYTES:
        raise NoMail(f"it is longer than {MAIL_BYTES >> 20} MiB")
    if content.count(b"\n") + content.count(b"\r") > 2 * LINES:
        raise NoMail(f"it has more than {LINES:,} lines")
    counts: dict[str, int] = {}
    parser = BytesFeedParser(lambda *_, **__: _Counted(counts), policy=AS_RECEIVED)
    parser.feed(content.removeprefix(b"\xef\xbb\xbf"))
    message: Message = parser.close()
    if not MARKS & {name.lower() for name in message}:
        raise NoMail("it is no mail: it begins with none of the headers that every mail has")
    return message


def read_mail(raw: RawMail) -> Mail:
    """A mail as a row, and what came with it.

    Raises NoMail when it cannot be taken apart.
    """
    if raw.refusal:
        raise NoMail(raw.refusal)
    try:
        return _taken_apart(raw)
    except NoMail:
        raise
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        # What is no mail breaks the library in ways that it does not name; the next mail is read all the same.
        raise NoMail(f"it cannot be taken apart as a mail ({type(error).__name__})") from error


def _taken_apart(raw: RawMail) -> Mail:
    message = parsed(raw.content)
    parts = parts_of(message)
    headers = Headers(message, parts.notes)
    sent_at, received_at = headers.moment("Date"), raw.received_at or headers.moment("Received")
    sender = headers.addresses("From")
    shown = [one for one in parts.attachments if not one.is_inline]
    row = {
        "message_id": _id(headers.text("Message-ID")),
        "sent_at": _moment(sent_at),
        "received_at": _moment(received_at),
        "from_address": sender[0][1] if sender else None,
        "from_name": sender[0][0] if sender else None,
        "sender_address": listed(headers.addresses("Sender")),
        "reply_to_addresses": listed(headers.addresses("Reply-To")),
        "to_addresses": listed(headers.addresses("To")),
        "cc_addresses": listed(headers.addresses("Cc")),
        "bcc_addresses": listed(headers.addresses("Bcc")),
        "subject": headers.text("Subject"),
        "body": parts.body,
        "body_type": ("html" if parts.is_html else "plain") if parts.body else None,
        "in_reply_to": _id(headers.text("In-Reply-To")),
        "references": headers.text("References"),
        "attachment_count": str(len(shown)),
        "attachment_names": _json([one.name for one in shown]),
        "attachments": _json([_described(one) for one in parts.attachments]),
        "protection": " and ".join(sorted(parts.protection)),
        "unread": "; ".join(dict.fromkeys(parts.unread)),
        "list_id": headers.text("List-Id"),
        "auto_submitted": headers.text("Auto-Submitted"),
        "precedence": headers.text("Precedence"),
        "importance": headers.text("Importance") or headers.text("X-Priority"),
        "report_type": _report(message),
        "return_path": listed(headers.addresses("Return-Path")),
        "delivered_to": headers.text("Delivered-To"),
        "authentication_results": headers.text("Authentication-Results"),
        "mail_program": headers.text("User-Agent") or headers.text("X-Mailer"),
        "folder": raw.folder,
        "uid": raw.uid,
        "message_sha256": hashlib.sha256(raw.content).hexdigest(),
        "message_bytes": str(len(raw.content)),
        # Read last: the rest of the row may have added to them.
        "notes": "; ".join(dict.fromkeys(parts.notes)),
    }
    return Mail({name: clean(value) if value else None for name, value in row.items()}, parts.attachments)


def mail_batches(mails: Iterator[RawMail]) -> Iterator[TextBatch]:
    """Mails as batches of rows; one that cannot be read is refused by itself."""
    rows: list[dict[str, str | int | None]] = []
    malformed: list[Malformed] = []
    size = 0
    for number, raw in enumerate(mails, start=1):
        try:
            rows.append({ROW: number, **read_mail(raw).row})
        except NoMail as error:
            malformed.append(Malformed(number, printable(raw.content[:RAW_LENGTH]), "structure:mail", str(error)))
        size += len(raw.content)
        if len(rows) + len(malformed) >= BATCH_ROWS or size >= BATCH_BYTES:
            yield _batch(rows, malformed)
            rows, malformed, size = [], [], 0
    if rows or malformed:
        yield _batch(rows, malformed)


def _batch(rows: list[dict[str, str | int | None]], malformed: list[Malformed]) -> TextBatch:
    schema = {ROW: pl.Int64} | dict.fromkeys(COLUMNS, pl.String)
    return TextBatch(pl.DataFrame(rows, schema=schema), malformed)


def _id(text: str | None) -> str | None:
    """A message's number without the brackets around it."""
    return text.strip().strip("<>").strip() if text else None


def _moment(moment: datetime | None) -> str | None:
    return moment.replace(tzinfo=None).isoformat(sep=" ") if moment else None


def _json(values: list) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None


def _described(one: Attachment) -> dict[str, str | int | bool]:
    digest = hashlib.sha256(one.content).hexdigest()
    described: dict[str, str | int | bool] = {
        "name": one.name, "type": one.media_type, "bytes": len(one.content), "sha256": digest,
    }  # fmt: skip
    if one.is_inline:
        described["inline"] = True
    if one.damage:
        described["damage"] = one.damage
    return described


def _report(message: Message) -> str | None:
    """What an automatic report is about: `delivery-status` of a mail that could not be delivered."""
    if message.get_content_type() != "multipart/report":
        return None
    return str(message.get_param("report-type") or "report")
