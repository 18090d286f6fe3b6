"""What every test has: no telemetry, a Prefect of the tests' own, and none of the user's settings."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before anything imports Prefect, which reads its settings once.
PREFECT_HOME = tempfile.TemporaryDirectory(prefix="countinghouse-prefect-")
os.environ["PREFECT_HOME"] = PREFECT_HOME.name
os.environ["PREFECT_PROFILES_PATH"] = str(Path(PREFECT_HOME.name) / "profiles.toml")
for name in ("PREFECT_API_URL", "PREFECT_PROFILE", "COUNTINGHOUSE_HOME", "COUNTINGHOUSE_REAL_DATA"):
    os.environ.pop(name, None)

import flows  # noqa: E402, F401 - switches telemetry off


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: starts servers and waits for them; up to two minutes")


@pytest.fixture(scope="session")
def prefect() -> Iterator[None]:
    """A real Prefect server, one for all tests of a process; it can take over half a minute to start."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    # A beating heart holds up the end of each flow by a second.
    with prefect_test_harness(server_startup_timeout=180), temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield
