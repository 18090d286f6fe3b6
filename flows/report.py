"""Report: make the packs of a day from what is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import show_failure, show_reports
from flows.parameters import Pack, When, due_day, named_by_day
from tasks.retries import STORING
from tasks.runs import Home, home_at

PACKS: tuple[Pack, ...] = ("finance", "sales", "compliance")


@dataclass(frozen=True)
class Reports:
    """The report packs of a day."""

    index: Path
    files: tuple[Path, ...]


@task(name="report", task_run_name="report {pack} {as_of}", cache_policy=NO_CACHE, **STORING)
def make_pack(home: Home, pack: str, as_of: date) -> list[Path]:
    """One pack, as a page, as a PDF and as a workbook."""
    # Charts and typesetting take a second to load, which a run with nothing to report does not have.
    from tasks.report import report as write_pack

    return write_pack(home, pack, as_of)


@task(name="index", task_run_name="index {as_of}", cache_policy=NO_CACHE, **STORING)
def make_index(home: Home, as_of: date) -> Path:
    """The page from which a day's packs are reached."""
    from tasks.report import report_index

    return report_index(home, as_of)


def is_due(home: Home, as_of: date) -> bool:
    """Whether the reports of a day are still to be made from what is published now."""
    from tasks.report import is_reported

    return not is_reported(home, as_of)


def index_of(home: Home, as_of: date) -> Path:
    """Where the page of a day is."""
    return home.reports / f"{as_of:%Y-%m-%d}" / "index.html"


def report_run_name() -> str:
    """`report 2025-12-31`."""
    return named_by_day("report")


@flow(name="report", flow_run_name=report_run_name, timeout_seconds=3600, on_failure=[show_failure])
def report(
    as_of: date | None = None,
    when: When = "today",
    packs: list[Pack] | None = None,
    home: Path | None = None,
) -> Reports:
    """Make the report packs of a day from the published warehouse.

    Args:
        as_of: The day whose close the books show. Empty: see `when`.
        when: Without a date: the day the run was due, the day before it, or the last day of the month before.
        packs: Which packs to make. Empty: all.
        home: The company's home folder. Empty: COUNTINGHOUSE_HOME, or `./data`.
    """
    day, place = due_day(as_of, when), home_at(home)
    chosen_packs: Sequence[Pack] = packs or PACKS
    files = [file for pack in chosen_packs for file in make_pack(place, pack, day)]
    index = make_index(place, day)
    show_reports(f"{day:%Y-%m-%d}", files, index)
    return Reports(index, tuple(files))
