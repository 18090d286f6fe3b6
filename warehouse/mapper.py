"""Evaluating a mapping's SQL over rows of text, in a database of its own that holds nothing else."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.connection import connect
from warehouse.tables import identifier

SOURCE_ROWS = "source_rows"
"""The name under which a mapping's SQL finds the rows."""

STAGED_BATCH = 100_000
"""Rows of a staged file that are mapped at a time."""


class MappingFailed(Exception):
    """The SQL of a mapping failed on a row, such as a product that no decimal can hold."""


class Mapper:
    """A DuckDB in memory that maps batches of text rows; it spills to the scratch folder and is used by one thread."""

    def __init__(self, scratch: Path | None) -> None:
        self._connection = connect(memory_limit="400MB", scratch=scratch, threads=1)
        # The typed columns are put beside the text columns, so a batch must come out in the order it went in.
        self._connection.execute("set global preserve_insertion_order = true")
        self._connection.execute("set global produce_arrow_string_view = true")
        # A mapping reads its rows and nothing else of this machine.
        self._connection.execute("set global enable_external_access = false")

    def type_of(self, sql: str, relation: str, columns: Sequence[str]) -> str:
        """The DuckDB type of an expression over a relation, itself over rows of these text columns.

        Raises ValueError, as a sentence, when the expression cannot be evaluated.
        """
        texts = "".join(f", null::varchar as {identifier(name)}" for name in columns)
        rows = f"with {SOURCE_ROWS} as (select 1::bigint as _row{texts})"
        try:
            described = self._connection.execute(f"describe {rows} select {sql} as typed from {relation}").fetchone()
        except duckdb.Error as error:
            raise ValueError(str(error).splitlines()[0]) from error
        assert described is not None
        given = str(described[1])
        return given.replace("DECIMAL(18,4)", "DECIMAL(18, 4)").replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")

    def map(self, rows: pa.Table, sql: str) -> pa.Table:
        """The mapped rows of one batch, in its order.

        Raises MappingFailed when one of the rows cannot be evaluated.
        """
        self._connection.register(SOURCE_ROWS, rows)
        try:
            return self._connection.execute(sql).to_arrow_table()
        except duckdb.Error as error:
            raise MappingFailed(str(error).splitlines()[0]) from error
        finally:
            self._connection.unregister(SOURCE_ROWS)

    def stage(self, batches: Iterator[pa.Table]) -> None:
        """Hold a whole file, for a mapping that looks beyond its row."""
        self._connection.execute(f"drop table if exists {SOURCE_ROWS}")
        for rows in batches:
            self._connection.register("staged_batch", rows)
            self._connection.execute(f"create table if not exists {SOURCE_ROWS} as select * from staged_batch limit 0")
            self._connection.execute(f"insert into {SOURCE_ROWS} select * from staged_batch")
            self._connection.unregister("staged_batch")

    def staged(self, sql: str) -> Iterator[pa.Table]:
        """The held file, batch by batch in the order of its rows, as the SQL gives it."""
        try:
            # A cursor of its own: the raw rows of a batch are asked for while the batches are still being read.
            for batch in self._connection.cursor().execute(sql).to_arrow_reader(STAGED_BATCH):
                yield pa.Table.from_batches([batch])
        except (duckdb.Error, pa.ArrowException, OSError) as error:
            raise MappingFailed(str(error).splitlines()[0]) from error

    def unstage(self) -> None:
        """Let go of the held file."""
        self._connection.execute(f"drop table if exists {SOURCE_ROWS}")

    def close(self) -> None:
        """Let go of everything."""
        self._connection.close()
