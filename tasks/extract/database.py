"""The `database` connector: what is new in the tables of a database, all of them as they were at one moment."""

from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import cast

from tasks.errors import SourceRefused, SourceUnreachable
from tasks.extract.databases.reading import Reading
from tasks.extract.databases.session import Access, Session
from tasks.extract.environment import HOME, filled, unset
from tasks.extract.fetching import Asking, Fetched
from tasks.source import DatabaseExtract, Source
from tasks.source.secret import is_known, named, revealed
from warehouse.home import Home

SYSTEMS = {"postgresql": "PostgreSQL", "mysql": "MySQL", "sqlite": "SQLite"}
"""Every system, and the class of its session in the module of its name."""


def absent(source: Source) -> str | None:
    """Why the database cannot be asked here: a name that is not set, a secret or a file that is not there."""
    extract = _extract(source)
    texts = [text for text in (extract.path, extract.host, extract.port, extract.database, extract.user) if text]
    missing = [name for name in unset(texts) if name != HOME]
    if missing:
        return f"{source.source}: skipped, {missing[0]} is not set; set it to reach the database"
    if extract.password and not is_known(extract.password):
        return f"{source.source}: skipped, {named(extract.password)}; it is the password of the database"
    if extract.path and f"${{{HOME}}}" not in extract.path and not Path(filled(extract.path)).is_file():
        return f"{source.source}: skipped, there is no file at {filled(extract.path)}"
    return None


def fetch(source: Source, asking: Asking) -> Iterator[Fetched]:
    """What is new of each table in turn, in one transaction that only reads.

    Raises SourceUnreachable when the database does not answer, SourceRefused when it says no.
    """
    extract = _extract(source)
    if asking.window and not any(table.cursor for table in extract.tables.values()):
        raise SourceRefused(f"{source.source}: none of its tables has a cursor, by which a past range could be read")
    try:
        with closing(_session(extract, asking.home)) as session:
            for name, table in extract.tables.items():
                yield from Reading(session, source.source, extract.system, name, table, asking).fetched()
    except (SourceRefused, SourceUnreachable) as error:
        raise type(error)(f"{source.source}: {error}") from error.__cause__


def _session(extract: DatabaseExtract, home: Home) -> Session:
    # Here, because each system has a driver of its own.
    module = import_module(f"tasks.extract.databases.{extract.system}")
    return cast(Session, getattr(module, SYSTEMS[extract.system])(_access(extract, home)))


def _access(extract: DatabaseExtract, home: Home) -> Access:
    port = filled(extract.port or "", home)
    if port and not port.isdecimal():
        raise SourceRefused(f"the port of the database is {port!r}, which is no number")
    return Access(
        system=extract.system,
        path=filled(extract.path, home) if extract.path else None,
        host=filled(extract.host or "", home),
        port=int(port) if port else None,
        database=filled(extract.database or "", home),
        user=filled(extract.user or "", home),
        password=revealed(extract.password) if extract.password else "",
        tls=extract.tls,
    )


def _extract(source: Source) -> DatabaseExtract:
    assert isinstance(source.extract, DatabaseExtract)
    return source.extract
