"""Quarantine: looking at refused rows, taking them out to be mended, and replaying them after a fix."""

import csv
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from tasks.check import MASKED
from tasks.errors import UnreadableFile, UsageError
from tasks.ingest import Ingestion, RefusedFile, new_batch, quiet
from tasks.land import Landed
from tasks.load import Progress, load_file
from tasks.personal import personal_columns
from tasks.source import Source
from tasks.store import Store
from warehouse.books import batches_of_file, close_quarantine, files_to_replay
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.quarantine import RefusedCount, RefusedRow, count_refused, read_refused


def list_quarantine(home: Home, source: str | None = None) -> list[RefusedCount]:
    """Open refused rows by source, record and rule."""
    if not home.warehouse.exists():
        return []
    with connect(home.warehouse, read_only=True) as connection:
        return count_refused(connection, source)


def show_quarantine(
    home: Home,
    sources: Sequence[Source],
    *,
    source: str | None = None,
    rule: str | None = None,
    batch_id: str | None = None,
    row: int | None = None,
    limit: int | None = 20,
    is_revealed: bool = False,
) -> list[RefusedRow]:
    """Open refused rows with every reason and the raw row; personal data is masked unless it is asked for."""
    if not home.warehouse.exists():
        return []
    with connect(home.warehouse, read_only=True) as connection:
        rows = read_refused(connection, source=source, rule=rule, batch_id=batch_id, row=row, limit=limit)
    if is_revealed:
        return rows
    personal = {(s.source, record): personal_columns(s, record) for s in sources for record in s.records}
    return [replace(one, raw=_masked(one, personal.get((one.source, one.record)))) for one in rows]


def export_quarantine(
    home: Home, sources: Sequence[Source], target: Path, *, source: str | None = None, is_revealed: bool = False
) -> int:
    """Write the open refused rows to a CSV file for whoever mends them, and return how many.

    Cells that a spreadsheet would run as a formula begin with an apostrophe.
    """
    rows = show_quarantine(home, sources, source=source, limit=None, is_revealed=is_revealed)
    part = target.with_name(f".{target.name}.part")
    with part.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(RefusedRow.__dataclass_fields__)
        for refused in rows:
            writer.writerow([_cell(value) for value in asdict(refused).values()])
    part.replace(target)
    return len(rows)


def replay(
    home: Home,
    source: Source,
    recorded_at: datetime,
    progress: Progress = quiet,
    only: Collection[str] | None = None,
) -> Ingestion:
    """Load every file of a source that has refused rows, or could not be read, again from its landed bytes.

    The source file and the contracts are those of now. Rows that were accepted before stay, those that the mapping
    now gives otherwise become new versions, and what is still wrong is in quarantine again with its reasons of now.
    `only` names the files by their SHA-256, where not all are meant.
    """
    ingestion = Ingestion(source.source)
    if not home.warehouse.exists():
        return ingestion
    with Store.opened(home) as store:
        for file, landed, name, size in files_to_replay(store.connection, source.source):
            if only is not None and file not in only:
                continue
            kept = home.root / landed
            if not kept.exists():
                raise UsageError(f"{kept}: the file as it was received is no longer kept, so it cannot be replayed")
            _replay_file(store, source, Landed(file, kept, name, size), recorded_at, ingestion, progress)
    return ingestion


def _replay_file(
    store: Store, source: Source, landed: Landed, recorded_at: datetime, ingestion: Ingestion, progress: Progress
) -> None:
    own = batches_of_file(store.connection, source.source, landed.sha256)
    batch = new_batch(store, source, landed, recorded_at, replays=len(own))
    try:
        with store.transaction():
            close_quarantine(store.connection, source.source, landed.sha256, list(source.records))
            loaded = load_file(store, source.of_file(landed.name), landed, batch, own, progress)
        ingestion.loads += loaded.loads
        ingestion.drift += loaded.drift
        ingestion.kept_back += loaded.kept_back
    except UnreadableFile as error:
        ingestion.refused.append(RefusedFile(landed.name, str(error)))


def _masked(refused: RefusedRow, personal: set[str] | None) -> str:
    """The raw row without personal data; a row that was not split into its columns might hold it anywhere."""
    if personal is None or any(rule.startswith("structure:") for rule in refused.rules):
        return MASKED
    row = json.loads(refused.raw)
    return json.dumps({k: MASKED if k in personal and v else v for k, v in row.items()}, ensure_ascii=False)


def _cell(value: object) -> str:
    text = "; ".join(value) if isinstance(value, list) else str(value)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
