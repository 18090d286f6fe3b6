"""What waits: the files of each source that no run has taken yet, found without reading or writing any."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tasks.extract.fetching import connector_of
from tasks.extract.files import FoundFile, find_files
from tasks.source import FilesExtract, Source
from tasks.source.attachments import in_turn
from warehouse.books import known_deliveries
from warehouse.connection import connect
from warehouse.home import Home


@dataclass(frozen=True)
class Waiting:
    """A source with what it has for the next run."""

    source: Source
    files: tuple[FoundFile, ...]
    known_count: int
    absent: str | None
    is_asked: bool = False
    """Whether it is no folder: what it has is known only when it is asked."""

    @property
    def is_due(self) -> bool:
        """Whether the next run has something to do."""
        return bool(self.files) or (self.is_asked and not self.absent)

    @property
    def bytes(self) -> int:
        """How much there is to read."""
        return sum(file.bytes for file in self.files)


def what_waits(home: Home, sources: Iterable[Source]) -> list[Waiting]:
    """Each source with the files that are new by place, size and time of change.

    Raises duckdb.IOException when a run that writes holds the warehouse.
    """
    if not home.warehouse.exists():
        return [_waiting(home, source, set()) for source in sources]
    with connect(home.warehouse, read_only=True) as connection:
        return [_waiting(home, source, known_deliveries(connection, source.source)) for source in sources]


def wait_in_turn(home: Home, sources: Sequence[Source]) -> Iterator[Waiting]:
    """What waits, source by source; what mails bring to a source waits once the mails have been taken in."""
    for wave in in_turn(sources):
        yield from what_waits(home, wave)


def _waiting(home: Home, source: Source, known: set[tuple[str, int, int]]) -> Waiting:
    if not isinstance(source.extract, FilesExtract):
        return Waiting(source, (), 0, connector_of(source).absent(source), is_asked=True)
    found = find_files(source.source, source.extract, home)
    new = tuple(file for file in found.files if (file.place, file.bytes, file.modified_ns) not in known)
    return Waiting(source, new, len(found.files) - len(new), found.absent)
