"""Reading a stretch of an API's records from page to page, in parts."""

from collections.abc import Iterator
from dataclasses import dataclass

from tasks.extract.http.client import Client
from tasks.extract.http.page import page_reader
from tasks.extract.http.paging import Pages, Turn
from tasks.extract.http.parts import Part, new_part
from tasks.extract.http.patience import SaidNo
from tasks.source import Source
from tasks.source.extracts.api import ApiExtract
from warehouse.home import Home

STALE = (400, 404, 410, 422)
"""How servers say that they no longer know a position of an earlier day."""


@dataclass(frozen=True)
class Read:
    """A part that is whole, and where its stretch goes on after it; None: it was the last."""

    part: Part
    position: str | None


class Reading:
    """Reads stretches of one source, each from page to page."""

    def __init__(self, source: Source, extract: ApiExtract, client: Client, home: Home) -> None:
        self._source = source.source
        self._limit = extract.limits.pages_a_part
        self._client = client
        self._home = home
        self._page = page_reader(extract.records_at, extract.key)

    def parts(self, pages: Pages, begun_at: str | None) -> Iterator[Read]:
        """The parts from a position on; the last one may be empty."""
        begun = begun_at if begun_at and pages.address(begun_at) else pages.first
        position: str | None = begun
        part = self._new(begun)
        while position is not None:
            turn = self._turn(pages, position, is_resumed=position == begun_at)
            for is_new, record in turn.numbered():
                if (is_new and part.records) or not part.takes(record):
                    # A killed run asks for this page again.
                    yield _read(part, position)
                    part = self._new(position)
                part.add(record)
            part.flush()
            part.pages += 1
            position = turn.next
            if position and (part.is_full(self._limit) or (turn.has_shifted and part.records)):
                yield _read(part, position)
                part = self._new(position)
        yield _read(part, None)

    def _turn(self, pages: Pages, position: str, *, is_resumed: bool) -> Turn:
        url = pages.address(position)
        assert url
        try:
            return self._client.get(url, lambda answer: pages.turn(position, self._page(answer)))
        except SaidNo as error:
            if is_resumed and error.status in STALE:
                return Turn((), pages.first)
            if error.status == 404 and pages.ends_at(position):
                return Turn((), None)
            raise

    def _new(self, position: str) -> Part:
        return new_part(self._home, self._source, position)


def _read(part: Part, position: str | None) -> Read:
    part.flush()
    return Read(part, position)
