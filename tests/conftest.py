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
for name in ("PREFECT_API_URL", "PREFECT_PROFILE", "COUNTINGHOUSE_HOME", "COUNTINGHOUSE_REFERENCE_DATA"):
    os.environ.pop(name, None)

# A run of all sources must not find the real data by chance; the tests that want them ask for the fixture.
BESIDE = Path(__file__).resolve().parents[2] / "shared" / "real-data"
os.environ.setdefault("TESTS_REAL_DATA", os.environ.pop("COUNTINGHOUSE_REAL_DATA", None) or str(BESIDE))

import flows  # noqa: E402, F401 - switches telemetry off


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: starts servers and waits for them; up to two minutes")


LONG = ("promises", "demonstration", "flows", "simulate")
"""Folders whose tests run for minutes."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long: a file that is begun last keeps one worker busy while the others have nothing."""
    items.sort(key=lambda item: min((LONG.index(part) for part in item.path.parts if part in LONG), default=len(LONG)))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data that COUNTINGHOUSE_REAL_DATA names; where there is none the test skips and says so."""
    folder = Path(os.environ["TESTS_REAL_DATA"])
    if not folder.is_dir():
        pytest.skip(f"the real data are not at {folder}; COUNTINGHOUSE_REAL_DATA names their folder")
    return folder


@pytest.fixture(scope="session")
def prefect() -> Iterator[None]:
    """A real Prefect server, one for all tests of a process; it can take over half a minute to start."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    # A beating heart holds up the end of each flow by a second.
    with (
        prefect_test_harness(server_startup_timeout=180),
        temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}),
    ):
        yield
