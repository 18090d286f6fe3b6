"""`countinghouse close` and `countinghouse filed`: a period is closed, and what was filed of it is proven."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows.commands.options import HomeOption
from flows.commands.telling import console, watching
from flows.server import prefect_api
from tasks.filed import copy_filed, read_filed
from tasks.runs import home_at


def close(
    period: Annotated[str, Parameter(help="A month such as 2025-11, a quarter such as 2025-Q4, or a year.")],
    /,
    *,
    force: Annotated[
        str | None, Parameter("--force", help="Why it may be closed with documents not posted or rows refused.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Close a period: prove it, file its statements, and keep later entries out of it."""
    place = home_at(home)
    with prefect_api(place.root) as api:
        from flows.close import close as close_flow

        with api.recording(), watching():
            filing = close_flow(period, reason=force, home=place.root)
    closing = filing.closing
    console.print(
        f"{closing.period} is closed: {closing.first_date} to {closing.last_date}, "
        f"up to entry {closing.last_entry_no:,}",
        markup=False,
    )
    for file in filing.files:
        console.print(f"{file.sha256}  {file.file_name}", markup=False)
    console.print(f"filed:     {filing.folder}", markup=False)


def filed(
    period: Annotated[str, Parameter(help="A closed period, such as 2025-11.")],
    /,
    *,
    to: Annotated[Path | None, Parameter("--to", help="A folder to copy the files into.")] = None,
    home: HomeOption = None,
) -> None:
    """Give what was filed of a closed period, byte for byte, proven against the hashes written down then."""
    closing, files = read_filed(home_at(home), period)
    console.print(f"{period} was closed on {closing.closed_at:%Y-%m-%d %H:%M} UTC", markup=False)
    if closing.reason:
        console.print(f"although something was open: {closing.reason}", markup=False)
    for file, path in files:
        console.print(f"{file.sha256}  {path}", markup=False)
    if to is not None:
        copy_filed(files, to.expanduser())
        console.print(f"copied:    {to}", markup=False)
