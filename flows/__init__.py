"""When, and in what order: the flows of a business day, the command that starts them, and the page that shows them.

Importing this package settles what its libraries read of the environment when they are loaded: what they would report
home is switched off, and memory that polars has done with is kept for the next batch.
"""

import os

NO_TELEMETRY = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "GX_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}
"""A back office does not report home."""

os.environ.update(NO_TELEMETRY)

# Given back after half a second, as polars does by itself, the memory of a batch is asked for again by the next one,
# and the system clears every page of it anew: a fortieth of a long load.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:10000")
