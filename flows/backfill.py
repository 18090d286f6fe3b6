"""Backfill: take in what a past range of a source still lacks, piece by piece, beside the daily run."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast
from uuid import UUID

from prefect import flow, get_run_logger, tags, task
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import deployment

from flows.artifacts import show_backfill, show_drift, show_failure
from flows.progress import WATCHERS
from flows.writing import LISTENERS, writing
from tasks.backfill.filling import fill, write_failure
from tasks.backfill.plan import Piece, Plan, plan
from tasks.backfill.spans import By
from tasks.errors import SourceRefused, SourceUnreachable
from tasks.ingest import Ingestion
from tasks.retries import READING
from tasks.runs import Home, home_at
from tasks.source import Source, chosen

TURN_SECONDS = 0.6
"""Between two pieces, so that a run that waits gets its turn: it looks every fifth of a second whether it may write."""

WORKERS_TURN_SECONDS = 5.0
"""The same for runs of a worker, which also ask Prefect's server."""

IN_A_ROW = 3
"""Pieces that fail one after the other: the source is not there at all, and the rest is left for another day."""


@dataclass(frozen=True)
class Done:
    """A piece of the range, and what came of it."""

    piece: Piece
    rows_accepted: int
    rows_quarantined: int
    reason: str | None
    """Why it is not whole, as a sentence."""


@task(name="load piece", task_run_name="load {source.source} {piece.span}", cache_policy=NO_CACHE, **READING)
def load_piece(home: Home, source: Source, piece: Piece, recorded_at: datetime) -> Ingestion:
    """Take in what the piece lacks; another attempt goes on where the one before it ended."""
    return fill(home, source, piece, recorded_at, watch(source.source))


@flow(
    name="backfill",
    flow_run_name="backfill {source} {first} to {last}",
    timeout_seconds=24 * 3600,
    on_failure=[show_failure],
)
def backfill(
    source: str,
    first: date,
    last: date,
    by: By = "month",
    home: Path | None = None,
    recorded_at: datetime | None = None,
) -> list[Done]:
    """Take in what a range of past days of a source still lacks: what is there is not asked for again.

    Between two pieces other runs get their turn.

    Args:
        source: Name of the source, as in `sources/<name>.yml`.
        first: The first day of the range.
        last: The last day of the range, included.
        by: How long the pieces are: a day, a week from Monday, or a calendar month.
        home: The company's home folder. Empty: COUNTINGHOUSE_HOME, or `./data`.
        recorded_at: The moment at which what arrives is recorded. Empty: now.
    """
    moment = recorded_at or datetime.now(UTC)
    place = home_at(home)
    (chosen_source,) = chosen([source])
    planned = plan(place, chosen_source, first, last, by)
    with tags(source, "backfill"):
        done = fill_in_turns(place, planned, moment)
    show_backfill(planned, [(str(one.piece.span), one.rows_accepted, one.rows_quarantined, one.reason) for one in done])
    refuse_holes(planned, done)
    return done


def fill_in_turns(home: Home, planned: Plan, recorded_at: datetime) -> list[Done]:
    """Each piece as the one writer, and between two of them nobody."""
    done: list[Done] = []
    bar = show_bar(planned)
    for number, piece in enumerate(planned.pieces if planned.absent is None else ()):
        if number:
            time.sleep(WORKERS_TURN_SECONDS if deployment.id else TURN_SECONDS)
        done.append(fill_piece(home, planned.source, piece, recorded_at))
        tell(done[-1])
        if bar is not None:
            update_progress_artifact(bar, 100.0 * len(done) / len(planned.pieces), description=str(piece.span))
        if [one.reason is None for one in done[-IN_A_ROW:]] == [False] * IN_A_ROW:
            break
    return done


def fill_piece(home: Home, source: Source, piece: Piece, recorded_at: datetime) -> Done:
    """One piece; a source that does not answer is written down, and the next piece goes on."""
    with writing(home, "backfill", None, recorded_at, part=str(piece.span)):
        try:
            ingestion = load_piece(home, source, piece, recorded_at)
        except (SourceUnreachable, SourceRefused) as error:
            write_failure(home, source, piece.span, error, recorded_at)
            return Done(piece, 0, 0, str(error))
        show_drift(ingestion)
    accepted = sum(load.rows_accepted for load in ingestion.loads)
    quarantined = sum(load.rows_quarantined for load in ingestion.loads)
    refused = "; ".join(f"{refused.name}: {refused.reason}" for refused in ingestion.refused)
    return Done(piece, accepted, quarantined, refused or None)


def watch(source: str) -> Callable[[str, int], None]:
    """What tells whoever watches which file is read, and how far."""

    def told(file: str, rows: int) -> None:
        for watcher in WATCHERS:
            watcher(f"{source}: {file}, {rows:,} rows read")

    return told


def show_bar(planned: Plan) -> UUID | None:
    """A bar on the run's page, when there is anything to do."""
    if not planned.pieces:
        return None
    key = f"backfill-progress-{planned.source.source.replace('_', '-')}"
    return cast(UUID, create_progress_artifact(0.0, key=key, description=str(planned.whole)))


def tell(done: Done) -> None:
    """Say what came of a piece, in the run's log and to whoever sits at a terminal."""
    what = f"failed: {done.reason}" if done.reason else f"{done.rows_accepted:,} rows accepted"
    sentence = f"{done.piece.span}: {what}"
    get_run_logger().info(sentence)
    for listener in LISTENERS:
        listener(sentence)


def refuse_holes(planned: Plan, done: Sequence[Done]) -> None:
    """End as a failure when a piece is not whole, after all that could be done.

    Raises SourceUnreachable with what is still missing.
    """
    failed = [one for one in done if one.reason]
    if failed:
        left = len(planned.pieces) - len(done)
        also = f", and {left} were not tried" if left else ""
        raise SourceUnreachable(
            f"{planned.source.source}: {len(failed)} of {len(planned.pieces)} pieces failed{also}; the first, "
            f"{failed[0].piece.span}: {failed[0].reason}; the next backfill of the range goes on there"
        )
