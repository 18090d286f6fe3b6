"""What Prefect and the book of runs know of the runs in a home."""

from pathlib import Path

import duckdb
from prefect import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterParentFlowRunId
from prefect.client.schemas.objects import FlowRun


def runs_of(home: Path) -> list[tuple]:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(
            "select flow, as_of_date, status, publication_id from operations.runs order by started_at"
        ).fetchall()


def last_run_of(home: Path) -> FlowRun:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        ((run_id,),) = connection.execute("select arg_max(run_id, started_at) from operations.runs").fetchall()
    with get_client(sync_client=True) as client:
        return client.read_flow_run(run_id)


def children_of(run: FlowRun) -> list[FlowRun]:
    beneath = FlowRunFilter(parent_flow_run_id=FlowRunFilterParentFlowRunId(any_=[run.id]))
    with get_client(sync_client=True) as client:
        return client.read_flow_runs(flow_run_filter=beneath)


def artifacts_of(*runs: FlowRun) -> dict[str, str]:
    with get_client(sync_client=True) as client:
        found = client.read_artifacts(limit=200)
    return {one.key: one.data for one in found if one.flow_run_id in {run.id for run in runs}}
