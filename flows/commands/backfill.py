"""`countinghouse backfill`: what a past range of a source still lacks, and taking it in."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from flows.commands.options import HomeOption
from flows.commands.telling import console, watching
from flows.server import prefect_api
from tasks.runs import home_at
from tasks.source import chosen

if TYPE_CHECKING:
    from tasks.backfill.plan import Plan

DAYS_SHOWN = 10


def backfill(
    source: str,
    *,
    first: Annotated[date, Parameter("--from", help="The first day of the range.")],
    last: Annotated[date, Parameter("--to", help="The last day of the range, included.")],
    by: Annotated[
        Literal["day", "week", "month"],
        Parameter("--by", help="How long the pieces are, between which others may write."),
    ] = "month",
    home: HomeOption = None,
    dry_run: Annotated[bool, Parameter(negative=(), help="Say what is missing; ask and write nothing.")] = False,
) -> None:
    """Take in what a range of past days of a source still lacks; what is there is not asked for again."""
    from tasks.backfill.plan import plan

    place = home_at(home)
    (one,) = chosen([source])
    tell_plan(plan(place, one, first, last, by))
    if not dry_run:
        with prefect_api(place.root) as api:
            from flows.backfill import backfill as backfill_flow

            with api.recording(), watching():
                done = backfill_flow(one.source, first, last, by=by, home=place.root)
        if any(piece.rows_accepted for piece in done):
            console.print("run `countinghouse run` to publish what was accepted")


def tell_plan(planned: "Plan") -> None:
    """What is there, what is missing, and which days have no file."""
    name = planned.source.source
    if planned.absent:
        console.print(planned.absent, markup=False)
        return
    kind = "piece(s)" if planned.is_asked else "file(s)"
    console.print(f"{name}: {planned.known_count} {kind} of {planned.whole} are there already", markup=False)
    for piece in planned.pieces:
        console.print(f"  {piece.told(is_asked=planned.is_asked)}", markup=False)
    if not planned.pieces:
        console.print(f"{name}: nothing of {planned.whole} is missing or failed", markup=False)
    if planned.missing_days:
        shown = ", ".join(map(str, planned.missing_days[:DAYS_SHOWN]))
        more = len(planned.missing_days) - DAYS_SHOWN
        rest = f" and {more} more" if more > 0 else ""
        console.print(f"{name}: no file for {shown}{rest}; ask {planned.source.owner}", markup=False)
