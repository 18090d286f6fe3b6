"""Verify: what was received is kept as it was, every row is accounted for, and what is published can be read."""

from dataclasses import dataclass

from tasks.errors import UsageError
from tasks.land import hash_of
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.verification import (
    KeptFile,
    failed_audits,
    kept_files,
    loads_count,
    published_tables,
    unbalanced_loads,
)


@dataclass(frozen=True)
class Check:
    """One promise that was looked at: how much of it, and what broke it."""

    promise: str
    count: int
    broken: list[str]


def verify(home: Home) -> list[Check]:
    """Look at everything that the books say can be looked at; nothing is changed.

    Raises UsageError when there is nothing to verify.
    """
    if not home.warehouse.exists():
        raise UsageError(f"{home.root} holds no warehouse; run `countinghouse run` first")
    with connect(home.warehouse, read_only=True) as connection:
        files = kept_files(connection)
        loads = Check("loads whose rows are all accounted for", loads_count(connection), unbalanced_loads(connection))
    return [_kept(home, files), loads, *([_published(home)] if home.published.exists() else [])]


def _kept(home: Home, files: list[KeptFile]) -> Check:
    return Check(
        "files kept as they were received", len(files), [said for file in files for said in _broken(home, file)]
    )


def _broken(home: Home, file: KeptFile) -> list[str]:
    path = home.root / file.landed
    if not path.exists():
        return [f"{path} ({file.name}) is gone"]
    found = hash_of(path)
    return [] if found == file.sha256 else [f"{path} ({file.name}) was changed: its SHA-256 is {found}"]


def _published(home: Home) -> Check:
    with connect(home.published, read_only=True) as connection:
        return Check("published tables that can be read", len(published_tables(connection)), failed_audits(connection))
