"""Finding the sources that a run is about."""

import os
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from tasks.errors import UsageError
from tasks.source.checking import load_source
from tasks.source.model import Source
from tasks.source.words import nearest

SOURCES = Path(os.environ.get("COUNTINGHOUSE_SOURCES") or Path(__file__).resolve().parents[2] / "sources")
"""The folder of source files: the one that COUNTINGHOUSE_SOURCES names, else the repository's own."""


def source_files(folder: Path) -> list[Path]:
    """The source files of a folder; `company.yml` describes the company, not a source."""
    return sorted(file for file in folder.glob("*.yml") if file.name != "company.yml")


def load_sources(folder: Path = SOURCES) -> list[Source]:
    """Every source of a folder, by name.

    Raises SourceError with the first thing that is wrong, before anything is read.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder of sources")
    return [load_source(file) for file in source_files(folder)]


def chosen(patterns: Sequence[str] | None, folder: Path = SOURCES) -> list[Source]:
    """The sources whose names match one of the patterns (`mail_order_*`); all of them without a pattern.

    Raises UsageError when a pattern matches none, SourceError when a chosen source is wrong.
    """
    files = {file.stem: file for file in source_files(folder)}
    for pattern in patterns or ():
        if not any(fnmatchcase(name, pattern) for name in files):
            raise UsageError(
                f"no source is called {pattern!r}{nearest(pattern, files)}; see `countinghouse sources list`"
            )
    wanted = [file for name, file in files.items() if not patterns or any(fnmatchcase(name, p) for p in patterns)]
    return [load_source(file) for file in wanted]
