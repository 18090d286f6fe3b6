"""prefect.yaml: every flow is deployed, by a name that can be imported, on a clock that is ours."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect import Flow
from prefect.client.schemas.schedules import CronSchedule
from prefect.utilities.callables import parameter_schema

from flows.parameters import TIME_ZONE
from flows.ui import POOL

REPOSITORY = Path(__file__).resolve().parents[2]
DEPLOYMENTS: list[dict[str, Any]] = yaml.safe_load((REPOSITORY / "prefect.yaml").read_text())["deployments"]


def flow_of(deployment: dict[str, Any]) -> Flow:
    module, name = deployment["entrypoint"].rsplit(".", 1)
    return getattr(import_module(module), name)


def flows_of_the_house() -> set[str]:
    names = set()
    for file in (REPOSITORY / "flows").glob("*.py"):
        if "@flow(" in file.read_text():
            names |= {f"flows.{file.stem}.{name}" for name, one in vars(import_module(f"flows.{file.stem}")).items()
                      if isinstance(one, Flow) and one.fn.__module__ == f"flows.{file.stem}"}  # fmt: skip
    return names


def test_every_flow_is_deployed_by_its_dotted_name():
    assert flows_of_the_house() == {deployment["entrypoint"] for deployment in DEPLOYMENTS}


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda one: one["name"])
def test_a_deployment_has_a_pool_a_description_and_parameters_that_its_flow_takes(deployment: dict[str, Any]):
    assert deployment["work_pool"]["name"] == POOL
    assert deployment["description"].endswith(".")
    asked = parameter_schema(flow_of(deployment)).properties
    for name, value in deployment.get("parameters", {}).items():
        assert value in asked[name].get("enum", [value])


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda one: one["name"])
def test_the_form_of_a_flow_says_what_each_parameter_is(deployment: dict[str, Any]):
    flow = flow_of(deployment)
    undescribed = [name for name, one in parameter_schema(flow).properties.items() if not one.get("description")]
    assert undescribed == []


def test_there_is_a_daily_and_a_monthly_schedule_each_with_a_slug_and_our_time_zone():
    schedules = [schedule for deployment in DEPLOYMENTS for schedule in deployment.get("schedules", ())]
    assert [CronSchedule(cron=one["cron"], timezone=one["timezone"]).cron.split()[2] for one in schedules] == ["*", "1"]
    assert {one["timezone"] for one in schedules} == {TIME_ZONE.key}
    assert all(one["slug"] for one in schedules)


def test_every_flow_has_a_time_by_which_it_has_failed_and_says_why_when_it_has():
    for deployment in DEPLOYMENTS:
        flow = flow_of(deployment)
        assert flow.timeout_seconds, flow.name
        assert [hook.__name__ for hook in flow.on_failure_hooks or []] == ["show_failure"], flow.name
