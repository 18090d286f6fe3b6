"""`countinghouse sources`: what the source files say, and what waits in the folders they name."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from flows.commands.options import HomeOption
from flows.commands.telling import console, plain_table
from tasks.errors import SourceError, UsageError
from tasks.runs import Home, home_at
from tasks.source import SOURCES, check_sources, chosen, load_sources

if TYPE_CHECKING:
    from tasks.waiting import Waiting

sources = App(name="sources", help="The source systems, as the files in `sources/` describe them.")

Folder = Annotated[Path, Parameter("--folder", help="The folder of source files.", show_default=False)]


@sources.command
def check(folder: Folder = SOURCES) -> None:
    """Check every source file before anything is read: words, columns, records, SQL."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder of sources")
    errors = check_sources(folder)
    for error in errors[:-1]:
        console.print(error, markup=False)
    if errors:
        raise SourceError(errors[-1])
    console.print(f"{len(load_sources(folder))} source file(s) are right")


@sources.command(name="list")
def list_(*, home: HomeOption = None) -> None:
    """List the sources, whose they are, and how many files wait."""
    tell_deliveries(home_at(home), None)


def _numbers(waiting: "Waiting") -> tuple[str, str, str]:
    if waiting.is_asked:
        return ("-" if waiting.absent else "asked", "", "")
    return (f"{len(waiting.files):,}", f"{waiting.known_count:,}", f"{waiting.bytes:,}")


def tell_deliveries(home: Home, patterns: Sequence[str] | None) -> None:
    """What the next run would read; nothing is read or written."""
    from tasks.waiting import what_waits

    table = plain_table("source", "records", "new files", "known files", "bytes to read", numbers_from=2)
    found = what_waits(home, chosen(patterns))
    for one in found:
        records = ", ".join(one.source.records)
        table.add_row(one.source.source, records, *_numbers(one))
    console.print(table)
    for one in found:
        if one.absent:
            console.print(one.absent, markup=False)
