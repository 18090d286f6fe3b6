"""A run at work in a home folder: the only one there, and written down in the book of runs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from prefect import get_run_logger
from prefect.concurrency.sync import concurrency
from prefect.runtime import deployment, flow_run

from tasks.runs import Home, write_begin, write_end
from tasks.writer import one_writer

LISTENERS: list[Callable[[str], None]] = []
"""Who must hear that a run waits, such as somebody at a terminal."""

WRITER_LIMIT = "countinghouse-writer"
"""The global concurrency limit that `make ui` sets to one, so that workers on several machines take turns."""


@dataclass
class RunNote:
    """What the book of runs will say of a run when it ends."""

    run_id: str
    publication_id: str | None = None


HELD: dict[Path, RunNote] = {}
"""The homes that this process writes in: a flow inside a flow goes on with the lock of the outer one."""


@contextmanager
def writing(
    home: Home, flow: str, as_of: date | None, started_at: datetime, part: str | None = None
) -> Iterator[RunNote]:
    """Be the one writer of a home; how the run ends is written down, and a killed one is found by the next.

    A run that writes in turns names each `part` of it, which is written down as a run of its own.
    """
    if home.root in HELD:
        yield HELD[home.root]
        return
    note = RunNote(" ".join([flow_run.id or "", *([part] if part else [])]))
    who = f"flow {flow}, run {flow_run.name}, since {started_at:%Y-%m-%d %H:%M:%S} UTC"
    with _slot(), one_writer(home.root, who, _say):
        HELD[home.root] = note
        status = "failed"
        write_begin(home, note.run_id, flow, as_of, started_at)
        try:
            yield note
            status = "completed"
        finally:
            del HELD[home.root]
            # When a run ended is a fact about the run, not about the books: the one other look at the clock.
            write_end(home, note.run_id, datetime.now(UTC), status, note.publication_id)


def _slot() -> AbstractContextManager[None]:
    """A worker's runs queue by the global limit; a command has only its own machine's lock to wait for."""
    return concurrency(WRITER_LIMIT, occupy=1) if deployment.id else nullcontext()


def _say(sentence: str) -> None:
    get_run_logger().warning(sentence)
    for listener in LISTENERS:
        listener(sentence)
