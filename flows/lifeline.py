"""A program that runs only for as long as whoever started it: when the pipe to them breaks, it and its children end."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

GRACE_SECONDS = 10
"""Long enough for a server to write down what it knows, short enough for somebody who waits at a terminal."""


def start(command: Sequence[str], log: Path, env: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a program on a lifeline, with what it says added to a log file."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as said:
        # Of a session of its own: Ctrl-C at the terminal is for the one who holds the line, who then lets go of it.
        return subprocess.Popen(
            [sys.executable, "-m", "flows.lifeline", *command],
            stdin=subprocess.PIPE, stdout=said, stderr=said, env=env, start_new_session=True,
        )  # fmt: skip


def stop(process: subprocess.Popen[bytes]) -> None:
    """Let go of the lifeline and wait for the end."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(timeout=GRACE_SECONDS + 5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def hold(command: Sequence[str]) -> int:
    """Run the program in a session of its own until it ends or the standard input does; its exit code."""
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)

    def end(_signal: int = 0, _frame: FrameType | None = None) -> None:
        _end(program)

    signal.signal(signal.SIGTERM, end)
    threading.Thread(target=_end_with_input, args=(program,), daemon=True).start()
    return program.wait()


def _end_with_input(program: subprocess.Popen[bytes]) -> None:
    # The plain call: a thread that waits inside Python's own buffer would make the interpreter abort at its end.
    while os.read(0, 1024):
        pass
    _end(program)


def _end(program: subprocess.Popen[bytes]) -> None:
    for ending in (signal.SIGTERM, signal.SIGKILL):
        if program.poll() is None:
            os.killpg(program.pid, ending)
        try:
            program.wait(timeout=GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        return


if __name__ == "__main__":
    sys.exit(hold(sys.argv[1:]))
