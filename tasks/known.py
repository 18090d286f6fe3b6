"""As known on: the books as they stood at the end of an earlier day, in a home of their own beside the live one."""

from datetime import date, datetime

from tasks.store import open_store
from warehouse.aside import copy_warehouse, cut_back, list_unposted
from warehouse.home import Home
from warehouse.publication import Company


def known_home(home: Home, known_on: date) -> Home:
    """Where the books as known on a day are: published and reported like the live ones, which stay as they are."""
    return Home(home.known / known_on.isoformat())


def take_back(home: Home, company: Company, as_of: date, known_on: date, moment: datetime) -> Home:
    """Copy the warehouse and take out of the copy what was recorded after the moment at which the day ended."""
    known = known_home(home, known_on)
    copy_warehouse(home, known)
    with open_store(known) as connection:
        cut_back(connection, moment)
        list_unposted(connection, known, company, as_of)
    return known


def forget_copy(known: Home) -> None:
    """Remove the copied warehouse: what was made of it is published."""
    known.warehouse.unlink()
