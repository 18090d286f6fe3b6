"""One writer at a time: the lock of a home folder, which the operating system gives back however its holder ends."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.errors import CountinghouseError

LOCK = ".writer.lock"

LOCKED = "Could not set lock on file"
"""How DuckDB says that another process holds its file: an analyst's tool, or a run that began while this one looked."""

WAIT_SECONDS = 2 * 3600.0
"""Longer than the longest load of a day; a writer that holds on longer is stuck, and somebody must look."""


@contextmanager
def one_writer(
    root: Path, who: str, on_wait: Callable[[str], None], wait_seconds: float = WAIT_SECONDS
) -> Iterator[None]:
    """Hold the home folder's lock; while another run holds it, say who that is and wait.

    Raises CountinghouseError when it is not free in time.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / LOCK).open("a+") as lock:
        _take(lock.fileno(), root, on_wait, wait_seconds)
        lock.truncate(0)
        lock.write(f"{who}, process {os.getpid()}")
        lock.flush()
        yield
        lock.truncate(0)


def _take(lock: int, root: Path, on_wait: Callable[[str], None], wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    is_told = False
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            if time.monotonic() >= deadline:
                raise CountinghouseError(
                    f"{root} is being written by {holder(root)}; wait for it to end, or stop it, and run again"
                ) from held
            if not is_told:
                on_wait(f"{root} is being written by {holder(root)}; waiting for it to end")
                is_told = True
            time.sleep(0.2)
        else:
            return


def holder(root: Path) -> str:
    """Who holds the lock, as they wrote it."""
    return (root / LOCK).read_text().strip() or "a run that is just starting"
