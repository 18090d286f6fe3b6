"""The seal on a simulated inbox: what it was made from and what each file must be."""

import json
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

SEAL = ".seal.json"

WRITERS = ("numpy", "polars", "pyarrow", "xlsxwriter")
"""Libraries whose next version may write other bytes."""


def made_from(**settings: object) -> str:
    """A short name for the simulation's code, its libraries and its settings."""
    here = Path(__file__).parent
    digest = sha256(json.dumps(settings, sort_keys=True).encode())
    for library in WRITERS:
        digest.update(version(library).encode())
    for module in sorted(here.rglob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()


def seal_of(inbox: Path, origin: str) -> bytes:
    """What the files were made from, and the SHA-256 of each as it is now."""
    files = sorted(file for file in inbox.rglob("*") if file.is_file() and file.name != SEAL)
    digests = {str(file.relative_to(inbox)): sha256(file.read_bytes()).hexdigest() for file in files}
    return json.dumps({"made_from": origin, "files": digests}, indent=1).encode()


def is_sealed(inbox: Path, origin: str) -> bool:
    """Whether the files were made from the same, and still are what they were."""
    seal = inbox / SEAL
    return seal.is_file() and seal.read_bytes() == seal_of(inbox, origin)
