"""Reading what a test wrote to a file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tasks.extract.formats.text import ROW, Malformed
from tasks.extract.opening import open_file
from tasks.source import FilesExtract
from tests.tasks.extract.desk import desk

__all__ = ["desk"]


@dataclass(frozen=True)
class Reading:
    """A file as its reader gave it: the rows with their numbers, and the malformed ones."""

    header: list[str]
    rows: dict[int, tuple[str | None, ...]]
    malformed: list[Malformed]

    @property
    def rules(self) -> dict[int, str]:
        return {row.row: row.rule for row in self.malformed}


Read = Callable[..., Reading]


def read_file(path: Path, **extract: object) -> Reading:
    file = open_file(path, FilesExtract.model_validate({"connector": "files", "path": "any"} | extract))
    rows: dict[int, tuple[str | None, ...]] = {}
    malformed: list[Malformed] = []
    for batch in file.batches:
        names = [name for name in batch.frame.columns if name != ROW]
        values = batch.frame.select(names).rows() if names else [()] * batch.frame.height
        rows |= dict(zip(batch.frame[ROW], values, strict=True))
        malformed += batch.malformed
    return Reading(file.header, rows, malformed)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def write_and_read(content: bytes | str, name: str, **extract: object) -> Reading:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_file(path, **extract)

    return write_and_read
