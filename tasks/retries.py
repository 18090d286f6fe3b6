"""What is worth trying again: what can pass by itself is, what cannot is not.

A policy stands in the decorator of the task that it serves: `@task(**READING)`.
"""

import errno
from typing import Any

from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task, exponential_backoff

from tasks.errors import SourceRefused, SourceUnreachable
from tasks.writer import LOCKED

PASSING = frozenset(
    {
        errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ESTALE, errno.ETIMEDOUT,
        errno.ETXTBSY, errno.ECONNABORTED, errno.ECONNREFUSED, errno.ECONNRESET, errno.EHOSTUNREACH, errno.ENETUNREACH,
        errno.EPIPE,
    }
)  # fmt: skip
"""What a network drive, a share or a busy machine says and then no longer says. A missing file or a full disk stays."""


def can_pass(error: BaseException) -> bool:
    """Whether the same step may succeed a moment later, with nobody having mended anything."""
    if LOCKED in str(error) or isinstance(error, SourceUnreachable):
        return True
    if isinstance(error, SourceRefused):
        return False
    if isinstance(error, OSError):
        return isinstance(error, TimeoutError | ConnectionError) or error.errno in PASSING
    return error.__cause__ is not None and can_pass(error.__cause__)


def retry_what_can_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Answer Prefect's question after a failed attempt, whether to make another."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, BaseException) and can_pass(error)


READING: dict[str, Any] = {
    # About 2, 4, 8 and 16 seconds: a share that comes back after a short outage is waited for, a long one is told of.
    "retries": 4,
    "retry_delay_seconds": exponential_backoff(backoff_factor=2),
    # Several runs that failed together do not come back together.
    "retry_jitter_factor": 0.5,
    "retry_condition_fn": retry_what_can_pass,
}
"""For steps that read what others deliver."""

STORING: dict[str, Any] = {**READING, "retries": 2}
"""For steps that write files of our own: a passing fault of the disk, or an analyst's tool that holds the warehouse."""

NEVER: dict[str, Any] = {"retries": 0}
"""For steps that only judge: a broken contract or a failed audit says the same thing the second time."""
