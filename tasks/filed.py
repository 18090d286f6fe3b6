"""Filed: what was filed of a closed period, proven against the hashes that were written down when it was closed."""

import hashlib
import shutil
from pathlib import Path

from tasks.errors import FiledFileChanged, UsageError
from warehouse.closings import Closing, FiledFile, closed_periods, filed_files, find_closing
from warehouse.connection import connect
from warehouse.home import Home


def read_filed(home: Home, period: str) -> tuple[Closing, list[tuple[FiledFile, Path]]]:
    """The closing of a period, and its files, each byte for byte as it was filed.

    Raises UsageError when the period is not closed, FiledFileChanged when a file is not what was filed.
    """
    if not home.warehouse.exists():
        raise UsageError(f"there are no books in {home.root}; run `countinghouse run` first")
    with connect(home.warehouse, read_only=True) as connection:
        closing = find_closing(connection, period)
        if closing is None:
            closed = ", ".join(closed_periods(connection)) or "none yet"
            raise UsageError(f"{period} is not closed; closed periods: {closed}")
        files = filed_files(connection, period)
    return closing, [(file, _proven(home.filed / period / file.file_name, file)) for file in files]


def _proven(path: Path, file: FiledFile) -> Path:
    if not path.exists():
        raise FiledFileChanged(f"{path} is gone; bring back the file with the SHA-256 {file.sha256} from a backup")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != file.sha256:
        raise FiledFileChanged(
            f"{path} is not what was filed: its SHA-256 is {found}, not {file.sha256}; bring it back from a backup"
        )
    return path


def copy_filed(files: list[tuple[FiledFile, Path]], to: Path) -> list[Path]:
    """Copy proven files into a folder."""
    to.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copyfile(path, to / file.file_name)) for file, path in files]
