"""Landing: keeping what was received, byte for byte, read-only, under its SHA-256, before anything reads it."""

import hashlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from warehouse.home import Home
from warehouse.publish import flush

CHUNK = 256 << 10
"""Bytes read at a time: few enough to stay in the processor's cache."""

PATIENCE = 0.01
"""Seconds that the hash waits for the copy to grow."""


@dataclass(frozen=True)
class Landed:
    """A file as it is kept."""

    sha256: str
    path: Path
    name: str
    bytes: int


def land(home: Home, source: str, file: Path) -> Landed:
    """Copy a file to `landing/<source>/<sha256>.<ext>`; a file that is there already is left as it is.

    The copy is hashed, not the original, so the name is true of what is kept. A copy that a killed run left half
    done has another name and is overwritten by the next one.
    """
    folder = home.landing / source
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{os.getpid()}.part"
    return _name(part, _copy(file, part), file.name)


def keep(part: Path, name: str) -> Landed:
    """Give a part file of the landing folder, which is whole now, the name under which it stays."""
    return _name(part, hash_of(part), name)


def _name(part: Path, sha256: str, name: str) -> Landed:
    kept = part.with_name(sha256 + _suffixes(Path(name)))
    if kept.exists() and kept.stat().st_size == part.stat().st_size:
        part.unlink()
    else:
        part.chmod(0o444)
        part.replace(kept)
    return Landed(sha256, kept, name, kept.stat().st_size)


def hash_of(file: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    with file.open("rb", buffering=0) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _copy(file: Path, part: Path) -> str:
    """The SHA-256 of the copy, which is hashed while it grows."""
    digest = hashlib.sha256()
    with ThreadPoolExecutor(1, "copy") as copying, part.open("w+b", buffering=0) as stream:
        copied = copying.submit(shutil.copyfile, file, part)
        while True:
            is_whole = copied.done()
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
            if is_whole:
                copied.result()
                return digest.hexdigest()
            wait([copied], PATIENCE)


def make_durable(file: Path) -> None:
    """Wait until the file and its name are on the disk; a load is committed only after that."""
    for path in (file, file.parent):
        flush(path)


def sweep(home: Home) -> None:
    """Remove what a killed run left half copied."""
    for part in home.landing.glob("*/.*.part"):
        part.unlink(missing_ok=True)


def _suffixes(file: Path) -> str:
    return "".join(suffix.lower() for suffix in file.suffixes[-2:] if suffix[1:].isalnum() and len(suffix) <= 8)
