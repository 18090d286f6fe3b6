"""Elements of SAF-T: texts no longer than the standard allows, amounts of whole cents, nothing that XML cannot hold."""

import re
from decimal import Decimal
from hashlib import sha256
from typing import TextIO
from xml.sax.saxutils import escape

from tasks.errors import ExportRefused
from tasks.export.writing import amount_text

CODE, SHORT, MIDDLE, NAME, LONG = 9, 18, 35, 70, 256
"""How many characters the standard's kinds of text may have."""

NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file may hold, not even escaped."""


class Xml:
    """Elements, one a line, and what stands between their tags."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._names: list[str] = []

    def put(self, name: str, text: str, length: int = LONG) -> None:
        """An element that holds text, cut where the standard allows no more."""
        held = escape(NO_XML.sub(" ", text)[:length], {"\r": "&#13;"})
        self._stream.write(f"{'  ' * (len(self._names) + 1)}<{name}>{held}</{name}>\n")

    def within(self, name: str) -> "Xml":
        """An element that holds elements, as long as the `with` lasts."""
        self._stream.write(f"{'  ' * (len(self._names) + 1)}<{name}>\n")
        self._names.append(name)
        return self

    def __enter__(self) -> None:
        """The element is begun already."""

    def __exit__(self, *_: object) -> None:
        name = self._names.pop()
        self._stream.write(f"{'  ' * (len(self._names) + 1)}</{name}>\n")


def money(amount: Decimal, where: str) -> str:
    """An amount as the standard takes it; `where` is told when it divides the cent."""
    text = amount_text(amount)
    if len(text.partition(".")[2]) > 2:
        raise ExportRefused(f"{where}: {text} divides the cent, and SAF-T holds whole cents; export to another format")
    return text


def fitted(text: str, length: int) -> str:
    """The text, or where it is too long its beginning and a sign that is this text's own."""
    if len(text) <= length:
        return text
    return f"{text[: length - CODE]}~{sha256(text.encode()).hexdigest()[: CODE - 1]}"
