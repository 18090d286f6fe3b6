"""The book of runs: one row is a run of a flow, with how it ended; who is not ended and not at work has crashed."""

from dataclasses import dataclass
from datetime import date, datetime

from warehouse.connection import Connection


@dataclass(frozen=True)
class Run:
    """A run of a flow as it begins."""

    run_id: str
    flow: str
    as_of: date | None
    started_at: datetime


def begin_run(connection: Connection, run: Run) -> None:
    """Write that a run began. There is one writer, so whatever else is `running` was killed: it is `crashed` now."""
    connection.execute("begin")
    connection.execute(
        "update operations.runs set status = 'crashed', ended_at = ? where status = 'running'", [run.started_at]
    )
    connection.execute(
        "insert into operations.runs values (?, ?, ?, ?, null, 'running', null)",
        [run.run_id, run.flow, run.as_of, run.started_at],
    )
    connection.execute("commit")


def end_run(
    connection: Connection, run_id: str, ended_at: datetime, status: str, publication_id: str | None = None
) -> None:
    """Write how a run ended: `completed` or `failed`, and what it published."""
    connection.execute(
        "update operations.runs set ended_at = ?, status = ?, publication_id = ? where run_id = ?",
        [ended_at, status, publication_id, run_id],
    )
