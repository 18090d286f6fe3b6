"""Putting a finished file in its place: a reader finds the old one or the new one, never half of it."""

import os
from pathlib import Path


def replace_file(path: Path, content: bytes) -> Path:
    """Write beside the place, then rename; what a killed run left beside it is written over."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.writing")
    beside.write_bytes(content)
    os.replace(beside, path)
    return path
