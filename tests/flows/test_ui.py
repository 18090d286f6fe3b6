"""`make ui`, for real: it starts, a deployment started on its page completes, it stops, and it starts again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 240.0


@contextmanager
def page(home: Path) -> Iterator[httpx.Client]:
    """The page of a home folder, from its start until it has stopped."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.ui"], cwd=REPOSITORY, env=env | {"COUNTINGHOUSE_HOME": str(home)},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        lines = (line for line in process.stdout if line.startswith("Prefect: "))
        address = next(lines).split()[1]
        with httpx.Client(base_url=f"{address}/api", timeout=30) as client:
            yield client
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        process.stdout.close()


def deployments(client: httpx.Client) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in client.post("/deployments/filter", json={}).json()}


def state_of(client: httpx.Client, run_id: str) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        state = client.get(f"/flow_runs/{run_id}").json()["state"]
        if state["type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}:
            return f"{state['type']} {state['message'] or ''}".strip()
        time.sleep(0.5)
    raise AssertionError("the run did not end")


@pytest.mark.slow
def test_a_deployment_started_on_the_page_completes_and_the_page_starts_again(tmp_path: Path):
    with page(tmp_path) as client:
        found = deployments(client)
        assert found["daily"]["schedules"][0]["schedule"]["cron"] == "30 5 * * *"
        (limit,) = [
            one for one in client.post("/v2/concurrency_limits/filter", json={}).json()
            if one["name"] == "countinghouse-writer"
        ]  # fmt: skip
        assert limit["limit"] == 1
        # What somebody leaves behind by taking a schedule or a deployment out of prefect.yaml.
        client.post(
            f"/deployments/{found['publish']['id']}/schedules",
            json=[{"schedule": {"cron": "0 0 * * *", "timezone": "UTC"}, "active": True, "slug": "taken-out"}],
        ).raise_for_status()
        morning = found["daily"]["schedules"][0]["id"]
        client.patch(
            f"/deployments/{found['daily']['id']}/schedules/{morning}", json={"active": False}
        ).raise_for_status()
        run = client.post(
            f"/deployments/{found['one-source']['id']}/create_flow_run",
            json={"state": {"type": "SCHEDULED"}, "parameters": {"source": "mail_order_bank"}},
        ).json()
        assert state_of(client, run["id"]) == "COMPLETED"
        assert client.get(f"/flow_runs/{run['id']}").json()["name"] == "ingest mail_order_bank"
    with page(tmp_path) as client:
        assert set(deployments(client)) == set(found)
        assert deployments(client)["publish"]["schedules"] == []
        (schedule,) = deployments(client)["daily"]["schedules"]
        assert not schedule["active"], "a schedule that was paused on the page stays paused"
        assert client.get(f"/flow_runs/{run['id']}").json()["state"]["type"] == "COMPLETED"
