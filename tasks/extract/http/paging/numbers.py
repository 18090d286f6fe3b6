"""Paging by the numbers of pages."""

import httpx2

from tasks.extract.http.page import Page, number_in
from tasks.extract.http.paging.turn import SamePage, Turn, counted, with_query
from tasks.source.extracts.api import NumberedPages


class NumberedTurns:
    """Pages have numbers; they end with one that is empty."""

    def __init__(self, url: httpx2.URL, said: NumberedPages, total_at: str | None) -> None:
        self._url = url
        self._said = said
        self._total_at = total_at
        self._total: int | None = None
        self._size = said.size or 1
        self._restarts = 0
        self._furthest = 0
        self._same = SamePage()
        self.first = f"page {said.first}"

    def address(self, position: str) -> httpx2.URL | None:
        """Where the page is asked for."""
        kind, _, number = position.partition(" ")
        if kind != "page" or not number.isdecimal():
            return None
        size = {self._said.size_parameter: self._said.size} if self._said.size_parameter else {}
        return with_query(self._url, {self._said.parameter: number, **size})

    def ends_at(self, position: str) -> bool:
        """Where there is no page after the last, also none that is empty."""
        return position != self.first

    def turn(self, position: str, page: Page) -> Turn:
        """The records, and what the answer says of the page after it."""
        number = int(position.partition(" ")[2])
        held = tuple(record.identity for record in page.records)
        self._same.check(held)
        self._size = max(self._size, len(held))
        back = self._moved_up(page)
        if number > self._furthest and not back:
            self._furthest, self._restarts = number, 0
        if back:
            return Turn(page.records, f"page {max(self._said.first, number - back)}", has_shifted=True)
        return Turn(page.records, f"page {number + 1}" if held else None)

    def _moved_up(self, page: Page) -> int:
        """By how many pages others may have moved up into pages that were read: as many as there are fewer now."""
        was, self._total = self._total, number_in(page.at(self._total_at)) if self._total_at else None
        if was is None or self._total is None or self._total >= was:
            return 0
        self._restarts = counted(self._restarts + 1)
        return -(-(was - self._total) // self._size)
