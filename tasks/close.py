"""Close: prove that a period is complete, file its statements under their hashes, and write down that it is closed."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from tasks.errors import ClosingRefused
from tasks.periods import Period
from tasks.store import open_store
from warehouse.aside import copy_warehouse
from warehouse.closings import (
    Closing,
    FiledFile,
    Open,
    figures_of,
    find_closing,
    last_entry_no,
    open_quarantine,
    unposted_documents,
    write_closing,
)
from warehouse.connection import Connection
from warehouse.home import Home
from warehouse.publication import Company
from warehouse.publish import flush
from warehouse.published import Published, open_published
from warehouse.workroom import posting_steps

STATEMENTS = {
    "income_statement": "from finance.income_statement_between($first, $last) order by line_no",
    "balance_sheet": "from finance.balance_sheet_at($last) order by line_no",
    "cash_flow": "from finance.cash_flow_between($first, $last) order by method, line_no",
    "trial_balance": "from finance.trial_balance_at($last, from_day := $first) order by account_code",
    "tax_summary": "from finance.tax_summary where month between date_trunc('month', $first) and $last order by all",
    "receivables_ageing": "from finance.receivables_ageing order by all",
    "payables_ageing": "from finance.payables_ageing order by all",
}
"""What is filed of a period as a table: the statements by themselves, beside the pack in which people read them."""


@dataclass(frozen=True)
class Filing:
    """A period that was closed, and what was filed of it."""

    closing: Closing
    folder: Path
    files: tuple[FiledFile, ...]


def aside_home(home: Home, period: Period) -> Home:
    """Where a period is proven and reported before it is filed."""
    return Home(home.filed / f".closing-{period.name}")


def check_closable(home: Home, period: Period, moment: datetime, reason: str | None) -> None:
    """See that the period is over, open, posted, and waits for no refused row.

    Raises ClosingRefused with one sentence; a reason given passes over what is not posted or was refused.
    """
    if moment.date() <= period.last:
        raise ClosingRefused(f"{period.name} is not over: its last day is {period.last}")
    with open_store(home) as connection:
        refuse_second_closing(connection, home, period)
        waiting = [
            *unposted_documents(connection, period.last),
            *open_quarantine(connection, posted_records(), period.first, period.last),
        ]
    if waiting and not reason:
        raise ClosingRefused(
            f"{period.name} cannot be closed: {'; '.join(_told(one) for one in waiting)}. Mend them, or close it with "
            "--force and the reason why it may be closed without them"
        )


def _told(one: Open) -> str:
    return f"{one.count:,} {one.what} ({one.example})"


def refuse_second_closing(connection: Connection, home: Home, period: Period) -> None:
    """Raise ClosingRefused when the period is closed already; what a run killed just then left beside it goes."""
    if closing := find_closing(connection, period.name):
        shutil.rmtree(aside_home(home, period).root, ignore_errors=True)
        raise ClosingRefused(
            f"{period.name} was closed on {closing.closed_at:%Y-%m-%d %H:%M} UTC already, and what was filed is in "
            f"{home.filed / period.name}; `countinghouse filed {period.name}` proves it"
        )


def posted_records() -> list[str]:
    """The records that the ledger is made from."""
    read = {name for step in posting_steps() for name in step.references}
    return sorted(name.removeprefix("record.") for name in read if name.startswith("record."))


def set_aside(home: Home, period: Period) -> Home:
    """A copy of the warehouse in which the period can be built as of its last day; what is published stays."""
    aside = aside_home(home, period)
    copy_warehouse(home, aside)
    return aside


def file_period(
    home: Home, aside: Home, company: Company, period: Period, publication_id: str, moment: datetime, reason: str | None
) -> Filing:
    """Put the statements and the finance pack in their folder, then write the closing down with all hashes.

    The writing down is what closes: a folder that a killed run left without it is no filing, and is made again.
    """
    staging = aside.root / "staging"
    write_files(aside, period, staging)
    files = tuple(hashed(period, path) for path in sorted(staging.iterdir()))
    with open_store(home) as connection:
        refuse_second_closing(connection, home, period)
        closing = Closing(
            period.name, period.first, period.last, company.financial_year_start(period.last),
            last_entry_no(connection), publication_id, moment, reason,
        )  # fmt: skip
        # Read-only for analysts; nobody else sees this one, and it goes when the period is filed.
        aside.published.chmod(0o644)
        figures = figures_of(aside.published, closing)
        folder = put_in_place(home, period, staging)
        write_closing(connection, closing, list(files), figures)
    shutil.rmtree(aside.root)
    return Filing(closing, folder, files)


def write_files(aside: Home, period: Period, folder: Path) -> None:
    """The statements as CSV and the finance pack as it was made, on disk for good."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with open_published(aside) as published:
        for name, query in STATEMENTS.items():
            (folder / f"{name}.csv").write_bytes(_csv(published, query, period))
    for pack in (aside.reports / period.last.isoformat()).glob("finance.*"):
        shutil.copyfile(pack, folder / pack.name)
    for path in folder.iterdir():
        flush(path)
        path.chmod(0o444)


def _csv(published: Published, query: str, period: Period) -> bytes:
    days = {"first": period.first, "last": period.last}
    answer = published.ask(query, {name: day for name, day in days.items() if f"${name}" in query})
    frame = pl.from_arrow(answer)
    assert isinstance(frame, pl.DataFrame)
    return frame.write_csv().encode()


def hashed(period: Period, path: Path) -> FiledFile:
    """A file by its hash."""
    content = path.read_bytes()
    return FiledFile(period.name, path.name, hashlib.sha256(content).hexdigest(), len(content))


def put_in_place(home: Home, period: Period, staging: Path) -> Path:
    """Give the folder its name; one that is there belongs to no closing."""
    folder = home.filed / period.name
    if folder.exists():
        shutil.rmtree(folder)
    os.replace(staging, folder)
    flush(home.filed)
    return folder
