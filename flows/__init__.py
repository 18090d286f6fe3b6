"""When, and in what order: the flows of a business day, the command that starts them, and the page that shows them.

Importing this package switches off what its libraries would report home, before any of them is loaded.
"""

import os

NO_TELEMETRY = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "GX_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}
"""A back office does not report home."""

os.environ.update(NO_TELEMETRY)
