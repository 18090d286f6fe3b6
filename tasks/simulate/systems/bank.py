"""The payments desk: money in and out by day, a file a quarter with pipes, single quotes and a byte order mark."""

import polars as pl

from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery
from tasks.simulate.dirt import ACCEPTED, UNCHANGED, change, out_of_scope, refused, repeat, repost
from tasks.simulate.formats import UTF8_MARK, Csv
from tasks.simulate.system import REFUSED_FILE, FileDirt, System, cut_short, deliveries_of
from tasks.simulate.systems.spoiling import longer, negated, raised
from tasks.simulate.wording import day, money


def deliver(firm: Firm) -> list[Delivery]:
    """A file a quarter."""
    year, quarter = pl.col("payment_date").dt.year(), pl.col("payment_date").dt.quarter()
    rows = firm.payments.select(
        file=pl.format("payments_{}_q{}.csv.zst", year, quarter),
        payment_no="payment_id",
        dc=pl.col("direction").replace_strict({"in": "CR", "out": "DR"}),
        party="party_id",
        settles="document_id",
        value_date=day("payment_date", "%Y%m%d"),
        method=pl.col("method_code").str.to_uppercase(),
        ccy="currency_code",
        amount=money("amount"),
        payers_text="reference",
    )
    return deliveries_of(rows)


DIRT = (
    change("payment number missing", 4, refused("payment_id:required"), {"payment_no": None}),
    change("payment of zero", 6, refused("amount:greater_than"), {"amount": "0.00"}),
    change("payment negative", 5, refused("amount:greater_than"), {"amount": negated("amount")}),
    change("method that nobody knows", 6, refused("method_code:isin"), {"method": "BARTER"}),
    change("day missing", 5, refused("payment_date:required"), {"value_date": None}),
    change("day that does not exist", 4, refused("payment_date:cast"), {"value_date": "20240230"}),
    change("day in another century", 4, refused("payment_date_is_plausible"), {"value_date": "22050114"}),
    change("currency missing", 4, refused("currency_code:required"), {"ccy": None}),
    change("amount with five decimals", 4, refused("amount:cast"), {"amount": longer("amount")}),
    repeat("row twice in a file", 10, UNCHANGED, {}),
    repeat("key twice with other content", 5, refused("key:repeated"), {"amount": raised("amount", "3.00")}),
    repost("row again in a later file", 9, UNCHANGED, {}),
    repost("posted payment changed later", 4, refused("key:changed"), {"amount": raised("amount", "0.01")}),
    repeat("transfer between own accounts", 24, out_of_scope("own accounts"), {"party": "OWN", "settles": None}),
    change("payment for a document that nobody knows", 7, ACCEPTED, {"settles": "MO-999999"}),
    change("delimiter inside quotes", 6, ACCEPTED, {"payers_text": "O'Brien | thanks"}),
)  # fmt: skip

BANK = System(
    source="mail_order_bank",
    folder="bank",
    record="payments",
    key=("payment_no",),
    write=Csv(delimiter="|", quote="'", mark=UTF8_MARK),
    deliver=deliver,
    dirt=DIRT,
    file_dirt=(
        FileDirt(
            "cut-off archive", REFUSED_FILE, cut_short("payments_2025_q2.csv.zst", "payments_2025_q2.part.csv.zst")
        ),
    ),
)
