"""Asking a source that is no folder: what it gives is written to files of ours, which are landed like any delivery."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Protocol, cast

from tasks.source import Source
from warehouse.home import Home


@dataclass(frozen=True)
class Window:
    """A range of a source's cursor, first included, last not, as the text in which the source spells it."""

    first: str
    last: str


@dataclass(frozen=True)
class Asking:
    """What a connector is told when it is asked for what is new."""

    home: Home
    asked_at: datetime
    cursors: Mapping[str, str]
    """What it asked to be remembered, as of the last file that was loaded."""
    window: Window | None = None
    """The past range to fetch instead of what is new."""
    progress: Callable[[str, int], None] = lambda _name, _rows: None


@dataclass(frozen=True)
class Keys:
    """That a file names every key that its source holds now: what is recorded and not named there is gone."""

    columns: tuple[str, ...]
    """The source's columns that name a row."""
    is_alone: bool
    """Whether the file holds keys and nothing else: its rows are compared, and not loaded."""


@dataclass(frozen=True)
class Fetched:
    """One file of what a source gave, not yet landed; it is moved into the landing folder."""

    path: Path | None
    """None where there was nothing, and that is to be remembered."""
    name: str
    place: str
    """Where it came from, told without secrets or the names of machines."""
    cursors: Mapping[str, str] = field(default_factory=dict)
    """What to remember once the file is loaded, in the same transaction."""
    keys: Keys | None = None
    """Where the file names every key: by which columns."""


class Connector(Protocol):
    """What the module of a connector that has to be asked can do."""

    def absent(self, source: Source) -> str | None:
        """Why the source cannot be asked here, as a sentence: a name that is not set; None when it can."""

    def fetch(self, source: Source, asking: Asking) -> Iterator[Fetched]:
        """What is new, file by file; each is asked for when the one before is loaded.

        Raises SourceUnreachable when the source does not answer, SourceRefused when it says no.
        """


def connector_of(source: Source) -> Connector:
    """The module that asks the source; its libraries are imported only where it is used."""
    return cast(Connector, import_module(f"tasks.extract.{source.extract.connector}"))


_parts = count(1)


def part_file(home: Home, source: str) -> Path:
    """A file of the landing folder to write what is fetched to; a run that is killed leaves it to be swept."""
    folder = home.landing / source
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f".{os.getpid()}-{next(_parts)}.part"
