"""The contacts: what customers ring, write and chat about, and how content they were."""

import numpy as np
import polars as pl

from tasks.simulate.company.calendar import DAYS_COUNT, FIRST_DAY, busyness
from tasks.simulate.company.chance import chance_of, pick

CHANNELS = {"call": 40, "mail": 30, "chat": 18, "review": 9, "visit": 3}

TOPICS = {
    "delivery": "Where is my parcel?",
    "return": "The lantern arrived cracked; I would like to send it back.",
    "invoice": "The invoice shows an amount that I do not know.",
    "product": "Does the quill come with ink?",
    "praise": "Lovely paper, quick delivery – thank you!",
}

COMPLAINT_PCT = 9

RATINGS = [0.6, 0.03, 0.04, 0.08, 0.1, 0.15]
"""Shares of no rating at all, and of one to five stars."""


def simulate_contacts(seed: int, count: int, customers: pl.DataFrame) -> pl.DataFrame:
    """One row a contact, in the order in which they began."""
    chance = chance_of(seed, "contacts")
    minute = np.sort(chance.choice(DAYS_COUNT, count, p=mail_by_day()) * 1440 + chance.integers(8 * 60, 20 * 60, count))
    topic = pick(chance, {"delivery": 40, "return": 20, "invoice": 15, "product": 20, "praise": 5}, count)
    channel = pick(chance, CHANNELS, count)
    started = pl.lit(FIRST_DAY).cast(pl.Datetime("us")) + pl.duration(minutes="minute")
    return pl.DataFrame(
        {
            "interaction_id": [f"K{n + 300_001}" for n in range(count)],
            "customer_id": who_called(chance, customers, count),
            "channel_code": channel.tolist(),
            "direction": np.where(chance.random(count) < 0.85, "inbound", "outbound"),
            "minute": minute,
            "lasted": chance.integers(1, 25, count),
            "agent_id": [f"agent-{n:02d}" for n in chance.integers(1, 15, count)],
            "topic": topic.tolist(),
            "is_complaint": (chance.integers(0, 100, count) < COMPLAINT_PCT) & (topic != "praise"),
            "rating": [int(stars) if stars else None for stars in chance.choice(6, count, p=RATINGS)],
            "body": [TOPICS[word] for word in topic],
        }
    ).with_columns(started_at=started, ended_at=started + pl.duration(minutes="lasted"))


def mail_by_day() -> np.ndarray:
    """As busy as the orders, but the mailbox is open on holidays too."""
    weights = np.maximum(busyness(), 0.5 / DAYS_COUNT)
    return weights / weights.sum()


def who_called(chance: np.random.Generator, customers: pl.DataFrame, count: int) -> list[str | None]:
    """A customer who has bought, or nobody known."""
    buyers = customers.filter(~pl.col("never_bought"))["customer_id"].to_numpy()
    who, is_known = chance.choice(buyers, count), chance.random(count) < 0.9
    return [str(one) if known else None for one, known in zip(who, is_known, strict=True)]
