"""Replay: give the refused rows of a source a second chance after its file, its mapping or a contract was mended."""

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import show_drift, show_failure, show_ingestion
from flows.writing import writing
from tasks.ingest import Ingestion
from tasks.quarantine import replay as replay_rows
from tasks.retries import READING
from tasks.runs import Home, home_at
from tasks.source import Source, chosen


@task(name="replay files", task_run_name="replay {source.source}", cache_policy=NO_CACHE, **READING)
def replay_files(home: Home, source: Source, recorded_at: datetime) -> Ingestion:
    """Load each file with refused rows again from the bytes that were kept."""
    return replay_rows(home, source, recorded_at)


@flow(name="replay", flow_run_name="replay {source}", timeout_seconds=6 * 3600, on_failure=[show_failure])
def replay(source: str, home: Path | None = None, recorded_at: datetime | None = None) -> Ingestion:
    """Load the files of a source that have rows in quarantine again, by the mapping and the contracts of now.

    Args:
        source: Name of the source, as in `sources/<name>.yml`.
        home: The company's home folder. Empty: COUNTINGHOUSE_HOME, or `./data`.
        recorded_at: The moment at which what is accepted is recorded. Empty: now.
    """
    moment = recorded_at or datetime.now(UTC)
    place = home_at(home)
    (chosen_source,) = chosen([source])
    with writing(place, "replay", None, moment):
        ingestion = replay_files(place, chosen_source, moment)
        show_ingestion(ingestion)
        show_drift(ingestion)
    return ingestion
