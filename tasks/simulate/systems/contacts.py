"""The telephone and mail system: every contact with a customer, a Parquet file a quarter."""

from datetime import timedelta

import polars as pl

from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery, Row
from tasks.simulate.dirt import ACCEPTED, UNCHANGED, change, out_of_scope, refused, repeat, repost
from tasks.simulate.formats import Parquet
from tasks.simulate.system import REFUSED_FILE, FileDirt, System, cut_short, deliveries_of

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "contact": pl.String,
    "customer": pl.String,
    "channel": pl.String,
    "direction": pl.String,
    "started": pl.Datetime("us"),
    "ended": pl.Datetime("us"),
    "agent": pl.String,
    "topic": pl.String,
    "complaint": pl.Boolean,
    "stars": pl.Int32,
    "text": pl.String,
}


def deliver(firm: Firm) -> list[Delivery]:
    """A file a quarter."""
    year, quarter = pl.col("started_at").dt.year(), pl.col("started_at").dt.quarter()
    rows = firm.contacts.select(
        pl.format("contacts_{}_q{}.parquet", year, quarter).alias("file"),
        "interaction_id", "customer_id", "channel_code", "direction", "started_at", "ended_at", "agent_id", "topic",
        "is_complaint", "rating", "body",
    )  # fmt: skip
    rows.columns = ["file", *SCHEMA]
    return deliveries_of(rows)


def before_it_began(row: Row) -> object:
    """Five minutes too early."""
    return row["started"] - timedelta(minutes=5)  # type: ignore[operator]


DIRT = (
    change("contact number missing", 4, refused("interaction_id:required"), {"contact": None}),
    change("end before start", 9, refused("ends_after_it_starts"), {"ended": before_it_began}),
    change("rating out of range", 8, refused("rating:in_range"), {"stars": 7}),
    change("channel that nobody knows", 6, refused("channel_code:isin"), {"channel": "telegram"}),
    change("start missing", 5, refused("started_at:required"), {"started": None}),
    change("direction missing", 4, refused("direction:required"), {"direction": None}),
    repeat("row twice in a file", 8, UNCHANGED, {}),
    repost("posted contact changed later", 4, refused("key:changed"), {"text": "(deleted on request)"}),
    repeat("unwanted advertising", 40, out_of_scope("advertising"), {"topic": "spam"}),
    change("formula in a text", 4, ACCEPTED, {"text": "@SUM(1+1)*cmd|' /C calc'!A0"}),
    change("customer that nobody knows", 5, ACCEPTED, {"customer": "C777777"}),
)  # fmt: skip

CONTACTS = System(
    source="mail_order_contacts",
    folder="contacts",
    record="interactions",
    key=("contact",),
    write=Parquet(SCHEMA),
    deliver=deliver,
    dirt=DIRT,
    file_dirt=(
        FileDirt(
            "cut-off file", REFUSED_FILE, cut_short("contacts_2025_q1.parquet", "contacts_2025_q1.broken.parquet")
        ),
    ),
)
