"""The home folder as a run sees it: where it is, and the book in which the run is written down."""

import os
from datetime import date, datetime
from pathlib import Path

from tasks.errors import UsageError
from tasks.store import open_store
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.runs import Run, begin_run, end_run

__all__ = ["Home", "home_at", "home_with_books", "write_begin", "write_end"]


def home_at(root: Path | None) -> Home:
    """The home folder: the one named, else COUNTINGHOUSE_HOME, else ./data."""
    return Home((root or Path(os.environ.get("COUNTINGHOUSE_HOME") or "data")).expanduser().resolve())


def home_with_books(root: Path | None) -> Home:
    """The home folder of a run that asks for books kept already.

    Raises UsageError when there are none.
    """
    home = home_at(root)
    if not home.warehouse.exists():
        raise UsageError(f"there are no books in {home.root}; run `countinghouse run` first")
    return home


def write_begin(home: Home, run_id: str, flow: str, as_of: date | None, started_at: datetime) -> None:
    """Write that a run began."""
    if not home.warehouse.exists():
        open_store(home).close()
    with connect(home.warehouse) as connection:
        begin_run(connection, Run(run_id, flow, as_of, started_at))


def write_end(home: Home, run_id: str, ended_at: datetime, status: str, publication_id: str | None = None) -> None:
    """Write how a run ended."""
    with connect(home.warehouse) as connection:
        end_run(connection, run_id, ended_at, status, publication_id)
