"""Parts: some pages of an API's records in one file, a record a line, which is landed and loaded as one."""

from dataclasses import dataclass, field
from pathlib import Path

from tasks.extract.fetching import part_file
from tasks.extract.formats.stream import BLOCK_BYTES
from tasks.extract.http.page import Record
from warehouse.home import Home

PART_BYTES = 16 << 20
"""About how much a part holds at most: what a cut connection repeats is to stay small."""


@dataclass
class Part:
    """The part that is being written."""

    path: Path
    begun_at: str
    """The position of its first page."""
    pages: int = 0
    records: int = 0
    size: int = 0
    _texts: dict[str, int] = field(default_factory=dict)
    _unwritten: list[bytes] = field(default_factory=list)

    def takes(self, record: Record) -> bool:
        """Whether the record may stand in it.

        One that came before, and otherwise, may not: two versions in one file contradict each other, where the same in
        two files follow each other. Nor may one that a reader of lines refuses make it refuse its neighbours.
        """
        is_changed = self._texts.get(record.identity, hash(record.text)) != hash(record.text)
        is_apart = self.records > 0 and max(len(record.text), self.size // self.records) > BLOCK_BYTES
        return not is_changed and not is_apart

    def add(self, record: Record) -> None:
        """Append a record; it is in the file once the part is flushed."""
        self._texts[record.identity] = hash(record.text)
        line = record.text.encode("utf-8", "surrogateescape") + b"\n"
        self._unwritten.append(line)
        self.records += 1
        self.size += len(line)

    def flush(self) -> None:
        """Write what was appended since the last time."""
        if self._unwritten:
            with self.path.open("ab") as stream:
                stream.writelines(self._unwritten)
            self._unwritten.clear()

    def is_full(self, pages: int) -> bool:
        """Whether it is to be loaded before another page is asked for."""
        return self.records > 0 and (self.pages >= pages or self.size >= PART_BYTES)


def new_part(home: Home, source: str, position: str) -> Part:
    """An empty part."""
    return Part(part_file(home, source), position)
