"""Ingesting a source: each file that is new is landed and loaded, each that came before is written down as such."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tasks.drift.finding import DriftStopped, Finding
from tasks.errors import UnreadableFile
from tasks.extract.fetching import Asking, Fetched, Keys, Window, connector_of
from tasks.extract.files import FoundFile, find_files
from tasks.land import Landed, keep, land, sweep
from tasks.load import Loaded, Progress, load_file
from tasks.source import FilesExtract, Source
from tasks.store import Store
from tasks.withdraw import Gone, compare_keys, withdraw
from warehouse.books import (
    Batch,
    Delivery,
    Load,
    batches_of_file,
    close_quarantine,
    has_later_batch,
    known_cursors,
    known_deliveries,
    last_delivered,
    next_batch_no,
    refusal_of,
    write_batch,
    write_cursors,
    write_delivery,
)
from warehouse.home import Home
from warehouse.profiles import write_drift


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
    kept_back: list[str] = field(default_factory=list)
    """Which attached files were kept from the sources that they belong to, and why, as sentences."""
    growing: list[str] = field(default_factory=list)
    """Files that changed while they were copied; the next run takes them."""
    drift: list[Finding] = field(default_factory=list)
    """In what its deliveries differ from those before them."""
    gone: list[Gone] = field(default_factory=list)
    """What is recorded and gone from the source."""
    skipped: str | None = None
    """Why the source had nothing to give, as a sentence."""
    unreachable: str | None = None
    """Why the source could not be asked to the end, as a sentence."""

    @property
    def is_new(self) -> bool:
        """Whether anything was written down."""
        return bool(self.loads or self.duplicates or self.refused or self.gone)


def quiet(file: str, rows: int) -> None:
    """Tell nobody how far a file was read."""


def ingest_source(
    home: Home,
    source: Source,
    recorded_at: datetime,
    progress: Progress = quiet,
    window: Window | None = None,
    places: Collection[str] | None = None,
) -> Ingestion:
    """Load what is new of a source into the warehouse, one transaction a file; or what a past window holds.

    `places` names the files that are meant, where not all that are new are.

    Raises SourceError when the source's own file is wrong, SourceUnreachable or SourceRefused when it could not be
    asked, duckdb.IOException when another run holds the warehouse.
    """
    if isinstance(source.extract, FilesExtract):
        return _ingest_files(home, source, source.extract, recorded_at, progress, places)
    ingestion = Ingestion(source.source, skipped=connector_of(source).absent(source))
    if ingestion.skipped:
        return ingestion
    with Store.opened(home) as store:
        sweep(home)
        cursors = known_cursors(store.connection, source.source)
        asking = Asking(home, recorded_at, cursors, window, progress)
        for fetched in connector_of(source).fetch(source, asking):
            _ingest_fetched(store, source, fetched, recorded_at, ingestion, progress)
    return ingestion


def _ingest_files(
    home: Home,
    source: Source,
    extract: FilesExtract,
    recorded_at: datetime,
    progress: Progress,
    places: Collection[str] | None,
) -> Ingestion:
    ingestion = Ingestion(source.source)
    found = find_files(source.source, extract, home)
    ingestion.skipped = found.absent
    if found.absent:
        return ingestion
    with Store.opened(home) as store:
        sweep(home)
        known = known_deliveries(store.connection, source.source)
        for file in found.files:
            is_meant = places is None or file.place in places
            if is_meant and (file.place, file.bytes, file.modified_ns) not in known:
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
    taken = _Taken(store, source, landed, file.place, file.modified_ns, recorded_at, {})
    _take(taken, ingestion, progress)


def _ingest_fetched(
    store: Store, source: Source, fetched: Fetched, recorded_at: datetime, ingestion: Ingestion, progress: Progress
) -> None:
    landed = keep(fetched.path, fetched.name) if fetched.path else None
    if landed is None or last_delivered(store.connection, source.source, fetched.place) == landed.sha256:
        # Asked again, it said nothing, or the same again: that is no delivery.
        _tell_refusal(store, source, landed, ingestion)
        with store.transaction():
            write_cursors(store.connection, source.source, fetched.cursors, None, recorded_at)
        return
    asked_ns = int(recorded_at.timestamp()) * 1_000_000_000
    cursors, keys = fetched.cursors, fetched.keys
    taken = _Taken(store, source, landed, fetched.place, asked_ns, recorded_at, cursors, keys, is_asked=True)
    _take(taken, ingestion, progress)


def _tell_refusal(store: Store, source: Source, landed: Landed | None, ingestion: Ingestion) -> None:
    """An answer that could not be read before is not read by being given again."""
    reason = refusal_of(store.connection, source.source, landed.sha256) if landed else None
    if landed and reason:
        ingestion.refused.append(RefusedFile(landed.name, reason))


@dataclass(frozen=True)
class _Taken:
    """A landed file on its way into the warehouse, and where it came from."""

    store: Store
    source: Source
    landed: Landed
    place: str
    modified_ns: int
    recorded_at: datetime
    cursors: Mapping[str, str]
    keys: Keys | None = None
    """Where it names every key of its source."""
    is_asked: bool = False
    """Whether it is an answer, which may go back to what was said once; a file that comes again is the same file."""

    def write_down(self, *, batch_id: str | None) -> None:
        """That it was delivered, and from where the source is read on."""
        delivery = Delivery(
            source=self.source.source,
            file_name=self.landed.name,
            path=self.place,
            file=self.landed.sha256,
            bytes=self.landed.bytes,
            modified_ns=self.modified_ns,
            status="new" if batch_id else "duplicate",
            received_at=self.recorded_at,
        )
        connection = self.store.connection
        write_delivery(connection, delivery)
        write_cursors(connection, self.source.source, self.cursors, batch_id, self.recorded_at)


def _take(taken: _Taken, ingestion: Ingestion, progress: Progress) -> None:
    store, source, landed = taken.store, taken.source, taken.landed
    before = batches_of_file(store.connection, source.source, landed.sha256)
    if before and not (taken.is_asked and has_later_batch(store.connection, source.source, before[-1])):
        with store.transaction():
            taken.write_down(batch_id=None)
        ingestion.duplicates.append(landed.name)
        if taken.is_asked:
            _tell_refusal(store, source, landed, ingestion)
        return
    batch = new_batch(store, source, landed, taken.recorded_at, replays=len(before))
    try:
        with store.transaction():
            if before:
                close_quarantine(store.connection, source.source, landed.sha256, list(source.records))
            loaded, gone = _stored(taken, batch, progress)
            taken.write_down(batch_id=batch.batch_id)
        ingestion.loads += loaded.loads
        ingestion.drift += loaded.drift
        ingestion.kept_back += loaded.kept_back
        ingestion.gone += gone
    except UnreadableFile as error:
        with store.transaction():
            write_batch(store.connection, refused_batch(batch, str(error)))
            ingestion.drift += write_stop(store, batch, error)
            taken.write_down(batch_id=batch.batch_id)
        ingestion.refused.append(RefusedFile(landed.name, str(error)))


def _stored(taken: _Taken, batch: Batch, progress: Progress) -> tuple[Loaded, list[Gone]]:
    """Load the rows of a file, or compare its keys, or both; inside the caller's transaction."""
    store, source, landed = taken.store, taken.source.of_file(taken.landed.name), taken.landed
    if taken.keys and taken.keys.is_alone:
        return Loaded(batch, [], []), compare_keys(store, source, landed, batch)
    loaded = load_file(store, source, landed, batch, [], progress)
    return loaded, withdraw(store, source, landed, batch) if taken.keys else []


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


def write_stop(store: Store, batch: Batch, error: UnreadableFile) -> tuple[Finding, ...]:
    """Write down the drift for which a batch was refused, where that is why."""
    findings = error.findings if isinstance(error, DriftStopped) else ()
    write_drift(store.connection, batch, [finding.row for finding in findings])
    return findings


def mapping_hash(source: Source) -> str:
    """A short name for what a source file says, so that a batch tells by which mapping it was read."""
    return hashlib.sha256(source.model_dump_json(exclude={"drift"}).encode()).hexdigest()[:12]
