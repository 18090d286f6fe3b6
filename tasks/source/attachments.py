"""What a source of mails says of what is attached to them: which files go to which source, and from whom."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from tasks.errors import SourceError
from tasks.source.strict import Strict

if TYPE_CHECKING:
    from tasks.source.model import Source

MAIL_FORMATS = ("eml", "mbox")
"""The formats of files that can bring others."""


class Destination(Strict):
    """The source that an attached file belongs to, and who may send it."""

    source: str = Field(min_length=1)
    senders: tuple[str, ...] = Field((), description="Patterns of addresses; left out: everybody who can write a mail.")

    def may_come_from(self, address: str | None) -> bool:
        """Whether a sender may send it. Who can forge a sender's address is not kept out by this."""
        return not self.senders or any(fnmatchcase((address or "").lower(), one.lower()) for one in self.senders)


def _as_destination(said: object) -> object:
    return {"source": said} if isinstance(said, str) else said


Attachments = dict[str, Annotated[Destination, BeforeValidator(_as_destination)]]
"""Pattern of a file's name: where it goes."""


def destination_of(name: str, attachments: Attachments) -> Destination | None:
    """Where a file of this name goes: the first pattern that fits, whether letters are large or small."""
    fitting = (to for pattern, to in attachments.items() if fnmatchcase(name.lower(), pattern.lower()))
    return next(fitting, None)


def fed_by(source: "Source") -> set[str]:
    """The sources that get files from a source's mails."""
    return {to.source for to in source.attachments.values()}


def in_turn(sources: Sequence["Source"]) -> Iterable[list["Source"]]:
    """The sources in waves: those that feed others before those that they feed, otherwise as they were.

    Raises SourceError when sources feed each other in a circle.
    """
    names = {source.source: source for source in sources}
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(names, ()))
    for source in sources:
        for target in fed_by(source) & names.keys():
            sorter.add(target, source.source)
    try:
        sorter.prepare()
    except CycleError as error:
        circle = error.args[1]
        raise SourceError(
            f"{names[circle[0]].file}:1: its mails feed a circle of sources: {' <- '.join(circle)}"
        ) from error
    while sorter.is_active():
        ready = set(sorter.get_ready())
        yield [source for source in sources if source.source in ready]
        sorter.done(*ready)
