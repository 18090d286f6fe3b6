"""Every change of every case."""

import polars as pl

from schemas.record import INSTANT, About, Record, column


class TicketEvents(Record):
    """One row is one change of a case."""

    _about = About(
        name="ticket_events",
        grain="one row is one change of a case",
        key=("desk", "ticket_id", "event_no"),
        is_document=True,
        owner="customer service",
        retention="three years after closing",
    )

    desk: pl.String = column("Who handles the case.", isin=["customer_service", "complaints", "it"])
    ticket_id: pl.String = column(
        "The case.", references="tickets.ticket_id", str_length={"min_value": 1, "max_value": 40}
    )
    event_no: pl.Int32 = column("Position of the change in its case, from 1.", ge=1)
    event_type: pl.String = column(
        "What happened.", isin=["opened", "changed", "commented", "assigned", "resolved", "reopened", "closed"]
    )
    status: pl.String = column(
        "Where the case stood after it.", nullable=True, isin=["new", "open", "pending", "resolved", "closed"]
    )
    occurred_at: INSTANT = column("Moment of the change.")
    actor_id: pl.String = column("Who made it.", nullable=True, personal=True)
    assigned_group: pl.String = column("The group in charge after it.", nullable=True)
