"""Post: every document that the record holds becomes a balanced entry of the ledger, or is said not to."""

from datetime import date, datetime
from pathlib import Path

from tasks.errors import BrokenPromise
from tasks.source.checking import load_source
from tasks.source.choosing import SOURCES
from tasks.store import open_store
from warehouse.connection import Connection
from warehouse.home import Home
from warehouse.postings import Posting, UnbalancedEntry, delivering_sources, is_posted, post
from warehouse.publication import Company

__all__ = ["Posting", "post_documents"]


def post_documents(home: Home, company: Company, as_of: date, recorded_at: datetime, folder: Path = SOURCES) -> Posting:
    """Bring the ledger to what the record says, when that is another than last time; entries are added, never changed.

    Raises BrokenPromise, and leaves the ledger as it was, when an entry does not balance.
    """
    with open_store(home) as connection:
        own_journals = _own_journals(connection, folder)
        if is_posted(connection, company, as_of, own_journals):
            return Posting()
        try:
            return post(connection, home, company, as_of, recorded_at, own_journals)
        except UnbalancedEntry as error:
            raise BrokenPromise(
                f"{error}; nothing was posted. Mend it where it was written and deliver it again"
            ) from error


def _own_journals(connection: Connection, folder: Path) -> dict[str, bool]:
    """Whether the journals of a source post its documents, for every source that has delivered and is still known."""
    files = [folder / f"{source}.yml" for source in delivering_sources(connection)]
    sources = [load_source(file) for file in files if file.is_file()]
    return {source.source: source.posting == "own journals" for source in sources}
