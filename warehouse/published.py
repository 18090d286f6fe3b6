"""The published warehouse as its readers open it: one whole version from the first query to the last."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

from warehouse.connection import Connection, connect
from warehouse.home import Home


class Published:
    """An open published version; answers come as Arrow, in which money stays exact."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> pa.Table:
        """The answer to a query, whose parameters have places or names."""
        return self._connection.execute(query, parameters or None).to_arrow_table()

    def batches(self, query: str, parameters: Mapping[str, Any], rows: int) -> Iterator[pa.RecordBatch]:
        """The answer to a query so many rows at a time; the next question may be asked when it is read."""
        yield from self._connection.execute(query, parameters).to_arrow_reader(rows)


@contextmanager
def open_published(home: Home) -> Iterator[Published]:
    """Open what is published now; a version published meanwhile is seen by who opens next.

    Raises duckdb.IOException when nothing is published.
    """
    connection = connect(home.published, read_only=True)
    try:
        yield Published(connection)
    finally:
        connection.close()
