"""What a run of a flow can be asked for, and which day it is about.

Prefect's form shows the type of a parameter from its annotation and the words beside it from the flow's docstring.
"""

from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from prefect.runtime import flow_run

When = Literal["today", "yesterday", "last month end"]
Pack = Literal["finance", "sales", "compliance"]

TIME_ZONE = ZoneInfo("Europe/London")
"""Whose midnight ends a day; the schedules in `prefect.yaml` run by the same clock."""


def as_of_day(as_of: date | None, when: When, due_at: datetime) -> date:
    """The day that a run is about; a run that starts late is still about the day on which it was due."""
    if as_of is not None:
        return as_of
    day = due_at.astimezone(TIME_ZONE).date()
    match when:
        case "today":
            return day
        case "yesterday":
            return day - timedelta(days=1)
        case "last month end":
            return day.replace(day=1) - timedelta(days=1)


def due_day(as_of: date | None, when: When) -> date:
    """The day that the run in progress is about."""
    return as_of_day(as_of, when, flow_run.scheduled_start_time)


def named_by_day(words: str) -> str:
    """The name of the run in progress: what it does and the day it is about."""
    asked = flow_run.parameters
    return f"{words} {due_day(asked['as_of'], asked['when']):%Y-%m-%d}"
