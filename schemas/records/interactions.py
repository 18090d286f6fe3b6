"""Contacts with customers: calls, mails, chats, visits and reviews."""

import polars as pl

from schemas.record import INSTANT, About, Record, column, rule


class Interactions(Record):
    """One row is one contact with a customer."""

    _about = About(
        name="interactions",
        grain="one row is one contact with a customer",
        key=("interaction_id",),
        is_document=True,
        owner="customer service",
        retention="three years",
    )

    interaction_id: pl.String = column("Number of the contact.", str_length={"min_value": 1, "max_value": 40})
    customer_id: pl.String = column("Who it was, if known.", nullable=True, references="customers.customer_id")
    channel_code: pl.String = column("How it took place.", isin=["call", "mail", "chat", "visit", "review"])
    direction: pl.String = column("Who began it: inbound is the customer.", isin=["inbound", "outbound"])
    started_at: INSTANT = column("Moment it began.")
    ended_at: INSTANT = column("Moment it ended.", nullable=True)
    agent_id: pl.String = column("Who served.", nullable=True, personal=True)
    topic: pl.String = column("What it was about.", nullable=True)
    is_complaint: pl.Boolean = column("Whether the customer complained.", nullable=True)
    rating: pl.Int32 = column(
        "The customer's rating, 1 to 5.", unit="stars", nullable=True, in_range={"min_value": 1, "max_value": 5}
    )
    body: pl.String = column("What was said or written.", personal=True, nullable=True)

    @rule("ended_at is not before started_at")
    def ends_after_it_starts() -> pl.Expr:
        return pl.col("ended_at") >= pl.col("started_at")
