"""Run the command, and kill the process without warning at a named step: `killed_run.py <step> <place> <nth> args...`.

The step is `module:function`; the place is `before` or `after`; `nth` says at which of its calls.
"""

import importlib
import os
import signal
import sys
from typing import Any


def die() -> None:
    """What kill -9 does: nothing is closed, nothing is flushed, nobody is told."""
    os.kill(os.getpid(), signal.SIGKILL)


def arm(step: str, place: str, nth: int) -> None:
    """Make the nth call of the step the last thing this process does."""
    module_name, function_name = step.split(":")
    module = importlib.import_module(module_name)
    function = getattr(module, function_name)
    calls = 0

    def deadly(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == nth and place == "before":
            die()
        result = function(*args, **kwargs)
        if calls == nth:
            die()
        return result

    setattr(module, function_name, deadly)


if __name__ == "__main__":
    arm(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    sys.argv = ["countinghouse", *sys.argv[4:]]
    from flows.command import main

    main()
