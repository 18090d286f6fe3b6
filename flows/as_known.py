"""As known: the reports of a day as they were known on an earlier one, beside those of now."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows.artifacts import show_failure
from flows.parameters import TIME_ZONE
from flows.publish import audit, build, swap_in
from flows.report import PACKS, make_index, make_pack
from flows.writing import writing
from tasks.build import load_company
from tasks.known import forget_copy, take_back
from tasks.retries import STORING
from tasks.runs import Home, home_with_books


@dataclass(frozen=True)
class AsKnown:
    """The books as known on a day: the home they are in, what is published there, and where its reports begin."""

    home: Path
    published: Path
    publication_id: str
    index: Path


@task(name="take back", task_run_name="take the books back to {known_on}", cache_policy=NO_CACHE, **STORING)
def take_books_back(home: Home, as_of: date, known_on: date) -> Home:
    """Copy the books and take out of the copy what was recorded after that day."""
    ended_at = datetime.combine(known_on + timedelta(days=1), time(), TIME_ZONE) - timedelta(microseconds=1)
    return take_back(home, load_company(), as_of, known_on, ended_at)


def as_known_run_name() -> str:
    """`2025-11-30 as known on 2025-12-31`."""
    asked = flow_run.parameters
    return f"{asked['as_of'] or asked['known_on']:%Y-%m-%d} as known on {asked['known_on']:%Y-%m-%d}"


@flow(name="as-known", flow_run_name=as_known_run_name, timeout_seconds=3 * 3600, on_failure=[show_failure])
def as_known(
    known_on: date, as_of: date | None = None, home: Path | None = None, recorded_at: datetime | None = None
) -> AsKnown:
    """Publish and report a day as it was known at the end of another, without touching what is published now.

    Args:
        known_on: The last day whose deliveries and entries count.
        as_of: The day whose close the books show. Empty: the day on which it was known.
        home: The company's home folder. Empty: COUNTINGHOUSE_HOME, or `./data`.
        recorded_at: The moment of publication. Empty: now.
    """
    moment = recorded_at or datetime.now(UTC)
    place, day = home_with_books(home), as_of or known_on
    with writing(place, "as-known", day, moment):
        known = take_books_back(place, day, known_on)
        building = build(known, day, moment)
        assert building is not None, "nothing is published in a new home"
        audit(known, building)
        published = swap_in(known, building)
        for pack in PACKS:
            make_pack(known, pack, day)
        index = make_index(known, day)
        forget_copy(known)
    return AsKnown(known.root, published, building.publication_id, index)
