"""From one page to the next, one module a way of paging, and what may be lost on the way."""

import httpx2

from tasks.extract.http.page import Page
from tasks.extract.http.paging.links import CursorTurns, LinkTurns
from tasks.extract.http.paging.numbers import NumberedTurns
from tasks.extract.http.paging.offsets import OffsetTurns
from tasks.extract.http.paging.turn import Pages, Turn, with_query
from tasks.source.extracts.api import ApiExtract

__all__ = ["Pages", "Turn", "pages_of", "with_query"]


def pages_of(extract: ApiExtract, url: httpx2.URL) -> Pages:
    """How the source is paged through, beginning at an address."""
    said = extract.pagination
    if said is None:
        return OnePage(url)
    if said.offset:
        return OffsetTurns(url, said.offset)
    if said.page:
        return NumberedTurns(url, said.page, extract.total_at)
    if said.cursor:
        return CursorTurns(url, said.cursor)
    return LinkTurns(url, said.link_header, said.next_url)


class OnePage:
    """All there is in one answer."""

    first = "all"

    def __init__(self, url: httpx2.URL) -> None:
        self._url = url

    def address(self, position: str) -> httpx2.URL | None:
        """Where all is asked for."""
        return self._url if position == self.first else None

    def ends_at(self, position: str) -> bool:  # noqa: ARG002 - as every way of paging is asked
        """Never: a page that was promised is there."""
        return False

    def turn(self, position: str, page: Page) -> Turn:  # noqa: ARG002 - as every way of paging is asked
        """The records, and what the answer says of the page after it."""
        return Turn(page.records, None)
