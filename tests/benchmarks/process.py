"""A program run to its end in a process of its own, measured from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MIB = 1024 * 1024
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""The system gives the peak in bytes on macOS and in KiB elsewhere."""


@dataclass(frozen=True)
class Measured:
    """What one program said and what it took."""

    answer: dict[str, Any]
    process_seconds: float
    peak_mib: float

    @property
    def seconds(self) -> float:
        """The seconds of the work itself, without starting Python and its libraries."""
        return float(self.answer["seconds"])


def measure(script: str, *arguments: str | Path, environment: dict[str, str]) -> Measured:
    """Run a script of this folder; its last line of output is its answer in JSON.

    The peak is that of the program or of the largest program that it started. The measuring process stays small,
    because a new process begins with the peak of the one that started it.
    """
    # What earlier programs left to be written would be written at this one's cost.
    os.sync()
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | environment, text=True)
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{script} ended with exit code {process.returncode}")
    return Measured(json.loads(output.splitlines()[-1]), seconds, usage.ru_maxrss * MAXRSS_UNIT / MIB)
