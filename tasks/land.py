"""Landing: keeping what was received, byte for byte, read-only, under its SHA-256, before anything reads it."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from warehouse.home import Home
from warehouse.publish import flush

CHUNK = 4 << 20


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
    shutil.copyfile(file, part)
    return keep(part, file.name)


def keep(part: Path, name: str) -> Landed:
    """Give a part file of the landing folder, which is whole now, the name under which it stays."""
    sha256 = hash_of(part)
    kept = part.with_name(sha256 + _suffixes(Path(name)))
    if kept.exists() and kept.stat().st_size == part.stat().st_size:
        part.unlink()
    else:
        part.chmod(0o444)
        part.replace(kept)
    return Landed(sha256, kept, name, kept.stat().st_size)


def hash_of(file: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with file.open("rb", buffering=0) as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


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
