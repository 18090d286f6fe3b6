"""A Prefect flow that does nothing: what any run costs before it has begun."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from flows.server import prefect_api


def main() -> None:
    """Run it with an API as the command has one."""
    with prefect_api(Path(sys.argv[1])) as api:
        from prefect import flow

        @flow(name="empty")
        def nothing() -> None:
            """Do nothing."""

        with api.recording():
            started, cpu_started = time.perf_counter(), time.process_time()
            nothing()
            seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
            print(json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds}))


if __name__ == "__main__":
    main()
