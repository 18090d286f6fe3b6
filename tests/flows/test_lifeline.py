"""A program on a lifeline ends with whoever started it, however they end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from flows import lifeline

SLEEPER = "import os, sys, time; print(os.getpid(), flush=True); time.sleep(60)"


def wait_for_pid(log: Path) -> int:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if log.exists() and log.read_text().strip():
            return int(log.read_text())
        time.sleep(0.05)
    raise AssertionError("the program did not start")


def is_gone(pid: int) -> bool:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_letting_go_ends_the_program(tmp_path: Path):
    process = lifeline.start([sys.executable, "-c", SLEEPER], tmp_path / "log", dict(os.environ))
    pid = wait_for_pid(tmp_path / "log")
    lifeline.stop(process)
    assert is_gone(pid)


def test_a_holder_that_is_killed_takes_the_program_along(tmp_path: Path):
    holding = (
        "import os, sys, time; from pathlib import Path; from flows import lifeline; "
        f"lifeline.start([sys.executable, '-c', {SLEEPER!r}], Path({str(tmp_path / 'log')!r}), dict(os.environ)); "
        "time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", holding], cwd=Path(__file__).resolve().parents[2])
    pid = wait_for_pid(tmp_path / "log")
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert is_gone(pid)


def test_a_program_that_ends_by_itself_gives_its_exit_code(tmp_path: Path):
    process = lifeline.start([sys.executable, "-c", "raise SystemExit(7)"], tmp_path / "log", dict(os.environ))
    assert process.wait(timeout=30) == 7
    lifeline.stop(process)
