"""What a Prefect server knows beside the deployments: pool, writer's limit, watch for killed runs, what is gone."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate, WorkPoolCreate
from prefect.client.schemas.objects import StateType
from prefect.events import EventTrigger, Posture, ResourceSpecification
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import ObjectAlreadyExists
from prefect.workers.process import ProcessWorker

from flows.writing import WRITER_LIMIT

WATCH = "Mark killed runs as crashed"

SILENCE = timedelta(seconds=120)
"""Four heartbeats: a run that misses one or two is on a busy machine, not dead."""


def ensure_pool(name: str) -> None:
    """The work pool whose runs are processes on this machine."""
    template = ProcessWorker.get_default_base_job_template()
    with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
        client.create_work_pool(WorkPoolCreate(name=name, type="process", base_job_template=template))


def ensure_limit() -> None:
    """One writer at a time. Nothing runs while the page starts, so whoever still holds the slot was killed."""
    with get_client(sync_client=True) as client:
        client.upsert_global_concurrency_limit_by_name(WRITER_LIMIT, limit=1)
        client.update_global_concurrency_limit(WRITER_LIMIT, GlobalConcurrencyLimitUpdate(active_slots=0))


def ensure_watch_for_killed_runs() -> None:
    """A killed run says nothing any more: after a silence it is marked as crashed, or it would run for ever."""
    ended = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed")}
    watch = AutomationCore(
        name=WATCH,
        description="Self-hosted Prefect does not do this by itself.",
        trigger=EventTrigger(
            after={"prefect.flow-run.heartbeat"},
            expect={"prefect.flow-run.heartbeat", *ended},
            match=ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=SILENCE,
        ),
        actions=[
            ChangeFlowRunState(
                name=None, state=StateType.CRASHED, message="It has not been heard of for two minutes.", force=False
            )
        ],
    )
    with get_client(sync_client=True) as client:
        if not client.read_automations_by_name(WATCH):
            client.create_automation(watch)


def remove_what_is_gone(file: Path) -> None:
    """Remove deployments and schedules that `prefect.yaml` no longer names; applying it only adds and changes."""
    kept = {deployment["name"]: slugs(deployment) for deployment in yaml.safe_load(file.read_text())["deployments"]}
    with get_client(sync_client=True) as client:
        for deployment in client.read_deployments():
            if deployment.entrypoint is None or not deployment.entrypoint.startswith("flows."):
                continue
            if deployment.name not in kept:
                client.delete_deployment(deployment.id)
            else:
                _remove_schedules(client, deployment, kept[deployment.name])


def slugs(deployment: dict[str, Any]) -> set[str]:
    """The names of a deployment's schedules."""
    return {schedule["slug"] for schedule in deployment.get("schedules", ())}


def _remove_schedules(client: SyncPrefectClient, deployment: Any, kept: set[str]) -> None:
    for schedule in deployment.schedules:
        if schedule.slug not in kept:
            client.delete_deployment_schedule(deployment.id, schedule.id)
