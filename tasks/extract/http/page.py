"""One page of an API's answer: the records in it, each as its bytes stood, and what stands around them."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from tasks.errors import SourceRefused
from tasks.extract.formats.stream import OTHER_FORMATS
from tasks.extract.http.exchange import Answer
from tasks.extract.http.passing import Passing

SPACE = re.compile(r"[ \t\n\r]*")
LINE_BREAKS = re.compile(r"[\r\n]+")
NEAR_THE_END = 8
"""Characters: a word that is cut off, such as `fals`, is an error where it begins."""

# Numbers stay the digits that stand there; nothing is computed with them here.
_decode = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str).raw_decode


@dataclass(frozen=True)
class Record:
    """One record as its text stood, but for line breaks between its parts, and what tells it from others."""

    text: str
    identity: str


@dataclass(frozen=True)
class Page:
    """What one answer holds."""

    records: Sequence[Record]
    rest: object
    """The answer without its records: where to go on, how many there are."""
    links: Mapping[str, str] = field(default_factory=dict)

    def at(self, path: str) -> str | None:
        """The text or number at a path such as meta.next; None where there is none or it says nothing."""
        value = self.rest
        for name in path.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        return value or None if isinstance(value, str) else None


def number_in(text: str | None) -> int | None:
    """The count that a text is; None when it is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 16 else None


def page_reader(records_at: str | None, key: Sequence[str]) -> Callable[[Answer], Page]:
    """What makes a page of an answer."""
    path = records_at.split(".") if records_at else []

    def read(answer: Answer) -> Page:
        if not answer.body.strip() and answer.status == 204:
            return Page((), None, answer.links)
        records, rest = _Reader(_text(answer), key).read(path)
        return Page(records, rest, answer.links)

    return read


def _text(answer: Answer) -> str:
    start = answer.body[:64].lstrip().lower()
    other = next((kind for mark, kind in OTHER_FORMATS.items() if start.startswith(mark)), None)
    if other or start.startswith(b"<"):
        raise SourceRefused(f"answers with {other or 'XML or HTML'} where JSON was promised")
    if not start:
        raise SourceRefused("answers with nothing where JSON was promised")
    encoding = answer.headers.get("content-type", "").lower().partition("charset=")[2].strip(' "') or None
    try:
        # A byte that is no text stays the byte that it is, so that its record alone is refused, not all of them.
        return answer.body.decode(encoding or json.detect_encoding(answer.body), "surrogateescape").lstrip("\ufeff")
    except (LookupError, UnicodeError, ValueError):
        return answer.body.decode("utf-8", "surrogateescape")


class _Reader:
    """Reads an answer's text from its beginning; the records are cut out of it, not made anew."""

    def __init__(self, text: str, key: Sequence[str]) -> None:
        self._text = text
        self._key = key
        self._records: list[Record] | None = None

    def read(self, path: Sequence[str]) -> tuple[list[Record], object]:
        try:
            rest, end = self._value(self._skip(0), path)
            if self._skip(end) != len(self._text):
                raise SourceRefused("answers with something after its JSON")
        except json.JSONDecodeError as error:
            is_cut = error.pos >= len(self._text.rstrip()) - NEAR_THE_END or error.msg.startswith("Unterminated")
            if is_cut:
                raise Passing("broke off in the middle of its JSON") from error
            raise SourceRefused(f"answers with what is no JSON ({error.msg} at character {error.pos + 1:,})") from error
        except RecursionError as error:
            raise SourceRefused("answers with JSON that is nested too deeply") from error
        if self._records is None:
            raise SourceRefused(_no_list(path, rest))
        return self._records, rest

    def _value(self, at: int, path: Sequence[str]) -> tuple[object, int]:
        first = self._text[at : at + 1]
        if not path and first == "[":
            return None, self._list(at + 1)
        if path and first == "{":
            return self._object(at + 1, path)
        value, end = _decode(self._text, at)
        if not path and value is None:
            self._records = []
        return value, end

    def _object(self, at: int, path: Sequence[str]) -> tuple[dict[str, object], int]:
        held: dict[str, object] = {}
        at = self._skip(at)
        while self._text[at : at + 1] != "}":
            name, at = _decode(self._text, at)
            if not isinstance(name, str):
                raise json.JSONDecodeError("Expecting property name", self._text, at)
            at = self._skip(self._expect(":", self._skip(at)))
            held[name], at = self._value(at, path[1:]) if name == path[0] else _decode(self._text, at)
            at = self._after(at, "}")
        return held, at + 1

    def _list(self, at: int) -> int:
        self._records = []
        at = self._skip(at)
        while self._text[at : at + 1] != "]":
            value, end = _decode(self._text, at)
            text = LINE_BREAKS.sub(" ", self._text[at:end])
            self._records.append(Record(text, _identity(text, value, self._key)))
            at = self._after(end, "]")
        return at + 1

    def _after(self, at: int, close: str) -> int:
        """Where the next part begins, or the bracket that closes them stands."""
        at = self._skip(at)
        if self._text[at : at + 1] == close:
            return at
        at = self._skip(self._expect(",", at))
        if self._text[at : at + 1] == close:
            raise json.JSONDecodeError("Expecting value", self._text, at)
        return at

    def _expect(self, sign: str, at: int) -> int:
        if self._text[at : at + 1] != sign:
            raise json.JSONDecodeError(f"Expecting '{sign}'", self._text, at)
        return at + 1

    def _skip(self, at: int) -> int:
        space = SPACE.match(self._text, at)
        assert space
        return space.end()


def _identity(text: str, value: object, key: Sequence[str]) -> str:
    if key and isinstance(value, dict) and all(name in value for name in key):
        text = json.dumps([value[name] for name in key])
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def _no_list(path: Sequence[str], rest: object) -> str:
    where = f"at {'.'.join(path)}" if path else "at its top"
    keys = f"; its keys are {', '.join(list(rest)[:12])}" if isinstance(rest, dict) and rest else ""
    return f"answers without a list of records {where}{keys}: say where it is by `records_at`"
