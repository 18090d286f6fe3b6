"""`countinghouse quarantine`: the refused rows, why they were refused, and their second chance."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from flows.commands.options import HomeOption, SourceOption
from flows.commands.telling import console, plain_table, tell_loads, watching
from flows.server import prefect_api
from tasks.errors import UsageError
from tasks.quarantine import export_quarantine, list_quarantine, show_quarantine
from tasks.runs import home_at
from tasks.source import chosen, load_sources

quarantine = App(name="quarantine", help="The rows that were refused: list, show, export, replay.")

OneSource = Annotated[str | None, Parameter("--source", help="The rows of this source only.")]
Reveal = Annotated[bool, Parameter("--reveal", negative=(), help="Show personal data, which is masked otherwise.")]


@quarantine.command(name="list")
def list_(*, source: OneSource = None, home: HomeOption = None) -> None:
    """Count the refused rows by rule, with an example of each."""
    found = list_quarantine(home_at(home), _known(source))
    if not found:
        console.print("nothing is in quarantine")
        return
    table = plain_table("source", "record", "rule", "rows", "an example")
    for one in found:
        example = f"{one.example_batch} row {one.example_row}: {one.example_reason}"
        table.add_row(one.source, one.record, one.rule, f"{one.rows:,}", example)
    console.print(table, markup=False)


@quarantine.command
def show(
    *,
    source: OneSource = None,
    rule: Annotated[str | None, Parameter("--rule", help="Rows that break this rule.")] = None,
    batch: Annotated[str | None, Parameter("--batch", help="Rows of this batch.")] = None,
    row: Annotated[int | None, Parameter("--row", help="The row of this number in its file.")] = None,
    limit: Annotated[int, Parameter("--limit", help="At most so many.")] = 20,
    reveal: Reveal = False,
    home: HomeOption = None,
) -> None:
    """Show refused rows with every reason and what the source sent."""
    rows = show_quarantine(
        home_at(home), load_sources(), source=_known(source), rule=rule, batch_id=batch, row=row, limit=limit,
        is_revealed=reveal,
    )  # fmt: skip
    for one in rows:
        console.print(f"{one.file_name} row {one.row} ({one.record}, batch {one.batch_id})", style="bold", markup=False)
        for broken, reason in zip(one.rules, one.reasons, strict=True):
            console.print(f"  {broken}: {reason}", markup=False)
        console.print(f"  {one.raw}", markup=False)
    if not rows:
        console.print("no such row is in quarantine")


@quarantine.command
def export(target: Path, *, source: OneSource = None, reveal: Reveal = False, home: HomeOption = None) -> None:
    """Write the refused rows to a CSV file for whoever mends them."""
    if not target.parent.is_dir():
        raise UsageError(f"{target.parent}: there is no such folder")
    count = export_quarantine(home_at(home), load_sources(), target, source=_known(source), is_revealed=reveal)
    console.print(f"{count:,} refused row(s) written to {target}", markup=False)


@quarantine.command
def replay(*, source: SourceOption = None, home: HomeOption = None) -> None:
    """Load the files with refused rows again, after the source file, a contract or the data was mended."""
    place = home_at(home)
    names = [one.source for one in chosen(source or None)]
    with prefect_api(place.root) as api:
        from flows.replay import replay as replay_flow

        with api.recording(), watching():
            ingestions = [replay_flow(name, place.root) for name in names]
    tell_loads(ingestions)
    if any(ingestion.is_new for ingestion in ingestions):
        console.print("run `countinghouse run` to publish what is accepted now")
    else:
        console.print("nothing to replay")


def _known(source: str | None) -> str | None:
    return chosen([source])[0].source if source else None
