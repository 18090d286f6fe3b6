"""One writer at a time, across processes, and none left locked out by a killed one."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.errors import CountinghouseError
from tasks.writer import holder, one_writer

HOLDING = """
import sys, time
from pathlib import Path
from tasks.writer import one_writer
with one_writer(Path(sys.argv[1]), "flow ingest, run slow till", print):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes in the same home."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(tmp_path)],
        cwd=Path(__file__).resolve().parents[2], stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_writer_is_told_who_holds_the_home_and_gives_up_in_time(tmp_path: Path, other: subprocess.Popen[str]):
    told: list[str] = []
    with pytest.raises(CountinghouseError, match="slow till"), one_writer(tmp_path, "me", told.append, 0.3):
        pass
    assert told == [
        f"{tmp_path} is being written by flow ingest, run slow till, process {other.pid}; waiting for it to end"
    ]


def test_a_killed_writer_locks_nobody_out(tmp_path: Path, other: subprocess.Popen[str]):
    other.send_signal(signal.SIGKILL)
    other.wait()
    told: list[str] = []
    with one_writer(tmp_path, "me", told.append, 5):
        assert holder(tmp_path).startswith("me, process ")
    assert told == []


def test_the_lock_is_free_again_after_an_error(tmp_path: Path):
    with pytest.raises(ValueError, match="broken"), one_writer(tmp_path, "me", print):
        raise ValueError("broken")
    with one_writer(tmp_path, "me again", print, 0):
        pass
