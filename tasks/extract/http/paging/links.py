"""Paging by what an answer says of the page after it: a link, or a mark to ask with."""

import httpx2

from tasks.errors import SourceRefused
from tasks.extract.http.address import followed, is_same_host, told
from tasks.extract.http.page import Page
from tasks.extract.http.paging.turn import Turn, with_query
from tasks.source.extracts.api import CursorPages


class _Circle:
    """Notices a position to which the pages have led before."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def checked(self, position: str, after: str) -> str:
        self._seen.add(after)
        if position in self._seen:
            raise SourceRefused("names a next page that was read before: its pages lead in a circle")
        return position


class LinkTurns:
    """Each answer holds the address of the next page, in its header or its body."""

    first = "link"

    def __init__(self, url: httpx2.URL, relation: str | None, path: str | None) -> None:
        self._url = url
        self._relation = (relation or "").lower()
        self._path = path
        self._circle = _Circle()

    def address(self, position: str) -> httpx2.URL | None:
        """Where the page is asked for."""
        kind, _, link = position.partition(" ")
        if kind != self.first:
            return None
        return self._led(link) if link else self._url

    def ends_at(self, position: str) -> bool:  # noqa: ARG002 - as every way of paging is asked
        """Never: a page that was promised is there."""
        return False

    def turn(self, position: str, page: Page) -> Turn:
        """The records, and what the answer says of the page after it."""
        link = page.at(self._path) if self._path else page.links.get(self._relation)
        if not link:
            return Turn(page.records, None)
        here = self.address(position)
        assert here
        url = self._led(str(here.join(link)))
        # Without the host, which is the source's own.
        after = f"{self.first} {url.raw_path.decode()}"
        return Turn(page.records, self._circle.checked(after, position))

    def _led(self, link: str) -> httpx2.URL:
        url = followed(self._url, link)
        if url.scheme == "http" and self._url.scheme == "https" and url.port is None:
            # A server behind a proxy does not know that it is asked through an encrypted connection.
            url = url.copy_with(scheme="https")
        if not is_same_host(url, self._url):
            raise SourceRefused(f"names a next page on another host, {told(url)}")
        return url


class CursorTurns:
    """Each answer holds a mark, with which the next page is asked for."""

    first = "cursor"

    def __init__(self, url: httpx2.URL, said: CursorPages) -> None:
        self._url = url
        self._said = said
        self._circle = _Circle()

    def address(self, position: str) -> httpx2.URL | None:
        """Where the page is asked for."""
        kind, _, mark = position.partition(" ")
        if kind != self.first:
            return None
        return with_query(self._url, {self._said.parameter: mark}) if mark else self._url

    def ends_at(self, position: str) -> bool:  # noqa: ARG002 - as every way of paging is asked
        """Never: a page that was promised is there."""
        return False

    def turn(self, position: str, page: Page) -> Turn:
        """The records, and what the answer says of the page after it."""
        mark = page.at(self._said.at)
        after = f"{self.first} {mark}"
        # Some name the same mark again once there is nothing more.
        if not mark or (after == position and not page.records):
            return Turn(page.records, None)
        return Turn(page.records, self._circle.checked(after, position))
