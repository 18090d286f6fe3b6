"""A Prefect flow that does nothing: what any run costs before it has begun."""

from __future__ import annotations

import json
import time

from prefect import flow


@flow(name="empty")
def nothing() -> None:
    """Do nothing."""


if __name__ == "__main__":
    started = time.perf_counter()
    nothing()
    print(json.dumps({"seconds": time.perf_counter() - started}))
