"""The parts of a mail: the text that a person reads, the attachments, and what cannot be read without a key."""

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import CloseBoundaryNotFoundDefect, MessageDefect
from email.message import Message

from tasks.extract.formats.mail_headers import Headers, clean, text_of

SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
ENVELOPES = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
OUTLOOK = {"application/ms-tnef", "application/vnd.ms-tnef"}


@dataclass(frozen=True)
class Attachment:
    """A file that a mail brings."""

    name: str
    media_type: str
    """What the sender calls it, which need not be so."""
    content: bytes
    is_inline: bool = False
    """Whether it is a picture within the text."""
    damage: str | None = None
    """Why it may not be whole."""


@dataclass
class Parts:
    """What a mail holds."""

    texts: list[str] = field(default_factory=list)
    is_html: bool = False
    attachments: list[Attachment] = field(default_factory=list)
    protection: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def body(self) -> str | None:
        """The text that a person reads."""
        return "\n\n".join(text for text in self.texts if text) or None

    def add(self, other: "Parts", *, with_texts: bool) -> None:
        """Take over what another part holds."""
        if with_texts:
            self.texts += other.texts
            self.is_html = self.is_html or other.is_html
        self.attachments += other.attachments
        self.protection |= other.protection
        self.unread += other.unread
        self.notes += other.notes


def parts_of(message: Message) -> Parts:
    """What a mail holds, with what it holds within itself."""
    return _Reading().read(message, is_last=True, is_related=False, is_cut=False)


class _Reading:
    """Goes through the parts once and counts them: a part without a name is called by its number."""

    def __init__(self) -> None:
        self._number = 0

    def read(self, part: Message, *, is_last: bool, is_related: bool, is_cut: bool) -> Parts:
        """`is_cut`: a part around this one has no end, so its last part may have none either."""
        kind = part.get_content_type()
        is_cut = is_cut and is_last
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            is_cut = is_cut or any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in part.defects)
            return self._several(part, kind, is_cut=is_cut)
        self._number += 1
        found = Parts()
        if kind in SIGNATURES:
            found.protection.add("signed")
        elif kind in ENVELOPES:
            _envelope(part, found)
        elif kind == "message/rfc822" and part.is_multipart():
            self._mail(part, found, is_cut=is_cut)
        elif kind in ("text/plain", "text/html") and not _is_file(part):
            _text(part, found, is_html=kind == "text/html")
        else:
            self._file(part, found, is_related=is_related, is_cut=is_cut)
        return found

    def _several(self, part: Message, kind: str, *, is_cut: bool) -> Parts:
        found = Parts()
        if kind == "multipart/encrypted":
            found.protection.add("encrypted")
            found.unread.append("encrypted content (PGP)")
            return found
        if kind == "multipart/signed":
            found.protection.add("signed")
        children = list(_messages(part))
        read = [
            self.read(child, is_last=child is children[-1], is_related=kind == "multipart/related", is_cut=is_cut)
            for child in children
        ]
        chosen = _chosen(read) if kind == "multipart/alternative" else None
        for one in read:
            found.add(one, with_texts=chosen is None or one is chosen)
        return found

    def _mail(self, part: Message, found: Parts, *, is_cut: bool) -> None:
        """A mail within a mail is an attachment, and so is what is attached to it; its text is its own."""
        inner = next(_messages(part))
        subject = Headers(inner, found.notes).text("Subject")
        name = _name(part, found.notes) or f"{subject or f'part-{self._number}'}.eml"
        found.attachments.append(
            Attachment(name, "message/rfc822", _bytes_of(inner), damage=_damage([], is_cut=is_cut))
        )
        found.add(self.read(inner, is_last=True, is_related=False, is_cut=is_cut), with_texts=False)

    def _file(self, part: Message, found: Parts, *, is_related: bool, is_cut: bool) -> None:
        kind = part.get_content_type()
        name = _name(part, found.notes)
        content, defects = _content(part)
        is_inline = (
            part.get_content_disposition() != "attachment"
            and "Content-ID" in part
            and (is_related or part.get_content_maintype() == "image")
        )
        if kind in OUTLOOK or (name or "").lower() == "winmail.dat":
            found.unread.append("winmail.dat (Outlook's own format; what is in it is not read)")
        name = name or f"part-{self._number}{mimetypes.guess_extension(kind) or ''}"
        damage = _damage(defects, is_cut=is_cut)
        if damage:
            found.notes.append(f"{name}: {damage}")
        found.attachments.append(Attachment(name, kind, content, is_inline, damage))


def _chosen(alternatives: list[Parts]) -> Parts | None:
    """Of the same text told in several ways the plain one, where it says anything."""
    told = [one for one in alternatives if one.body]
    return next(
        (one for one in told if not one.is_html), told[-1] if told else alternatives[-1] if alternatives else None
    )


def _messages(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    yield from (one for one in payload if isinstance(one, Message)) if isinstance(payload, list) else ()


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _name(part: Message, notes: list[str]) -> str | None:
    """The name that a part gives its file, decoded; it is a text to show and to match, and never a path."""
    name = part.get_filename()
    return Headers(part, notes).decoded("a file's name", name) if name else None


def _content(part: Message) -> tuple[bytes, list[MessageDefect]]:
    """The bytes of a part, and what was wrong with how they were encoded."""
    if part.is_multipart():
        return b"".join(_bytes_of(one) for one in _messages(part)), []
    before = len(part.defects)
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b"", list(part.defects[before:])


def _damage(defects: list[MessageDefect], *, is_cut: bool) -> str | None:
    if is_cut:
        return "the mail ends before it does"
    return "it is not encoded as base64 to its end" if defects else None


def _bytes_of(message: Message) -> bytes:
    return message.as_bytes(unixfrom=False)


def _envelope(part: Message, found: Parts) -> None:
    kind = str(part.get_param("smime-type") or "").lower()
    if kind == "signed-data":
        found.protection.add("signed")
        found.unread.append("content inside its signature (S/MIME)")
    else:
        found.protection.add("encrypted")
        found.unread.append("encrypted content (S/MIME)")


def _text(part: Message, found: Parts, *, is_html: bool) -> None:
    content, _ = _content(part)
    charset = part.get_content_charset()
    text, is_as_said = text_of(content, charset)
    if not is_as_said:
        found.notes.append(f"its text is not {charset or 'us-ascii'}, as it says")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if is_html:
        text, found.is_html = html_as_text(text), True
    elif str(part.get_param("format") or "").lower() == "flowed":
        text = _flowed(text, keeps_space=str(part.get_param("delsp") or "").lower() != "yes")
    found.texts.append(clean(text).strip())


def html_as_text(html: str) -> str:
    """What a reader of the HTML sees: paragraphs, lists and the cells of tables; no scripts and no styles."""
    # Slow to import, and most mails have a plain text.
    from resiliparse.extract.html2text import extract_plain_text

    text: str = extract_plain_text(clean(html), links=False)
    return re.sub(r"\n{3,}", "\n\n", text.replace("\u00a0", " "))


def _flowed(text: str, *, keeps_space: bool) -> str:
    """Lines that a mail program broke put together again (RFC 3676)."""
    lines: list[str] = []
    is_open = False
    for stuffed in text.split("\n"):
        line = stuffed.removeprefix(" ")
        is_soft = line.endswith(" ") and line != "-- " and not line.startswith(">")
        told = line if keeps_space or not is_soft else line[:-1]
        if is_open and not line.startswith(">") and line != "-- ":
            lines[-1] += told
        else:
            lines.append(told)
        is_open = is_soft
    return "\n".join(lines)
