"""The book of postings: what the ledger was last made from, so that the same record is not looked at twice."""

import hashlib
import json
from datetime import date, datetime

from warehouse.connection import Connection
from warehouse.publication import Company
from warehouse.workroom import posting_steps

MADE_FROM = (
    "select batch_no, batch_id, mapping, status, rows from operations.batches",
    "select batch_id, record, rows_accepted, rows_unchanged, rows_quarantined, rows_out_of_scope from operations.loads",
    "select * from operations.chart_of_accounts",
    "select * from operations.account_types",
    "select * from operations.posting_rules",
    "select * from operations.role_fallbacks",
    "select * from operations.journal_sources",
    "select period, last_date from operations.closings",
)
"""What entries follow from, beside the selects, the company and the day; rows are the same when their batches are."""


def posted_until(connection: Connection, as_of: date) -> date:
    """The day up to which months make their own entries: the latest that anybody asked for."""
    (last,) = connection.execute("select max(posted_until_date) from operations.postings").fetchall()[0]
    return max(as_of, last or as_of)


def posting_state(connection: Connection, company: Company, as_of: date) -> str:
    """The same text for the same record under the same rules."""
    digest = hashlib.sha256()
    steps = [(step.name, step.sql) for step in posting_steps()]
    answers = [sorted(str(row) for row in connection.execute(query).fetchall()) for query in MADE_FROM]
    until = posted_until(connection, as_of).isoformat()
    for part in (steps, answers, until, company.reporting_currency, company.late_entries):
        digest.update(json.dumps(part).encode())
    return digest.hexdigest()[:12]


def last_state(connection: Connection) -> str | None:
    """What the ledger was made from last; None before the first posting."""
    found = connection.execute("select state from operations.postings order by posting_no desc limit 1").fetchall()
    return found[0][0] if found else None


def remember_posting(connection: Connection, posted_at: datetime, until: date, state: str, counts: list[int]) -> None:
    """Write a posting down: entries and lines added, entries reversed, documents unposted."""
    connection.execute(
        "insert into operations.postings select count(*) + 1, ?, ?, ?, ?, ?, ?, ? from operations.postings",
        [posted_at, until, state, *counts],
    )
