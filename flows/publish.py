"""Publish: post the documents, build the tables beside the published ones, audit them, and swap them in."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import show_audit, show_failure, show_posting
from flows.parameters import When, due_day, named_by_day
from flows.writing import writing
from tasks.build import Building, build_warehouse, load_company
from tasks.errors import AuditRefused
from tasks.post import post_documents
from tasks.publish import publish_building
from tasks.retries import NEVER, STORING
from tasks.runs import Home, home_at
from tasks.tie_out import tie_out


@dataclass(frozen=True)
class Publication:
    """What analysts see after a run; `is_new` when this run put it there."""

    path: Path
    publication_id: str | None
    is_new: bool


@task(name="post", task_run_name="post the documents", cache_policy=NO_CACHE, **STORING)
def post(home: Home, as_of: date, recorded_at: datetime) -> None:
    """Bring the ledger to what the record says: a balanced entry a document, corrections as entries of their own."""
    show_posting(post_documents(home, load_company(), as_of, recorded_at))


@task(name="build", task_run_name="build the tables as of {as_of}", cache_policy=NO_CACHE, **STORING)
def build(home: Home, as_of: date, published_at: datetime) -> Building | None:
    """Make every table beside the published warehouse; None when the same tables are published already."""
    return build_warehouse(home, as_of, load_company(), published_at)


@task(name="audit", task_run_name="audit {building.publication_id}", cache_policy=NO_CACHE, **NEVER)
def audit(home: Home, building: Building) -> None:
    """Tie the books out and hold the tables to their contracts; what they refuse is not published on any try."""
    # Loading Great Expectations takes seconds, which a run with nothing to audit does not have.
    from tasks.audit import audit as audit_tables
    from tasks.audit import refusal

    tie_out(building.path)
    result = audit_tables(home, building.path, building.publication_id)
    show_audit(building.publication_id, result)
    if not result.is_passed:
        raise AuditRefused(refusal(result.failures, building.path))


@task(name="publish", task_run_name="publish {building.publication_id}", cache_policy=NO_CACHE, **STORING)
def swap_in(home: Home, building: Building) -> Path:
    """Put the audited tables in the place of the published ones, by one rename."""
    return publish_building(home, building)


def publish_run_name() -> str:
    """`publish 2025-12-31`."""
    return named_by_day("publish")


@flow(name="publish", flow_run_name=publish_run_name, timeout_seconds=3 * 3600, on_failure=[show_failure])
def publish(
    as_of: date | None = None,
    when: When = "today",
    home: Path | None = None,
    recorded_at: datetime | None = None,
) -> Publication:
    """Post what is new to the ledger, build the tables that analysts read, and publish them when the audit passes.

    Args:
        as_of: The day whose close the books show. Empty: see `when`.
        when: Without a date: the day the run was due, the day before it, or the last day of the month before.
        home: The company's home folder. Empty: COUNTINGHOUSE_HOME, or `./data`.
        recorded_at: The moment of publication. Empty: now.
    """
    moment = recorded_at or datetime.now(UTC)
    day, place = due_day(as_of, when), home_at(home)
    with writing(place, "publish", day, moment) as note:
        post(place, day, moment)
        building = build(place, day, moment)
        if building is None:
            return Publication(place.published, None, is_new=False)
        audit(place, building)
        note.publication_id = building.publication_id
        return Publication(swap_in(place, building), building.publication_id, is_new=True)
