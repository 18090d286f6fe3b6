"""Opening the flows' warehouse with the tables that today's record contracts ask for."""

from dataclasses import asdict

from schemas.records import RECORDS
from warehouse.connection import Connection, connect
from warehouse.home import Home
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
    connection = connect(home.warehouse, scratch=home.scratch)
    create_tables(connection, stored_records())
    return connection
