"""Working ahead loses nothing, tells every error, and stops when nobody listens."""

import threading
import time
from collections.abc import Iterator

import pytest

from tasks.ahead import DEPTH, ReadAhead


def test_everything_comes_in_its_order():
    assert list(ReadAhead(range(1000))) == list(range(1000))
    assert list(ReadAhead([])) == []


def test_an_error_comes_after_what_was_made_before_it():
    def broken() -> Iterator[int]:
        yield 1
        raise LookupError("gone")

    ahead = ReadAhead(broken())
    assert next(iter(ahead)) == 1
    with pytest.raises(LookupError, match="gone"):
        next(iter(ahead))
    assert isinstance(ahead.error, LookupError)


def test_no_more_is_made_than_waits():
    made = []
    ahead = ReadAhead(made.append(number) or number for number in range(100))
    assert next(iter(ahead)) == 0
    deadline = time.monotonic() + 5
    while len(made) < DEPTH + 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert DEPTH + 1 <= len(made) <= DEPTH + 2
    ahead._items.close()


def test_a_reader_that_leaves_ends_the_thread():
    before = threading.active_count()
    ahead = ReadAhead(iter(int, 1))
    next(iter(ahead))
    ahead._items.close()
    assert threading.active_count() == before
