"""The British bank's statement: the pound account, a file a quarter, what comes in and what goes out apart."""

import polars as pl

from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery
from tasks.simulate.dirt import UNCHANGED, change, refused, repeat, repost
from tasks.simulate.formats import Csv
from tasks.simulate.system import DUPLICATE_FILE, FileDirt, System, again, deliveries_of
from tasks.simulate.wording import day, money

COLUMNS = ["Date", "Type", "Description", "Paid out", "Paid in", "Balance", "Statement", "Line"]

WORDS = {
    "transfer": "FPS", "direct_debit": "DDC", "card": "CRD", "cheque": "CHQ", "cash": "CSH", "fee": "CHG",
    "sales tax": "VAT", "own transfer": "TFR",
}  # fmt: skip


def deliver(firm: Firm) -> list[Delivery]:
    """A file a quarter."""
    lines = pl.DataFrame([line for line in firm.statements if line.currency == "GBP"])
    year, quarter = pl.col("booking_date").dt.year(), pl.col("booking_date").dt.quarter()
    amount = money("size")
    rows = lines.with_columns(size=pl.col("amount").abs()).select(
        pl.format("statement_{}_Q{}.csv", year, quarter).alias("file"),
        day("booking_date", "%d/%m/%Y").alias("date"),
        pl.col("kind").replace_strict(WORDS),
        pl.format("{}: {}", "name", "reference").alias("description"),
        pl.when(pl.col("amount") < 0).then(amount).alias("out"),
        pl.when(pl.col("amount") > 0).then(amount).alias("in"),
        money("balance").alias("balance"),
        "statement_id",
        pl.col("line_no").cast(pl.String),
    )
    rows.columns = ["file", *COLUMNS]
    return deliveries_of(rows)


DIRT = (
    change("day and month exchanged", 4, refused("booking_date:cast"), {"Date": "12/31/2024"}),
    change("neither in nor out", 3, refused("amount:required"), {"Paid out": None, "Paid in": None}),
    change("amount with its currency", 3, refused("balance_after_amount:cast"), {"Balance": "GBP 1,204.11"}),
    change("type that nobody knows", 3, refused("transaction_type_code:cast"), {"Type": "???"}),
    repeat("row twice in a file", 4, UNCHANGED, {}),
    repeat("key twice with other content", 2, refused("key:repeated"), {"Description": "correction"}),
    repost("row again in a later file", 4, UNCHANGED, {}),
    repost("posted movement changed later", 2, refused("key:changed"), {"Description": "corrected"}),
)

BANK_POUND = System(
    source="mail_order_bank_pound",
    folder="bank_pound",
    record="bank_transactions",
    key=("Statement", "Line"),
    write=Csv(line_end="\r\n"),
    deliver=deliver,
    dirt=DIRT,
    file_dirt=(
        FileDirt(
            "same file under another name", DUPLICATE_FILE,
            again("statement_2025_Q3.csv", "statement_2025_Q3_copy.csv"),
        ),
    ),
)  # fmt: skip
