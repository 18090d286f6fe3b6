"""Cutting OFX into its elements: SGML whose values are not closed, and XML, are the same here; nothing is expanded."""

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from tasks.errors import UnreadableFile
from tasks.extract.formats.stream import BLOCK_BYTES, BYTE_ORDER_MARKS, FOREIGN, OTHER_FORMATS

HEAD_BYTES = 4096
"""The headers stand in the first kilobytes."""

VALUE_CHARACTERS = 1 << 16
"""How long a value may be; the standard's longest have some hundreds of characters."""

CHARSETS = {"1252": "cp1252", "ISO-8859-1": "latin-1", "8859-1": "latin-1", "NONE": "", "UTF-8": "utf-8"}
"""What the header of an SGML file calls its characters."""

NAME = re.compile(r"(/?)([A-Za-z][\w.]*)\s*(/?)")


@dataclass(frozen=True)
class Token:
    """An element that begins, with the text after it, or that ends."""

    name: str
    text: str
    is_end: bool


def tokens(stream: pa.NativeFile, encoding: str) -> Iterator[Token]:
    """The elements in the order of the file.

    Raises UnreadableFile when it is no OFX, declares entities, or holds a value too long to be true.
    """
    head = stream.read(HEAD_BYTES)
    decoder = codecs.getincrementaldecoder(_encoding(head, encoding))("countinghouse.mark")
    rest = decoder.decode(head).removeprefix("\ufeff")
    start = rest.find("<")
    if start < 0:
        raise UnreadableFile("it is no OFX file: there is no element in its first kilobytes")
    rest = rest[start:]
    while True:
        found, rest = _cut(rest)
        for markup, text in found:
            yield from _token(markup, text)
        if len(rest) > VALUE_CHARACTERS:
            raise UnreadableFile(f"it has a value longer than {VALUE_CHARACTERS >> 10} KiB")
        block = stream.read(BLOCK_BYTES)
        if not block:
            break
        rest += decoder.decode(block)
    rest += decoder.decode(b"", final=True)
    for markup, text in _cut(rest + "</")[0]:
        yield from _token(markup, text)


def _encoding(head: bytes, encoding: str) -> str:
    """The encoding that the file says it has; where it says none, the source's."""
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if head.startswith(mark)), None)
    start = head.lstrip().lower()
    other = next((kind for mark, kind in OTHER_FORMATS.items() if start.startswith(mark) and mark != b"<?xml"), None)
    if other:
        raise UnreadableFile(f"it is {other}")
    text = head.decode("latin-1")
    if "<OFX" not in text.upper():
        raise UnreadableFile("it is no OFX file: there is no <OFX> in its first kilobytes")
    said = dict(re.findall(r"(ENCODING|CHARSET):[ \t]*([\w-]+)", text))
    xml = re.search(r"<\?xml[^>]*encoding=[\"']([\w-]+)", text)
    named = marked or (xml[1] if xml else None)
    if not named and said.get("ENCODING") in {"UTF-8", "UNICODE"}:
        named = "utf-8"
    if not named and "CHARSET" in said:
        named = CHARSETS.get(said["CHARSET"].upper())
    try:
        return codecs.lookup(named or encoding).name
    except LookupError as error:
        raise UnreadableFile(f"it says that it is in {named!r}, which is no encoding") from error


def _cut(text: str) -> tuple[list[tuple[str, str]], str]:
    """The markup in a text, each with what follows it up to the next, and the rest that is not whole yet."""
    found: list[tuple[str, str]] = []
    at = last = 0
    while (begin := text.find("<", at)) >= 0:
        if text.startswith("<![CDATA[", begin):
            end = text.find("]]>", begin)
            if end < 0:
                # What it is the value of waits with it.
                return _joined(found[:-1]), text[last:]
            found.append(("CDATA", text[begin + 9 : end]))
            at = end + 3
            continue
        end = text.find(">", begin)
        after = text.find("<", end + 1) if end >= 0 else -1
        if after < 0 or "<![CDATA[".startswith(text[after:]):
            break
        found.append((text[begin + 1 : end], text[end + 1 : after]))
        last, at = begin, after
    return _joined(found), text[at:]


def _joined(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Character data as the value of the element before it, escaped so that it is unescaped once."""
    joined: list[tuple[str, str]] = []
    for markup, text in found:
        if markup == "CDATA" and joined:
            joined[-1] = (joined[-1][0], joined[-1][1] + html.escape(text, quote=False))
        else:
            joined.append((markup, text))
    return joined


def _token(markup: str, text: str) -> Iterator[Token]:
    if markup.startswith("!") and not markup.startswith("!--"):
        raise UnreadableFile("it declares a document type or entities, which no OFX file does")
    name = NAME.match(markup)
    if name is None:
        return
    if len(text) > VALUE_CHARACTERS:
        raise UnreadableFile(f"it has a value longer than {VALUE_CHARACTERS >> 10} KiB")
    value = html.unescape(text.strip())
    if FOREIGN.search(value):
        raise UnreadableFile("it holds bytes that are not of the encoding it says it has")
    is_end = name[1] == "/"
    yield Token(name[2].upper(), "" if is_end else value, is_end)
    if name[3]:
        yield Token(name[2].upper(), "", is_end=True)
