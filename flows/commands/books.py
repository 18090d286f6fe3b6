"""Commands that start flows: `run`, `simulate`, `publish` and `report`."""

from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows.commands.options import AsOfOption, HomeOption, KnownOnOption, SourceOption
from flows.commands.telling import console, tell_day, watching
from flows.server import prefect_api
from tasks.runs import Home


def run(
    *,
    source: SourceOption = None,
    as_of: AsOfOption = None,
    as_known_on: KnownOnOption = None,
    home: HomeOption = None,
    dry_run: Annotated[bool, Parameter(negative=(), help="Say what would be read; read and write nothing.")] = False,
) -> None:
    """Run the business day: take in deliveries, prove them, publish, report."""
    from tasks.runs import home_at
    from tasks.source import chosen

    place, patterns = home_at(home), source or None
    if as_known_on is not None:
        tell_as_known(place, as_known_on, as_of)
        return
    names = [one.source for one in chosen(patterns)]
    if dry_run:
        from flows.commands.sources import tell_deliveries

        tell_deliveries(place, names)
        return
    with prefect_api(place.root) as api:
        from flows.business_day import business_day

        with api.recording(), watching():
            day = business_day(as_of=as_of, sources=patterns, home=place.root)
    tell_day(day)


def simulate(*, home: HomeOption = None) -> None:
    """Write the files of the simulated mail-order company into the inbox."""
    from tasks.runs import home_at

    place = home_at(home)
    with prefect_api(place.root) as api:
        from flows.simulate_company import simulate_company

        with api.recording(), watching():
            inbox = simulate_company(home=place.root)
    console.print(f"simulated deliveries: {inbox}", markup=False)


def publish(*, as_of: AsOfOption = None, home: HomeOption = None) -> None:
    """Build, audit and publish from what is loaded already."""
    from tasks.runs import home_at

    place = home_at(home)
    with prefect_api(place.root) as api:
        from flows.publish import publish as publish_flow

        with api.recording(), watching():
            publication = publish_flow(as_of=as_of, home=place.root)
    if not publication.is_new:
        console.print("nothing new; nothing published")
    console.print(f"warehouse: {publication.path}", markup=False)


def report(*, as_of: AsOfOption = None, as_known_on: KnownOnOption = None, home: HomeOption = None) -> None:
    """Make the report packs of a day from the published warehouse."""
    from tasks.runs import home_at

    place = home_at(home)
    if as_known_on is not None:
        tell_as_known(place, as_known_on, as_of)
        return
    with prefect_api(place.root) as api:
        from flows.report import report as report_flow

        with api.recording(), watching():
            reports = report_flow(as_of=as_of, home=place.root)
    console.print(f"reports:   {reports.index}", markup=False)


def tell_as_known(home: Home, known_on: date, as_of: date | None) -> Path:
    """Publish and report the books as known on a day, say where they are, and return their home."""
    with prefect_api(home.root) as api:
        from flows.as_known import as_known

        with api.recording(), watching():
            known = as_known(known_on, as_of=as_of, home=home.root)
    console.print(f"warehouse: {known.published}", markup=False)
    console.print(f"reports:   {known.index}", markup=False)
    return known.home
