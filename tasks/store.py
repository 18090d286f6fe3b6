"""Opening the flows' warehouse with the tables that today's record contracts ask for."""

import gc
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Self

from schemas.records import RECORDS
from tasks.drift.words import KnownColumns, known_columns
from tasks.map import Mapping, compile_mapping
from tasks.source import Source
from warehouse.connection import Connection, connect
from warehouse.home import Home
from warehouse.mapper import Mapper
from warehouse.tables import StoredColumn, StoredRecord, create_tables


def stored_records() -> list[StoredRecord]:
    """The records as the warehouse needs to know them."""
    return [
        StoredRecord(
            name=record.about().name,
            grain=record.about().grain,
            key=record.about().key,
            columns=tuple(StoredColumn(**asdict(column)) for column in record.columns()),
            rules=tuple(record.rules().items()),
        )
        for record in RECORDS.values()
    ]


def open_store(home: Home) -> Connection:
    """Open the one writable warehouse of a home, with every table made.

    Raises duckdb.IOException when another run holds it.
    """
    home.root.mkdir(parents=True, exist_ok=True)
    home.scratch.mkdir(exist_ok=True)
    if not home.warehouse.exists():
        _found(home)
    connection = connect(home.warehouse, scratch=home.scratch)
    create_tables(connection, stored_records())
    return connection


def _found(home: Home) -> None:
    """Make the warehouse under another name first: a file without its tables must never be taken for a warehouse."""
    unfinished = home.warehouse.with_name(".warehouse.duckdb.new")
    for left_over in (unfinished, unfinished.with_name(unfinished.name + ".wal")):
        left_over.unlink(missing_ok=True)
    with connect(unfinished) as connection:
        create_tables(connection, stored_records())
    unfinished.replace(home.warehouse)


@dataclass(frozen=True)
class Store:
    """The warehouse of a home, opened for loading: its connection, and the engine that maps what comes in."""

    home: Home
    connection: Connection
    mapper: Mapper
    records: dict[str, StoredRecord]
    compiled: dict[tuple[str, str, tuple[str, ...]], Mapping] = field(default_factory=dict)
    """Mappings compiled in this run by source, record and header: a hundred files of one shape share one."""
    known: dict[str, KnownColumns] = field(default_factory=dict)
    """What the file of each source says of its columns, read once."""

    @classmethod
    @contextmanager
    def opened(cls, home: Home) -> Iterator[Self]:
        """Open it, and close it whatever happens; what a killed run left in the scratch folder goes."""
        connection = open_store(home)
        shutil.rmtree(home.scratch)
        home.scratch.mkdir()
        mapper = Mapper(home.scratch)
        # What was imported stays: looking through it for garbage, again and again, is a twentieth of a large load.
        gc.freeze()
        try:
            yield cls(home, connection, mapper, {record.name: record for record in stored_records()})
        finally:
            gc.unfreeze()
            mapper.close()
            connection.close()

    def mapping(self, source: Source, record: str, header: list[str]) -> Mapping:
        """The mapping of a source to a record for files with this header."""
        key = (source.source, record, tuple(header))
        if key not in self.compiled:
            self.compiled[key] = compile_mapping(source, record, header, self.mapper.type_of)
        return self.compiled[key]

    def known_columns(self, source: Source) -> KnownColumns:
        """What the file of a source says of its columns."""
        name = " ".join([source.source, *source.records])
        if name not in self.known:
            self.known[name] = known_columns(source)
        return self.known[name]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it, or nothing of it."""
        self.connection.execute("begin")
        try:
            yield
        except BaseException:
            self.connection.execute("rollback")
            raise
        self.connection.execute("commit")
