"""Business day: bring the record up to date, prove it, publish it, report it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from prefect import flow, tags

from flows.artifacts import show_day, show_failure
from flows.ingest import ingest
from flows.parameters import When, due_day, named_by_day
from flows.publish import Publication, publish
from flows.report import Reports, index_of, is_due, report
from flows.writing import writing
from tasks.errors import SourceRefused, SourceUnreachable
from tasks.ingest import Ingestion
from tasks.runs import Home, home_at
from tasks.source import chosen
from tasks.waiting import Waiting, wait_in_turn


@dataclass(frozen=True)
class BusinessDay:
    """What a business day came to."""

    as_of: date
    ingestions: tuple[Ingestion, ...]
    publication: Publication
    reports: Reports | None
    index: Path


def ingest_what_waits(waiting: Waiting, home: Home, recorded_at: datetime) -> Ingestion:
    """A run of its own for a source that has something new; nothing at all for one that has not.

    A source that does not answer fails its own run, and the others go on.
    """
    name = waiting.source.source
    if not waiting.is_due:
        return Ingestion(name, skipped=waiting.absent)
    try:
        with tags(name):
            return ingest(name, home.root, recorded_at)
    except (SourceUnreachable, SourceRefused) as error:
        return Ingestion(name, unreachable=str(error))
    except OSError as error:
        # Such as a file that may not be read, a share that is gone, or a run that took longer than it may.
        return Ingestion(name, unreachable=f"{name}: {error}")


def business_day_run_name() -> str:
    """`business day 2025-12-31`."""
    return named_by_day("business day")


@flow(
    name="business-day",
    flow_run_name=business_day_run_name,
    # A night: whatever is not done by the morning needs somebody.
    timeout_seconds=8 * 3600,
    on_failure=[show_failure],
)
def business_day(
    as_of: date | None = None,
    when: When = "today",
    sources: list[str] | None = None,
    home: Path | None = None,
    recorded_at: datetime | None = None,
) -> BusinessDay:
    """Take in what the sources have delivered, publish the tables when they pass their audit, and report on them.

    Args:
        as_of: The day whose close the books show. Empty: see `when`.
        when: Without a date: the day the run was due, the day before it, or the last day of the month before.
        sources: Names of sources, or patterns such as `mail_order_*`. Empty: all.
        home: The company's home folder. Empty: COUNTINGHOUSE_HOME, or `./data`.
        recorded_at: The moment at which what arrives is recorded. Empty: now.
    """
    moment = recorded_at or datetime.now(UTC)
    day, place = due_day(as_of, when), home_at(home)
    with writing(place, "business-day", day, moment) as note, tags(f"{day:%Y-%m}"):
        waiting = wait_in_turn(place, chosen(sources))
        ingestions = tuple(ingest_what_waits(one, place, moment) for one in waiting)
        publication = publish(as_of=day, home=place.root, recorded_at=moment)
        note.publication_id = publication.publication_id
        reports = report(as_of=day, home=place.root) if is_due(place, day) else None
        show_day(day, ingestions, publication.path, is_published=publication.is_new, index=index_of(place, day))
    return BusinessDay(day, ingestions, publication, reports, index_of(place, day))
