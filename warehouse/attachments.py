"""What the operations write down of every file that a mail brought to a source: which mail, and what became of it."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime

from warehouse.connection import Connection


@dataclass(frozen=True)
class BroughtFile:
    """A file attached to a mail: one row of `operations.attachments`."""

    batch_id: str
    source: str
    file: str
    row: int
    attachment_no: int
    message_id: str | None
    attachment_name: str
    attachment_sha256: str
    bytes: int
    target: str
    path: str | None
    """Where it lies below the home; None where it was not brought."""
    status: str
    reason: str | None
    brought_at: datetime


def brought_before(connection: Connection, source: str, file: str) -> set[tuple[int, int]]:
    """Row and number of what a landed file has brought, when it was loaded before."""
    rows = connection.execute(
        "select row, attachment_no from operations.attachments where source = ? and file = ?", [source, file]
    ).fetchall()
    return {(row, number) for row, number in rows}


def known_contents(connection: Connection, targets: Iterable[str]) -> set[tuple[str, str]]:
    """Target and SHA-256 of every file that some mail has brought to it."""
    rows = connection.execute(
        "select distinct target, attachment_sha256 from operations.attachments "
        "where status = 'brought' and target in (select unnest(?::varchar[]))",
        [list(targets)],
    ).fetchall()
    return {(target, content) for target, content in rows}


def write_brought(connection: Connection, files: list[BroughtFile]) -> None:
    """Write down what mails have brought."""
    if files:
        places = ", ".join("?" * len(BroughtFile.__dataclass_fields__))
        connection.executemany(
            f"insert into operations.attachments values ({places})", [list(astuple(file)) for file in files]
        )
