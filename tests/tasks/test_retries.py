"""What is tried again and what is not."""

import errno

import pytest
from prefect import flow, task
from prefect.states import Failed

from tasks.errors import AuditRefused, SourceError
from tasks.retries import NEVER, READING, STORING, can_pass, retry_what_can_pass


def locked() -> Exception:
    return RuntimeError('IO Error: Could not set lock on file "w.duckdb": Conflicting lock is held in python (PID 7)')


PASSING = [
    BlockingIOError(errno.EAGAIN, "try again"), TimeoutError(), ConnectionResetError(), OSError(errno.EIO, "read"),
    OSError(errno.ESTALE, "stale handle of a network drive"), locked(),
]  # fmt: skip
STAYING = [
    FileNotFoundError(errno.ENOENT, "gone"), PermissionError(errno.EACCES, "no"), OSError(errno.ENOSPC, "disk full"),
    ValueError("no date"), AuditRefused("no"), SourceError("sources/x.yml:3: no"),
]  # fmt: skip


@pytest.mark.parametrize("error", PASSING, ids=repr)
def test_what_can_pass_is_tried_again(error: Exception):
    assert can_pass(error)
    assert retry_what_can_pass(None, None, Failed(data=error))


@pytest.mark.parametrize("error", STAYING, ids=repr)
def test_what_cannot_pass_is_not(error: Exception):
    assert not can_pass(error)
    assert not retry_what_can_pass(None, None, Failed(data=error))


def test_a_cause_that_can_pass_counts():
    wrapped = ValueError("could not load")
    wrapped.__cause__ = TimeoutError()
    assert can_pass(wrapped)


def test_delays_grow_and_are_spread():
    for policy in (READING, STORING):
        delays = policy["retry_delay_seconds"](policy["retries"])
        assert delays == sorted(set(delays))
        assert policy["retry_jitter_factor"] > 0


@pytest.mark.usefixtures("prefect")
@pytest.mark.parametrize(
    ("policy", "error", "attempts"),
    [(STORING, locked(), 3), (STORING, AuditRefused("no"), 1), (NEVER, TimeoutError(), 1)],
    ids=["locked", "refused", "judged"],
)
def test_prefect_makes_as_many_attempts_as_the_policy_says(policy: dict, error: Exception, attempts: int):
    made = []

    @task(**(policy | ({"retry_delay_seconds": 0} if policy["retries"] else {})))
    def step() -> None:
        made.append(1)
        raise error

    @flow
    def trying() -> None:
        step()

    with pytest.raises(type(error)):
        trying()
    assert len(made) == attempts
