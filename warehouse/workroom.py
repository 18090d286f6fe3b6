"""The workroom of posting: a database beside the warehouse in which the selects of `posting/` are made in steps."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache

from warehouse.connection import Connection
from warehouse.home import Home
from warehouse.ledger import POSTING
from warehouse.models import Model, order_models, read_models
from warehouse.publication import Company
from warehouse.tables import identifier

SHARED_MODELS = ("core.accounts", "core.allocations")
"""Models whose rules posting shares with what is published."""

SCHEMAS = ("core", "documents", "steps")
"""The schemas that posting makes for itself, beside those of the warehouse."""

KEPT = (
    "core",
    "steps.changed_journals",
    "steps.known_journals",
    "steps.roles",
    "steps.rates",
    "steps.lines",
    "steps.rests",
    "steps.unposted",
    "steps.revaluations",
)
"""Schemas and steps that several others read; the rest are made as they are read."""

CONVERTED = """
    create or replace temp macro converted(amount, units, per_units) as cast(
        cast(
            sign(amount) * (
                2 * cast(cast(abs(amount) as decimal(38, 4)) * 10000 as hugeint)
                * cast(cast(units as decimal(38, 8)) * 100000000 as hugeint)
                + cast(cast(per_units as decimal(38, 8)) * 10000000000 as hugeint)
            ) // (2 * cast(cast(per_units as decimal(38, 8)) * 10000000000 as hugeint))
            as decimal(18, 0)
        ) * 0.01
        as decimal(18, 4)
    )
"""
"""An amount at a rate, in whole numbers to the cent: `per_units` of its currency are `units` of the other."""


@contextmanager
def workroom(connection: Connection, home: Home, company: Company, until: date) -> Iterator[None]:
    """Every step of posting, made; a file of its own, because the steps may be larger than memory."""
    room = home.scratch / "posting.duckdb"
    room.unlink(missing_ok=True)
    connection.execute(f"attach '{room}' as workroom")
    try:
        for schema in SCHEMAS:
            connection.execute(f"create schema workroom.{schema}")
        _set_variables(connection, company, until)
        for step in posting_steps():
            kind = "table" if step.schema in KEPT or step.name in KEPT else "view"
            connection.execute(f"create {kind} workroom.{step.name} as\n{_named_in_full(connection, step)}")
        yield
    finally:
        connection.execute("detach workroom")
        for left_over in home.scratch.glob("posting.duckdb*"):
            left_over.unlink()


def write_unposted(connection: Connection) -> None:
    """Write down which documents could not be posted, and why, in the place of what was written before."""
    connection.execute("delete from operations.unposted_documents")
    connection.execute(
        "insert into operations.unposted_documents by name "
        "select * exclude (is_posted_elsewhere) from workroom.steps.unposted where not is_posted_elsewhere"
    )


@cache
def posting_steps() -> tuple[Model, ...]:
    """All selects of posting, each after what it reads."""
    shared = [model for model in read_models() if model.name in SHARED_MODELS]
    steps = [*shared, *read_models(POSTING)]
    given = {name for step in steps for name in step.references if name.partition(".")[0] not in SCHEMAS}
    return tuple(order_models(steps, given))


def _set_variables(connection: Connection, company: Company, until: date) -> None:
    # Documents of every day are posted; what a report shows of them is for its own day to say.
    connection.execute("set variable as_of_date = date '9999-12-31'")
    connection.execute("set variable reporting_currency = ?", [company.reporting_currency])
    # Entries that a month makes by itself are posted up to the latest day that anybody asked for, and stay.
    connection.execute("set variable posted_until_date = cast(? as date)", [until])
    connection.execute(CONVERTED)


def _named_in_full(connection: Connection, step: Model) -> str:
    """The SQL with the database before each table: a view of the workroom finds no other database by itself."""
    (warehouse,) = connection.execute("select current_database()").fetchall()[0]

    def full(found: re.Match[str]) -> str:
        database = "workroom" if found["schema"] in SCHEMAS else identifier(warehouse)
        return f"{found['before']}{database}.{found['schema']}."

    tables = "|".join(sorted(name.partition(".")[2] for name in step.references))
    return re.sub(rf"(?P<before>\b(?:from|join)\s+)(?P<schema>[a-z]+)\.(?=(?:{tables})\b)", full, step.sql)
