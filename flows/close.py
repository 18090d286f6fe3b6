"""Close: prove a period, file its statements, and let nothing into it any more that does not show."""

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import show_failure, show_filing
from flows.publish import audit, build, post, swap_in
from flows.report import make_pack
from flows.writing import writing
from tasks.build import load_company
from tasks.close import Filing, check_closable, file_period, set_aside
from tasks.periods import Period, read_period
from tasks.retries import NEVER, STORING
from tasks.runs import Home, home_with_books


@task(name="check", task_run_name="check that {period.name} can be closed", cache_policy=NO_CACHE, **NEVER)
def check(home: Home, period: Period, moment: datetime, reason: str | None) -> None:
    """See that the period is over and open, that all of it is posted, and that no refused row of it waits."""
    check_closable(home, period, moment, reason)


@task(name="set aside", task_run_name="set the books of {period.name} aside", cache_policy=NO_CACHE, **STORING)
def copy_books(home: Home, period: Period) -> Home:
    """Copy the books, so that the period is built beside what is published."""
    return set_aside(home, period)


@task(name="file", task_run_name="file {period.name}", cache_policy=NO_CACHE, **STORING)
def file_statements(
    home: Home, aside: Home, period: Period, publication_id: str, moment: datetime, reason: str | None
) -> Filing:
    """File the statements and the finance pack, each under its hash, and write down that the period is closed."""
    return file_period(home, aside, load_company(), period, publication_id, moment, reason)


@flow(name="close", flow_run_name="close {period}", timeout_seconds=3 * 3600, on_failure=[show_failure])
def close(
    period: str, reason: str | None = None, home: Path | None = None, recorded_at: datetime | None = None
) -> Filing:
    """Close a period: tie the books out, file its statements with their hashes, and refuse or list what comes later.

    Args:
        period: A month such as 2025-11, a quarter such as 2025-Q4, or a financial year such as 2025.
        reason: Why it may be closed although documents are not posted or rows were refused. Empty: it may not.
        home: The company's home folder. Empty: COUNTINGHOUSE_HOME, or `./data`.
        recorded_at: The moment of closing. Empty: now.
    """
    moment = recorded_at or datetime.now(UTC)
    place, span = home_with_books(home), read_period(period, load_company())
    with writing(place, "close", span.last, moment):
        post(place, span.last, moment)
        check(place, span, moment, reason)
        aside = copy_books(place, span)
        building = build(aside, span.last, moment)
        assert building is not None, "nothing is published in a new home"
        audit(aside, building)
        swap_in(aside, building)
        make_pack(aside, "finance", span.last)
        filing = file_statements(place, aside, span, building.publication_id, moment, reason)
        show_filing(filing)
    return filing
