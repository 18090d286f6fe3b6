"""Windows of time: which are asked for, how the API spells their ends, and what is remembered of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tasks.errors import SourceRefused
from tasks.extract.fetching import Asking, Window
from tasks.source.extracts.api import FROM, TO, ApiExtract, AskedWindow

UNTIL, READING, POSITION = "until", "window", "position"
"""What is remembered: up to when all is read, which window is half read, and how far."""

READ = "read"
"""What is remembered of a past window that was read to its end."""

EPOCHS = {"epoch": 1, "epoch milliseconds": 1000}


@dataclass(frozen=True)
class Stretch:
    """What is read from its first page to its last: a window of time, or all there is."""

    name: str
    """The two ends, as ISO 8601 writes an interval; or when all there is was asked for."""
    first: datetime | None = None
    last: datetime | None = None
    position: str | None = None
    """Where to go on in it; None: at its beginning."""
    is_past: bool = False
    """Whether it was asked for by itself, so that what is new is read from where it was."""

    def cursors(self, position: str | None) -> dict[str, str]:
        """What to remember once it is read up to a position; None: to its end."""
        if self.is_past:
            return {f"past {self.name}": position or READ}
        if position is not None:
            return {READING: self.name, POSITION: position}
        until = {UNTIL: _iso(self.last)} if self.last else {}
        return {**until, READING: "", POSITION: ""}


def stretches(extract: ApiExtract, asking: Asking) -> Iterator[Stretch]:
    """What there is to read now, one after the other; first what was left half read.

    Raises SourceRefused when a past range is wanted and the API cannot be asked for one.
    """
    said = extract.window
    if asking.window:
        if said is None or not extract.has_end:
            what = "`window`" if said is None else "{to} in its `query`"
            raise SourceRefused(f"a past range cannot be asked for: its file has no {what}")
        yield from _past(said, asking.window, asking.cursors)
        return
    half = _half_read(asking.cursors)
    if half and (half.last is None) != (said is None):
        # Its file has begun, or ceased, to ask for windows since.
        half = None
    if half:
        yield half
    if said is None:
        if half is None or half.name != _iso(asking.asked_at):
            yield Stretch(_iso(asking.asked_at))
        return
    until = half.last if half and half.last else _moment(asking.cursors.get(UNTIL))
    # A clock that was ahead once must not keep everything from being asked for until it is that late.
    begin = said.first if until is None else max(said.first, min(until, asking.asked_at) - said.overlap)
    yield from _steps(said, begin, asking.asked_at)


def filled_in(text: str, stretch: Stretch, said: AskedWindow | None) -> str:
    """A part of the address with the ends of the window in it."""
    if said is None or stretch.first is None or stretch.last is None:
        return text
    return text.replace(FROM, spelled(stretch.first, said)).replace(TO, spelled(stretch.last, said))


def spelled(moment: datetime, said: AskedWindow) -> str:
    """A moment as the API writes it, to the second, so that one window begins exactly where the one before ended."""
    if said.spelled in EPOCHS:
        return str(int(moment.timestamp()) * EPOCHS[said.spelled])
    return moment.astimezone(ZoneInfo(said.zone)).strftime(said.spelled)


def _past(said: AskedWindow, window: Window, cursors: Mapping[str, str]) -> Iterator[Stretch]:
    for stretch in _steps(said, _end(window.first, said), _end(window.last, said)):
        remembered = cursors.get(f"past {stretch.name}", READ)
        position = None if remembered == READ else remembered
        yield Stretch(stretch.name, stretch.first, stretch.last, position, is_past=True)


def _steps(said: AskedWindow, begin: datetime, end: datetime) -> Iterator[Stretch]:
    begin, end = begin.replace(microsecond=0), end.replace(microsecond=0)
    while begin < end:
        last = min(end, begin + said.step) if said.step else end
        yield Stretch(f"{_iso(begin)}/{_iso(last)}", begin, last)
        begin = last


def _half_read(cursors: Mapping[str, str]) -> Stretch | None:
    name, position = cursors.get(READING), cursors.get(POSITION)
    if not name or not position:
        return None
    first, _, last = name.partition("/")
    return Stretch(name, _moment(first), _moment(last), position) if last else Stretch(name, position=position)


def _end(text: str, said: AskedWindow) -> datetime:
    """An end of a past window, as ISO 8601 or as the API writes it.

    Raises SourceRefused when it is neither.
    """
    zone = ZoneInfo(said.zone)
    for read in (datetime.fromisoformat, lambda one: datetime.strptime(one, said.spelled)):  # noqa: DTZ007 - see below
        try:
            moment = read(text)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    raise SourceRefused(f"{text!r} is no end of a window; 2025-01-31 and 2025-01-31T12:00:00Z are")


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
