"""How far a long load is: a bar on the run's page in Prefect, and a line for whoever watches the command."""

import contextvars
import time
from collections.abc import Callable
from typing import cast
from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact

from tasks.waiting import Waiting

PATIENCE_SECONDS = 3.0
"""A load shorter than this is over before anyone has found its bar."""

INTERVAL_SECONDS = 2.0
"""Often enough for a bar to move, seldom enough to cost nothing."""

WATCHERS: list[Callable[[str], None]] = []
"""Who else wants to know, such as the command's status line."""


class Progress:
    """Called by a load with the file that it reads and the rows that it has read of it."""

    def __init__(self, waiting: Waiting) -> None:
        self.source = waiting.source.source
        self.sizes = [(file.path.name, file.bytes) for file in waiting.files]
        self.total = max(1, waiting.bytes)
        self.shown_at = time.monotonic() + PATIENCE_SECONDS - INTERVAL_SECONDS
        self.artifact: UUID | None = None
        # A load may tell from a thread of its own, which does not know whose run it is.
        self.run = contextvars.copy_context()

    def __call__(self, file: str, rows: int) -> None:
        """Tell the watchers at once, Prefect now and then."""
        sentence = f"{self.source}: {file}, {rows:,} rows read"
        for watcher in WATCHERS:
            watcher(sentence)
        if time.monotonic() - self.shown_at >= INTERVAL_SECONDS:
            self.run.run(self._show, sentence, self.percent(file))

    def percent(self, file: str) -> float:
        """The share of the bytes in files that are done; the files come in the order in which they were found."""
        names = [name for name, _ in self.sizes]
        done = names.index(file) if file in names else 0
        return 100.0 * sum(size for _, size in self.sizes[:done]) / self.total

    def _show(self, sentence: str, percent: float) -> None:
        self.shown_at = time.monotonic()
        if self.artifact is None:
            key = f"progress-{self.source.replace('_', '-')}"
            self.artifact = cast(UUID, create_progress_artifact(percent, key=key, description=sentence))
        else:
            update_progress_artifact(self.artifact, percent, description=sentence)

    def finish(self) -> None:
        """Fill the bar, if there is one."""
        if self.artifact is not None:
            update_progress_artifact(self.artifact, 100.0, description=f"{self.source}: all read")
