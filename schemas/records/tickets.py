"""Cases of customer service, complaints and IT support, each with its clock."""

import polars as pl

from schemas.record import INSTANT, About, Record, column, rule


class Tickets(Record):
    """One row is a case, as it stood last."""

    _about = About(
        name="tickets",
        grain="one row is a case, as it stood last",
        key=("desk", "ticket_id"),
        is_document=False,
        owner="customer service",
        retention="three years after closing",
    )

    desk: pl.String = column("Who handles it.", isin=["customer_service", "complaints", "it"])
    ticket_id: pl.String = column("Number of the case.", str_length={"min_value": 1, "max_value": 40})
    customer_id: pl.String = column("Whose case it is.", nullable=True, references="customers.customer_id")
    status: pl.String = column("Where it stands.", isin=["new", "open", "pending", "resolved", "closed"])
    priority: pl.Int32 = column("Priority, 1 is the highest.", nullable=True, in_range={"min_value": 1, "max_value": 5})
    category: pl.String = column("Kind of case.", nullable=True)
    opened_at: INSTANT = column("Moment it was opened.")
    first_response_at: INSTANT = column("Moment of the first answer.", nullable=True)
    resolved_at: INSTANT = column("Moment it was resolved.", nullable=True)
    closed_at: INSTANT = column("Moment it was closed.", nullable=True)
    reopened_count: pl.Int32 = column("How often it was opened again.", unit="times", nullable=True, ge=0)
    is_sla_met: pl.Boolean = column("Whether the agreed time was kept, as the desk recorded it.", nullable=True)
    subject: pl.String = column("Title of the case.", personal=True, nullable=True)

    @rule("no moment of a case is before opened_at")
    def opened_first() -> pl.Expr:
        moments = ["first_response_at", "resolved_at", "closed_at"]
        return pl.all_horizontal((pl.col(moment) >= pl.col("opened_at")).fill_null(True) for moment in moments)
