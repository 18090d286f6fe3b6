"""The time that passes while a server is asked; tests bring their own, which never waits."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from random import SystemRandom


@dataclass(frozen=True)
class Clock:
    """A stopwatch, a way to wait, and the chance that keeps many clients from coming back at once."""

    seconds: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = SystemRandom().random
