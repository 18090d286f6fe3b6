"""The British branch: all its sales in pounds, a tab-separated UTF-16 file a quarter, days as they write them there."""

import polars as pl

from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery, Row
from tasks.simulate.dirt import ACCEPTED, UNCHANGED, change, refused, repeat, repost
from tasks.simulate.formats import UTF16_MARK, Csv
from tasks.simulate.system import DUPLICATE_FILE, FileDirt, System, again, deliveries_of
from tasks.simulate.systems.sales import sales_of
from tasks.simulate.systems.spoiling import raised
from tasks.simulate.wording import day, moment, money


def deliver(firm: Firm) -> list[Delivery]:
    """A file a quarter."""
    sales = sales_of(firm, "uk")
    year, quarter = pl.col("document_date").dt.year(), pl.col("document_date").dt.quarter()
    rows = sales.select(
        pl.format("uk_{}_Q{}.txt", year, quarter).alias("file"),
        pl.col("document_id").alias("Document"),
        pl.col("line_no").cast(pl.String).alias("Pos"),
        pl.col("document_type").replace_strict({"invoice": "Invoice", "credit_note": "Credit"}).alias("Kind"),
        day("document_date", "%d/%m/%Y").alias("Tax Date"),
        moment("ordered_at", "%d/%m/%Y %H:%M").alias("Ordered"),
        pl.col("customer_id").alias("Account"),
        pl.col("product_id").alias("Stock Code"),
        pl.col("description").alias("Description"),
        pl.col("quantity").cast(pl.String).alias("Quantity"),
        money("unit_price").alias("Unit Price"),
        money("net").alias("Net Value"),
        money("tax").alias("VAT"),
        pl.col("currency_code").alias("Ccy"),
        pl.col("channel_code").alias("Source"),
    )
    return deliveries_of(rows)


def in_pounds(row: Row) -> str:
    """The price as a price tag shows it."""
    return f"£{row['Unit Price']}"


DIRT = (
    change("document number missing", 4, refused("document_id:required"), {"Document": None}),
    change("currency missing", 5, refused("currency_code:required"), {"Ccy": None}),
    change("day and month exchanged", 6, refused("document_date:cast"), {"Tax Date": "12/31/2024"}),
    change("currency sign in an amount", 7, refused("unit_price_amount:cast"), {"Unit Price": in_pounds}),
    change("channel that nobody knows", 5, refused("channel_code:isin"), {"Source": "fax"}),
    change("total that does not add up", 6, refused("net_amount_adds_up"), {"Net Value": raised("Net Value", "0.10")}),
    change("day at the end of time", 3, refused("document_date_is_plausible"), {"Tax Date": "31/12/2999"}),
    repeat("row twice in a file", 9, UNCHANGED, {}),
    repost("posted line changed later", 4, refused("key:changed"), {"Description": "description rewritten"}),
    change("customer that nobody knows", 4, ACCEPTED, {"Account": "C888888"}),
)  # fmt: skip

UK = System(
    source="mail_order_uk",
    folder="uk",
    record="sales_lines",
    key=("Document", "Pos"),
    write=Csv(delimiter="\t", encoding="utf-16-le", mark=UTF16_MARK, line_end="\r\n"),
    deliver=deliver,
    net_and_currency=("Net Value", "Ccy"),
    dirt=DIRT,
    file_dirt=(
        FileDirt("same file under another name", DUPLICATE_FILE, again("uk_2025_Q1.txt", "uk_2025_Q1_final.txt")),
    ),
)
