"""The `files` connector: which files a source has now."""

import hashlib
import re
from dataclasses import dataclass
from glob import glob
from pathlib import Path

from tasks.extract.environment import filled, unset
from tasks.source import FilesExtract
from warehouse.home import Home


@dataclass(frozen=True)
class FoundFile:
    """A file as it lies in its folder now."""

    path: Path
    place: str
    """Where that is, told without naming the machine: below the home, or in a folder that has a number."""
    bytes: int
    modified_ns: int


@dataclass(frozen=True)
class Found:
    """What a source has now, or why it has nothing to give."""

    files: tuple[FoundFile, ...]
    absent: str | None = None


def find_files(source: str, extract: FilesExtract, home: Home) -> Found:
    """The files of a source in the order of their paths, numbers in them by size; folders are read whole."""
    brought = [path for path in (home.attachments / source).glob("*") if path.is_file()]
    missing = unset([extract.path], home)
    if missing and not brought:
        return Found((), f"{source}: skipped, {missing[0]} is not set; set it to the folder that holds the data")
    pattern = extract.path if missing else filled(extract.path, home)
    paths = [] if missing else [Path(path) for path in glob(pattern, recursive=True)]  # noqa: PTH207 - may be absolute
    every = (file for path in paths for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file())
    # What mails have brought to the source is found without being named, and once where it is named.
    files = sorted({*every, *brought}, key=_in_order)
    if not files:
        return Found((), f"{source}: skipped, there is no file at {pattern}")
    return Found(tuple(_found(file, home) for file in files))


def _in_order(file: Path) -> list[tuple[int, str]]:
    """The order in which a person lists files: `prices_9.csv` before `prices_10.csv`."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", str(file)) if part]


def _found(path: Path, home: Home) -> FoundFile:
    status = path.stat()
    return FoundFile(path, _place(path, home), status.st_size, status.st_mtime_ns)


def _place(path: Path, home: Home) -> str:
    if path.is_relative_to(home.root):
        return str(path.relative_to(home.root))
    return f"{hashlib.sha256(str(path.parent).encode()).hexdigest()[:12]}/{path.name}"
