"""A system of the firm: which files it drops, in which dialect, and what goes wrong in them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery, Ends, Line, Outcome
from tasks.simulate.dirt import Dirt
from tasks.simulate.formats import Writer

Files = dict[str, bytes]


@dataclass(frozen=True)
class FileDirt:
    """One kind of dirt that concerns a whole file: `make` gives its name and bytes, from the files already written."""

    name: str
    ends: Ends
    make: Callable[[Files], tuple[str, bytes]]


@dataclass(frozen=True)
class Redelivery:
    """A file that is delivered too early, and again when its last rows are known."""

    first: str
    again: str
    added_count: int


@dataclass(frozen=True)
class Remark:
    """A file that is odd, yet accepted."""

    name: str
    file: str


@dataclass(frozen=True)
class Lost:
    """Documents that the system wrote but never delivered: gaps in their numbers, or a day without any."""

    name: str
    documents: tuple[str, ...] = ()
    missing_date: date | None = None


@dataclass(frozen=True)
class System:
    """One source system; column names are its own."""

    source: str
    folder: str
    record: str
    key: tuple[str, ...]
    write: Writer
    deliver: Callable[[Firm], list[Delivery]]
    unmapped: tuple[str, ...] = ()
    net_and_currency: tuple[str, str] | None = None
    """The columns that hold the net amount and its currency, where the system writes sales lines."""
    dirt: tuple[Dirt, ...] = ()
    redelivery: Redelivery | None = None
    file_dirt: tuple[FileDirt, ...] = ()
    remarks: tuple[Remark, ...] = ()
    lost: Callable[[Firm], list[Lost]] = lambda firm: []


REFUSED_FILE = Ends(Outcome.REFUSED)
DUPLICATE_FILE = Ends(Outcome.DUPLICATE)


def deliveries_of(rows: pl.DataFrame, file: str = "file") -> list[Delivery]:
    """One delivery for each name in the column `file`, the rows in their order."""
    parts = rows.partition_by(file, as_dict=True, include_key=False, maintain_order=True)
    return [
        Delivery(str(name), part.columns, [Line(list(row)) for row in part.iter_rows()])
        for (name,), part in parts.items()
    ]


def cut_short(of: str, name: str) -> Callable[[Files], tuple[str, bytes]]:
    """Half of a file, as a broken transfer leaves it."""
    return lambda files: (name, files[of][: len(files[of]) // 2])


def again(of: str, name: str) -> Callable[[Files], tuple[str, bytes]]:
    """The same bytes under another name."""
    return lambda files: (name, files[of])


def holding(name: str, content: bytes) -> Callable[[Files], tuple[str, bytes]]:
    """A file with this content."""
    return lambda files: (name, content)


def redeliver(deliveries: list[Delivery], plan: Redelivery) -> list[Delivery]:
    """Take the last rows out of a file and deliver it again with them."""
    first = next(delivery for delivery in deliveries if delivery.name == plan.first)
    first.is_kept_clean = True
    whole = Delivery(plan.again, first.columns, [Line(list(line.values)) for line in first.lines], is_kept_clean=True)
    del first.lines[-plan.added_count :]
    return [*deliveries, whole]
