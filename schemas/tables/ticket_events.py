"""The record of changes of cases at rest."""

from schemas.records.ticket_events import TicketEvents
from schemas.table import no_row, record_table

TABLE = record_table(
    TicketEvents,
    no_row(
        "ticket_id:known",
        "every change belongs to a case that record.tickets holds",
        """
        select distinct desk, ticket_id
        from {batch}
        where
            exists (from record.tickets)
            and (desk, ticket_id) not in (select (desk, ticket_id) from record.tickets)""",
        "warn",
        "ticket_id",
    ),
)
