"""Ingest: take what one source has delivered into the record."""

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import show_drift, show_failure, show_ingestion
from flows.progress import Progress
from flows.writing import writing
from tasks.ingest import Ingestion, ingest_source
from tasks.retries import READING
from tasks.runs import Home, home_at
from tasks.source import Source, chosen
from tasks.waiting import what_waits


@task(name="load deliveries", task_run_name="load {source.source}", cache_policy=NO_CACHE, **READING)
def load_deliveries(home: Home, source: Source, recorded_at: datetime) -> Ingestion:
    """Land, map, check and load every file that is new; each in its own transaction, so another attempt goes on."""
    (waiting,) = what_waits(home, [source])
    progress = Progress(waiting)
    ingestion = ingest_source(home, source, recorded_at, progress)
    progress.finish()
    return ingestion


@flow(name="ingest", flow_run_name="ingest {source}", timeout_seconds=6 * 3600, on_failure=[show_failure])
def ingest(source: str, home: Path | None = None, recorded_at: datetime | None = None) -> Ingestion:
    """Take what one source has delivered into the record; what was delivered before is not loaded again.

    Args:
        source: Name of the source, as in `sources/<name>.yml`.
        home: The company's home folder. Empty: COUNTINGHOUSE_HOME, or `./data`.
        recorded_at: The moment at which what arrives is recorded. Empty: now.
    """
    moment = recorded_at or datetime.now(UTC)
    place = home_at(home)
    (chosen_source,) = chosen([source])
    with writing(place, "ingest", None, moment):
        ingestion = load_deliveries(place, chosen_source, moment)
        show_ingestion(ingestion)
        show_drift(ingestion)
    return ingestion
