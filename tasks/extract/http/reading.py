"""Reading a stretch of an API's records from page to page, in parts."""

from collections.abc import Iterator
from dataclasses import dataclass

from tasks.errors import SourceRefused
from tasks.extract.http.client import Client
from tasks.extract.http.exchange import Answer
from tasks.extract.http.page import number_in, page_reader
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
        self._total_at = extract.total_at
        self._total: str | None = None

    def parts(self, pages: Pages, begun_at: str | None) -> Iterator[Read]:
        """The parts from a position on; the last one may be empty.

        Raises SourceRefused when fewer records came than the API says there are.
        """
        is_resumed = begun_at is not None and begun_at != pages.first and pages.address(begun_at) is not None
        first = begun_at if begun_at and is_resumed else pages.first
        position: str | None = first
        part, given = self._new(first), 0
        while position is not None:
            turn = self._turn(pages, position, is_resumed=is_resumed and position == first and given == 0)
            given += len(turn.records)
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
        if is_resumed or not self._lacks(given):
            yield _read(part, None)
        else:
            yield _read(part, pages.first)
            raise SourceRefused(f"says that there are {self._total} records, and gave {given:,} up to its last page")

    def _turn(self, pages: Pages, position: str, *, is_resumed: bool) -> Turn:
        url = pages.address(position)
        assert url
        try:
            return self._client.get(url, lambda answer: self._turned(pages, position, answer))
        except SaidNo as error:
            if is_resumed and error.status in STALE:
                return Turn((), pages.first)
            if error.status == 404 and pages.ends_at(position):
                return Turn((), None)
            raise

    def _turned(self, pages: Pages, position: str, answer: Answer) -> Turn:
        page = self._page(answer)
        if self._total_at:
            self._total = page.at(self._total_at) or self._total
        return pages.turn(position, page)

    def _lacks(self, given: int) -> bool:
        """Whether the API says that there are more: pages that end too early lose what they do not give."""
        total = number_in(self._total)
        return total is not None and given < total

    def _new(self, position: str) -> Part:
        return new_part(self._home, self._source, position)


def _read(part: Part, position: str | None) -> Read:
    part.flush()
    return Read(part, position)
