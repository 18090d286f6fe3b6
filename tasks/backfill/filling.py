"""Taking in one piece of a past range, and writing down what came of it."""

from dataclasses import replace
from datetime import datetime

from tasks.backfill.plan import Piece
from tasks.backfill.spans import Span
from tasks.errors import SourceRefused, SourceUnreachable
from tasks.ingest import Ingestion, ingest_source
from tasks.load import Progress
from tasks.quarantine import replay
from tasks.source import FilesExtract, Source
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.windows import AskedWindow, write_window


def fill(home: Home, source: Source, piece: Piece, recorded_at: datetime, progress: Progress) -> Ingestion:
    """Take in what a piece lacks; a range that was asked for is written down when all of it is loaded.

    Killed anywhere, it is not written down, and is asked for again; what of it was loaded is then loaded already.
    Of days that are not over there is more to come: they are not written down either.
    """
    if isinstance(source.extract, FilesExtract):
        return _fill_from_files(home, source, piece, recorded_at, progress)
    ingestion = ingest_source(home, source, recorded_at, progress, piece.span.window)
    if ingestion.skipped is None:
        reason = "; ".join(f"{refused.name}: {refused.reason}" for refused in ingestion.refused) or None
        batches = list(dict.fromkeys(load.batch_id for load in ingestion.loads))
        span = piece.span if reason else piece.span.over(recorded_at)
        if span:
            status = "failed" if reason else "loaded"
            _write(home, AskedWindow(source.source, span.first, span.last, status, batches, reason, recorded_at))
    return ingestion


def _fill_from_files(home: Home, source: Source, piece: Piece, recorded_at: datetime, progress: Progress) -> Ingestion:
    places = {file.place for file in piece.files}
    ingestion = Ingestion(source.source)
    if places:
        ingestion = ingest_source(home, source, recorded_at, progress, places=places)
    if piece.refused:
        again = replay(home, source, recorded_at, progress, only={file for file, _ in piece.refused})
        ingestion = replace(
            ingestion,
            loads=ingestion.loads + again.loads,
            refused=ingestion.refused + again.refused,
            drift=ingestion.drift + again.drift,
        )
    return ingestion


def write_failure(
    home: Home, source: Source, span: Span, error: SourceUnreachable | SourceRefused, recorded_at: datetime
) -> None:
    """Write down that a range could not be read to its end, and why."""
    _write(home, AskedWindow(source.source, span.first, span.last, "failed", [], str(error), recorded_at))


def _write(home: Home, window: AskedWindow) -> None:
    # It is there: whoever asks is written down as a run first.
    with connect(home.warehouse) as connection:
        write_window(connection, window)
