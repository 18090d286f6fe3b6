"""Ingesting a source: each file that is new is landed and loaded, each that came before is written down as such."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from tasks.errors import UnreadableFile
from tasks.extract.files import FoundFile, find_files
from tasks.land import Landed, land, sweep
from tasks.load import Progress, load_file
from tasks.source import Source
from tasks.store import Store
from warehouse.books import (
    Batch,
    Delivery,
    Load,
    batches_of_file,
    known_deliveries,
    next_batch_no,
    write_batch,
    write_delivery,
)
from warehouse.home import Home


@dataclass(frozen=True)
class RefusedFile:
    """A file that could not be read, and why."""

    name: str
    reason: str


@dataclass
class Ingestion:
    """What a run did with a source."""

    source: str
    loads: list[Load] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    growing: list[str] = field(default_factory=list)
    """Files that changed while they were copied; the next run takes them."""
    skipped: str | None = None
    """Why the source had nothing to give, as a sentence."""

    @property
    def is_new(self) -> bool:
        """Whether anything was written down."""
        return bool(self.loads or self.duplicates or self.refused)


def quiet(file: str, rows: int) -> None:
    """Tell nobody how far a file was read."""


def ingest_source(home: Home, source: Source, recorded_at: datetime, progress: Progress = quiet) -> Ingestion:
    """Load what is new of a source into the warehouse, one transaction a file.

    Raises SourceError when the source's own file is wrong, duckdb.IOException when another run holds the warehouse.
    """
    ingestion = Ingestion(source.source)
    found = find_files(source, home)
    ingestion.skipped = found.absent
    if found.absent:
        return ingestion
    with Store.opened(home) as store:
        sweep(home)
        known = known_deliveries(store.connection, source.source)
        for file in found.files:
            if (file.place, file.bytes, file.modified_ns) not in known:
                _ingest_file(store, source, file, recorded_at, ingestion, progress)
    return ingestion


def _ingest_file(
    store: Store, source: Source, file: FoundFile, recorded_at: datetime, ingestion: Ingestion, progress: Progress
) -> None:
    landed = land(store.home, source.source, file.path)
    status = file.path.stat()
    if (status.st_size, status.st_mtime_ns) != (file.bytes, file.modified_ns):
        ingestion.growing.append(landed.name)
        return
    earlier = batches_of_file(store.connection, source.source, landed.sha256)
    is_duplicate = bool(earlier)
    delivery = _delivery(source, file, landed, recorded_at, is_duplicate=is_duplicate)
    if is_duplicate:
        with store.transaction():
            write_delivery(store.connection, delivery)
        ingestion.duplicates.append(landed.name)
        return
    batch = new_batch(store, source, landed, recorded_at, replays=0)
    try:
        with store.transaction():
            loaded = load_file(store, source, landed, batch, [], progress)
            write_delivery(store.connection, delivery)
        ingestion.loads += loaded.loads
    except UnreadableFile as error:
        with store.transaction():
            write_batch(store.connection, refused_batch(batch, str(error)))
            write_delivery(store.connection, delivery)
        ingestion.refused.append(RefusedFile(landed.name, str(error)))


def new_batch(store: Store, source: Source, landed: Landed, recorded_at: datetime, *, replays: int) -> Batch:
    """The batch in which a landed file is loaded; its name depends on the content alone."""
    suffix = f"-r{replays}" if replays else ""
    return Batch(
        batch_no=next_batch_no(store.connection),
        batch_id=f"{source.source}-{landed.sha256[:12]}{suffix}",
        source=source.source,
        file=landed.sha256,
        file_name=landed.name,
        landed=str(landed.path.relative_to(store.home.root)),
        bytes=landed.bytes,
        rows=0,
        columns=[],
        status="loaded",
        reason=None,
        mapping=mapping_hash(source),
        recorded_at=recorded_at,
    )


def refused_batch(batch: Batch, reason: str) -> Batch:
    """The same batch, as one that could not be read."""
    return Batch(**(vars(batch) | {"status": "refused", "reason": reason}))


def mapping_hash(source: Source) -> str:
    """A short name for what a source file says, so that a batch tells by which mapping it was read."""
    return hashlib.sha256(source.model_dump_json().encode()).hexdigest()[:12]


def _delivery(
    source: Source, file: FoundFile, landed: Landed, received_at: datetime, *, is_duplicate: bool
) -> Delivery:
    return Delivery(
        source=source.source,
        file_name=landed.name,
        path=file.place,
        file=landed.sha256,
        bytes=file.bytes,
        modified_ns=file.modified_ns,
        status="duplicate" if is_duplicate else "new",
        received_at=received_at,
    )
