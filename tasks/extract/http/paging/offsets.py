"""Paging by how many records to leave out, with an eye on those that move meanwhile."""

from collections import deque
from collections.abc import Sequence

import httpx2

from tasks.extract.http.page import Page
from tasks.extract.http.paging.turn import SamePage, Turn, counted, with_query
from tasks.source.extracts.api import OffsetPages


class OffsetTurns:
    """Pages begin after a number of records, and some of the page before are asked for again.

    Where one that was read stands, all after it are those that follow it. Where none stands, records before it are
    gone, and others moved up into what was read: it is looked for further up.
    """

    first = "offset 0"

    def __init__(self, url: httpx2.URL, said: OffsetPages) -> None:
        self._url = url
        self._said = said
        self._read: deque[str] = deque(maxlen=2 * said.limit)
        self._same = SamePage()
        self._step = said.limit
        self._restarts = 0

    def address(self, position: str) -> httpx2.URL | None:
        """Where the page is asked for, with the end of the one before."""
        parts = position.split(" ")
        if parts[0] != "offset" or not 2 <= len(parts) <= 3 or not parts[1].isdecimal():
            return None
        if not self._read:
            # Of another run's reading its last record alone is known.
            self._read.extend(parts[2:])
        values = {self._said.parameter: self._begin(int(parts[1])), self._said.limit_parameter: self._said.limit}
        return with_query(self._url, values)

    def ends_at(self, position: str) -> bool:  # noqa: ARG002 - as every way of paging is asked
        """Never: a page that was promised is there."""
        return False

    def turn(self, position: str, page: Page) -> Turn:
        """The page's records but for those asked for again, and whether others stand where they stood."""
        offset = int(position.split(" ")[1])
        begin = self._begin(offset)
        held = tuple(record.identity for record in page.records)
        if len(held) > self._said.overlap:
            self._same.check(held)
        known = self._last_known(held)
        if known is None and begin < offset:
            return self._further_up(offset)
        self._step = self._said.limit
        moved = known is not None and known + 1 != offset - begin
        new = page.records if moved or known is None else page.records[known + 1 :]
        self._read.extend(held)
        is_end = len(held) <= offset - begin
        return Turn(new, None if is_end else f"offset {begin + len(held)} {held[-1]}", has_shifted=moved)

    def _begin(self, offset: int) -> int:
        return max(0, offset - self._said.overlap)

    def _last_known(self, held: Sequence[str]) -> int | None:
        read = set(self._read)
        return next((at for at in reversed(range(len(held))) if held[at] in read), None)

    def _further_up(self, offset: int) -> Turn:
        """This page is asked for again, after those that stand before it now."""
        upper = max(0, offset - self._step)
        self._step *= 2
        if upper == 0:
            self._restarts = counted(self._restarts + 1)
        return Turn((), f"offset {upper}", has_shifted=True)
