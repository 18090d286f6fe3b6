"""What turning a page gives, and what every way of paging can do.

A position is a short text that says all that is needed to ask for a page, also by a later run.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import httpx2

from tasks.errors import SourceRefused, SourceUnreachable
from tasks.extract.http.page import Page, Record

RESTARTS = 5
"""How often a list that keeps moving under us is read again from further up before we give up."""

SAME = 2
"""How often the same page may come in a row."""


@dataclass(frozen=True)
class Turn:
    """What a page gave, and where to go on."""

    records: Sequence[Record]
    next: str | None
    """The position of the page after it; None at the end."""
    has_shifted: bool = False
    """Whether records moved under us, so that some of these were given before, perhaps otherwise."""

    def numbered(self) -> Iterator[tuple[bool, Record]]:
        """The records, each with whether what was given before it is to stand in another part."""
        return ((self.has_shifted and number == 0, record) for number, record in enumerate(self.records))


class Pages(Protocol):
    """A way of paging."""

    first: str
    """The position of the first page."""

    def address(self, position: str) -> httpx2.URL | None:
        """Where the page is asked for; None when the position is of another way of paging."""

    def ends_at(self, position: str) -> bool:
        """Whether a page that is not there means that the one before was the last."""

    def turn(self, position: str, page: Page) -> Turn:
        """What the page of a position gave.

        Raises SourceRefused when pages lead in a circle, SourceUnreachable when they never stand still.
        """


def with_query(url: httpx2.URL, values: Mapping[str, object]) -> httpx2.URL:
    """The address with these parameters in its query, in place of those of the same names."""
    return url.copy_merge_params({name: str(value) for name, value in values.items()})


def counted(restarts: int) -> int:
    """How often it was begun again.

    Raises SourceUnreachable when that is too often.
    """
    if restarts > RESTARTS:
        raise SourceUnreachable(
            f"gave its records in another order each of {RESTARTS} times; ask for an order that stays, or say by `key` "
            "what tells one from another"
        )
    return restarts


class SamePage:
    """Notices a server that gives one page for ever; once, records that came in may have moved it by just a page."""

    def __init__(self) -> None:
        self._page: tuple[str, ...] = ()
        self._times = 0

    def check(self, page: tuple[str, ...]) -> None:
        """Take note of a page.

        Raises SourceRefused when it came for the third time in a row.
        """
        self._times = self._times + 1 if page and page == self._page else 1
        self._page = page
        if self._times > SAME:
            raise SourceRefused("gives the same records for every page; is the parameter called so?")
