"""`countinghouse trace` and `countinghouse verify`: where a figure comes from, and whether the books still hold."""

from typing import Annotated

from cyclopts import Parameter

from flows.commands.options import HomeOption
from flows.commands.telling import console
from tasks.errors import CountinghouseError, UsageError
from tasks.runs import home_at
from tasks.trace import Behind
from tasks.trace import trace as follow
from tasks.verify import verify as look_at_all


def trace(
    table: Annotated[str, Parameter(help="A published table, such as sales.daily_sales.")],
    key: Annotated[tuple[str, ...], Parameter(help="Which row: column=value, one or more.")],
    /,
    *,
    limit: Annotated[int, Parameter("--limit", help="Show at most so many rows of each record.")] = 20,
    home: HomeOption = None,
) -> None:
    """Follow a figure back to the rows of the record, and to the file and line that each came from."""
    conditions = dict(_condition(one) for one in key)
    trail = follow(home_at(home), table, conditions, limit)
    for row in trail.figure.rows:
        for column, value in zip(trail.figure.columns, row, strict=True):
            console.print(f"{table}.{column} = {value}", markup=False)
    for behind in trail.behind:
        _tell(behind, limit)


def _condition(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"{text!r} does not say which row; write column=value, such as document_date=2025-12-31")
    return column, value


def _tell(behind: Behind, limit: int) -> None:
    more = f", the first {limit}" if behind.count > limit else ""
    console.print(
        f"\n{behind.record}: {behind.count:,} row(s) by {', '.join(behind.by)}{more}", style="bold", markup=False
    )
    for origin in behind.origins:
        said = ", ".join(f"{k}={v}" for k, v in origin.values.items() if not k.startswith("_") and v is not None)
        console.print(f"{origin.file_name} row {origin.row:,}, kept as {origin.landed}", markup=False)
        console.print(f"    {said}", markup=False)


def verify(*, home: HomeOption = None) -> None:
    """Compute every kept file's hash again, add up every load, and read every published table."""
    checks = look_at_all(home_at(home))
    for check in checks:
        console.print(f"{check.count:,} {check.promise}: {'yes' if not check.broken else 'NO'}", markup=False)
        for broken in check.broken:
            console.print(f"  {broken}", markup=False)
    count = sum(len(check.broken) for check in checks)
    if count:
        raise CountinghouseError(f"{count} thing(s) are not as the books say; they are listed above")
