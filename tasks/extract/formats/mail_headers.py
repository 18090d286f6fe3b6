"""The headers of a mail as text: encoded words and raw bytes decoded, addresses taken apart, moments in UTC.

The older of the two policies of Python's library reads them. The newer one (`policy.default`) took 8 s for a list of
5,000 recipients, breaks on real Message-IDs (`<[...]>`), and reads `name=my file.csv` as `my`.
"""

import re
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

VALUE_LENGTH = 1 << 18
"""How much of a header's value is read: a list of 5,000 recipients, but not a value made to take hours."""

WORD_LENGTH = 1 << 14
"""How much of a value with encoded words is decoded; the library takes a time that grows with its square."""

CHARSETS = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "gb2312": "gb18030",
    "shift_jis": "cp932",
    "ks_c_5601-1987": "cp949",
}
"""What mail programs write, and the wider encoding that they mean by it, as browsers read it."""

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that are no text: they become the mark of an unknown character."""


class Headers:
    """The headers of one mail or part; what could not be read as it stands is noted."""

    def __init__(self, message: Message, notes: list[str]) -> None:
        self._message = message
        self._notes = notes

    def text(self, name: str) -> str | None:
        """The first header of the name, on one line."""
        found = next((value for key, value in self._message.raw_items() if key.lower() == name.lower()), None)
        return self._read(name, str(found)) if found is not None else None

    def addresses(self, name: str) -> list[tuple[str, str]]:
        """Display name and address of each that the headers of the name list."""
        # Taken apart before encoded words are decoded: a comma in a name is no comma between addresses.
        raw = [
            self._bounded(name, str(value)) for key, value in self._message.raw_items() if key.lower() == name.lower()
        ]
        try:
            found = getaddresses([_unfolded(bytes_as_text(value)) for value in raw])
        except RecursionError:
            self._notes.append(f"{name} is nested too deeply to be read")
            return []
        return [(self.decoded(name, of), clean(address)) for of, address in found if address]

    def moment(self, name: str) -> datetime | None:
        """The moment that a header gives, in UTC; one without an offset is taken for UTC."""
        text = self.text(name)
        if text is None:
            return None
        found = moment_in(text.rpartition(";")[2])
        if found is None:
            self._notes.append(f"{name} is no moment: {text[:80]!r}")
        return found

    def decoded(self, name: str, value: str) -> str:
        """A value with its encoded words decoded; one that cannot be is left as it stands."""
        text = bytes_as_text(value)
        if "=?" not in text:
            return clean(_unfolded(text))
        if len(text) > WORD_LENGTH:
            self._notes.append(f"{name} is {len(text):,} characters long; {WORD_LENGTH:,} are read")
        try:
            parts = decode_header(text[:WORD_LENGTH])
        except HeaderParseError:
            self._notes.append(f"{name} has an encoded word that is not encoded")
            return clean(_unfolded(text[:WORD_LENGTH]))
        return clean(_unfolded("".join(_part(*part) for part in parts)))

    def _read(self, name: str, value: str) -> str:
        return self.decoded(name, self._bounded(name, value))

    def _bounded(self, name: str, value: str) -> str:
        if len(value) > VALUE_LENGTH:
            self._notes.append(f"{name} is {len(value):,} characters long; {VALUE_LENGTH:,} are read")
        return value[:VALUE_LENGTH]


def moment_in(text: str) -> datetime | None:
    """The moment that a text of RFC 5322 names, in UTC, or None."""
    try:
        found = parsedate_to_datetime(text.strip())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def listed(addresses: list[tuple[str, str]]) -> str | None:
    """Addresses alone, as one text that a mail program takes apart again."""
    return ", ".join(address for _, address in addresses) or None


def text_of(content: bytes, charset: str | None) -> tuple[str, bool]:
    """Bytes as text, and whether they are of the encoding that they say.

    What is not of its encoding, or says none, is UTF-8 where it can be, else what Windows writes.
    """
    said = (charset or "us-ascii").strip().strip("'\"").lower()
    for encoding in (CHARSETS.get(said, said), "utf-8"):
        try:
            return content.decode(encoding), encoding == CHARSETS.get(said, said)
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("cp1252", errors="replace"), False


def bytes_as_text(value: str) -> str:
    """A header whose bytes are no ASCII as text; the library keeps such bytes as lone surrogates."""
    if value.isascii():
        return value
    return text_of(value.encode("utf-8", "surrogateescape"), "utf-8")[0]


def clean(text: str) -> str:
    """The text without characters that are none."""
    return CONTROLS.sub("\ufffd", text)


def _unfolded(text: str) -> str:
    return re.sub(r"\s*[\r\n]+\s*", " ", text).strip()


def _part(content: bytes | str, charset: str | None) -> str:
    return content if isinstance(content, str) else text_of(content, charset)[0]
