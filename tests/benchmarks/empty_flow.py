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
            started = time.perf_counter()
            nothing()
            print(json.dumps({"seconds": time.perf_counter() - started}))


if __name__ == "__main__":
    main()
