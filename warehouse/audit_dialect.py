"""How Great Expectations, which speaks SQLAlchemy, reads a DuckDB file that nobody writes."""

from pathlib import Path
from typing import Any

import duckdb_engine
from sqlalchemy import util
from sqlalchemy.dialects import registry
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import ReflectedColumn, ReflectedPrimaryKeyConstraint
from sqlalchemy.sql import sqltypes, text

from warehouse.connection import connect
from warehouse.tables import identifier

NAME = "duckdb.audit"
"""The name under which SQLAlchemy finds the dialect; in an address it reads `duckdb+audit`."""

ADDRESS = "duckdb+audit:///"
"""What to give SQLAlchemy as the address; the path goes beside it, for a path may hold what an address may not."""

COLUMNS = """
select column_name, data_type, is_nullable
from duckdb_columns()
where table_name = :table_name and schema_name = coalesce(:schema_name, current_schema())
order by column_index
"""


class AuditDialect(duckdb_engine.Dialect):
    """DuckDB for an audit: the file is opened read-only, and no transaction is begun, committed or rolled back.

    Great Expectations closes the connection before it fetches; the rollback on closing would drop DuckDB's pending
    result, and every expectation would fail with `list index out of range`. Who only reads needs no transaction.
    Columns are read from DuckDB's own catalogue, because SQLAlchemy 2.1 asks for PostgreSQL tables that DuckDB lacks.
    """

    driver = "audit"
    supports_statement_cache = False
    ischema_names = util.update_copy(duckdb_engine.Dialect.ischema_names, {"decimal": sqltypes.NUMERIC})

    def connect(self, *_: Any, **settings: Any) -> Any:
        """Open one schema of the file as the rest of the project does, in UTC and off the network, but only to read."""
        connection = connect(Path(settings["database"]), read_only=True)
        connection.execute(f"use {identifier(settings['schema'])}")
        return duckdb_engine.ConnectionWrapper(connection)

    def do_begin(self, connection: Any) -> None:
        """Nothing: see the class."""

    def do_commit(self, connection: Any) -> None:
        """Nothing: see the class."""

    def do_rollback(self, connection: Any) -> None:
        """Nothing: see the class."""

    def get_columns(
        self, connection: Connection, table_name: str, schema: str | None = None, **_: Any
    ) -> list[ReflectedColumn]:
        """The columns of a table or view, in their order."""
        rows = connection.execute(text(COLUMNS), {"table_name": str(table_name), "schema_name": schema})
        return [
            {"name": name, "type": self._type_of(kind), "nullable": nullable, "default": None}
            for name, kind, nullable in rows
        ]

    def get_pk_constraint(self, *_: Any, **__: Any) -> ReflectedPrimaryKeyConstraint:
        """None: the warehouse keeps no index, a contract says what is unique."""
        return {"constrained_columns": [], "name": None, "comment": None}

    def _type_of(self, kind: str) -> sqltypes.TypeEngine[Any]:
        known = self.ischema_names.get(kind.partition("(")[0].lower())
        return known() if known else sqltypes.NullType()


def register_dialect() -> None:
    """Make the dialect known to SQLAlchemy."""
    registry.register(NAME, __name__, AuditDialect.__name__)
