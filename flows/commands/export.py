"""`countinghouse export`: the ledger for other accounting programs and for tax offices."""

from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from flows.commands.books import tell_as_known
from flows.commands.options import HomeOption, KnownOnOption
from flows.commands.telling import console

export = App(name="export", help="The books for other programs: hledger, beancount, CSV, French FEC, Norwegian SAF-T.")

Format = Literal["hledger", "beancount", "csv", "fec", "saft"]


@export.command
def ledger(
    *,
    format: Annotated[Format, Parameter("--format", help="hledger, beancount, csv, fec or saft.")],  # noqa: A002
    to: Annotated[Path, Parameter("--to", help="The file to write, or a folder to write it into.")],
    first: Annotated[date | None, Parameter("--from", help="First day; else that of the first entry.")] = None,
    last: Annotated[date | None, Parameter("--until", help="Last day; else the as-of date.")] = None,
    registration_number: Annotated[
        str | None,
        Parameter("--registration-number", help="The company's SIREN (fec) or organisation number (saft)."),
    ] = None,
    as_known_on: KnownOnOption = None,
    as_of: Annotated[
        date | None, Parameter("--as-of", help="With --as-known-on: the day whose close the books show.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Write the published general ledger to a file, proven to balance and to agree with the trial balance."""
    from tasks.build import load_company
    from tasks.export import Request, export_ledger
    from tasks.runs import home_at

    place = home_at(home)
    if as_known_on is not None:
        place = home_at(tell_as_known(place, as_known_on, as_of))
    request = Request(registration_number, datetime.now(UTC).date(), version("countinghouse"))
    done = export_ledger(place, load_company(), format, to.expanduser(), request, first, last)
    for note in done.notes:
        console.print(f"note: {note}", markup=False)
    console.print(
        f"{done.entries_count:,} entries with {done.lines_count:,} lines on {done.accounts_count:,} accounts, "
        f"{done.first} to {done.last}: debit {done.debit_amount:,.2f} {done.currency_code}, "
        f"credit {done.credit_amount:,.2f} {done.currency_code}",
        markup=False,
    )
    console.print(f"written:   {done.path}", markup=False)
