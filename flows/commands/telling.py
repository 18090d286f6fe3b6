"""How a command tells what a run did: a table of loads, and where to look next."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.table import Table

from flows.sums import SUM_COLUMNS, sums_by_record
from tasks.errors import SourceUnreachable
from tasks.ingest import Ingestion

WIDE = 200
"""Columns where nobody looks: a file or a pipe has no edge."""

console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else WIDE)


@contextmanager
def watching() -> Iterator[None]:
    """Say when the run has to wait, and show on a terminal what it is at."""
    from flows.progress import WATCHERS
    from flows.writing import LISTENERS

    # On a terminal a line that moves; elsewhere nothing but what is printed.
    with console.status("working") as status:
        LISTENERS.append(_say)
        WATCHERS.append(status.update)
        try:
            yield
        finally:
            WATCHERS.remove(status.update)
            LISTENERS.remove(_say)


def _say(sentence: str) -> None:
    console.print(sentence, markup=False)


def plain_table(*columns: str, numbers_from: int | None = None) -> Table:
    """A table without lines, to be read, copied and cut; a last column of words takes what room is left."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, column in enumerate(columns):
        is_number = numbers_from is not None and place >= numbers_from
        is_words = numbers_from is None and place == len(columns) - 1
        table.add_column(
            column, justify="right" if is_number else "left", no_wrap=not is_words, overflow="fold",
            min_width=None if is_words else len(column),
        )  # fmt: skip
    return table


def tell_loads(ingestions: Sequence[Ingestion]) -> None:
    """Per source and record: extracted = accepted + unchanged + quarantined + out of scope."""
    for ingestion in ingestions:
        _tell_rest(ingestion)
    sums = sums_by_record(ingestions)
    if not sums:
        return
    table = plain_table(*SUM_COLUMNS, numbers_from=2)
    for (source, record), counts in sums.items():
        table.add_row(source, record, *(f"{count:,}" for count in counts))
    console.print(table)


def _tell_rest(ingestion: Ingestion) -> None:
    if ingestion.skipped:
        console.print(ingestion.skipped, markup=False)
    for finding in ingestion.drift:
        # What stopped a file is told with the file.
        if finding.severity != "stop":
            console.print(finding.sentence, markup=False)
    for gone in ingestion.gone:
        console.print(f"{ingestion.source}: {gone}", markup=False)
    for sentence in ingestion.kept_back:
        console.print(f"{ingestion.source}: {sentence}", markup=False)
    for refused in ingestion.refused:
        console.print(f"{ingestion.source}: {refused.name} could not be read: {refused.reason}", markup=False)
    for name in ingestion.growing:
        console.print(f"{ingestion.source}: {name} is still being written; the next run takes it", markup=False)
    if ingestion.duplicates:
        count = len(ingestion.duplicates)
        console.print(f"{ingestion.source}: {count} file(s) delivered before under another name, not loaded again")


def tell_day(day: Any) -> None:
    """What a business day came to; the last lines say where to look."""
    tell_loads(day.ingestions)
    if not day.publication.is_new and day.reports is None:
        console.print("nothing new; nothing published")
    elif not day.publication.is_new:
        console.print("nothing new to publish; the missing reports were made")
    console.print(f"warehouse: {day.publication.path}", markup=False)
    console.print(f"reports:   {day.index}", markup=False)
    unreachable = [ingestion.unreachable for ingestion in day.ingestions if ingestion.unreachable]
    if unreachable:
        # After all that was done without it, and with an exit code that a scheduler sees.
        raise SourceUnreachable("; ".join(unreachable))
