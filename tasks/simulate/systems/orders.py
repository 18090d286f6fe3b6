"""The order desk's system: phone, letter and counter sales in euros, a comma-separated file a month."""

from datetime import date

import polars as pl

from tasks.simulate.company.calendar import FIRST_DAY
from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery, Row
from tasks.simulate.dirt import ACCEPTED, UNCHANGED, change, out_of_scope, refused, repeat, repost, spoil
from tasks.simulate.formats import Csv
from tasks.simulate.system import (
    DUPLICATE_FILE,
    REFUSED_FILE,
    FileDirt,
    Lost,
    Redelivery,
    Remark,
    System,
    again,
    cut_short,
    deliveries_of,
    holding,
)
from tasks.simulate.systems.sales import ids_of, sales_of
from tasks.simulate.systems.spoiling import filled, has, longer, negated, raised, swap, times
from tasks.simulate.wording import day, moment, money

COLUMNS = [
    "Order No", "Line", "Type", "Date", "Ordered At", "Customer", "Item", "Text", "Qty", "Unit Price", "Net", "VAT",
    "Currency", "Country", "Channel", "Note",
]  # fmt: skip

LOST_DAY = date(2025, 5, 14)
LOST_NUMBERS = ("MO-100057", "MO-100058", "MO-100301")

CHRISTMAS = "orders_2024-12-25.csv"

VOUCHERS_SINCE = "orders_2025-07.csv"
"""From this file on the system sends a column more."""


def deliver(firm: Firm) -> list[Delivery]:
    """A file a month; the older year is compressed."""
    sales = sales_of(firm, "orders")
    compressed = pl.when(pl.col("document_date").dt.year() == 2024).then(pl.lit(".gz")).otherwise(pl.lit(""))
    rows = sales.select(
        day("document_date", "orders_%Y-%m.csv") + compressed,
        pl.col("document_id"),
        pl.col("line_no").cast(pl.String),
        pl.col("document_type").replace_strict({"invoice": "INV", "credit_note": "CRN"}),
        day("document_date").alias("date"),
        moment("ordered_at", "%Y-%m-%d %H:%M"),
        "customer_id",
        "product_id",
        "description",
        pl.col("quantity").cast(pl.String),
        money("unit_price").alias("price"),
        money("net").alias("net"),
        money("tax").alias("tax"),
        "currency_code",
        "country_code",
        pl.col("channel_code").replace_strict({"phone": "P", "mail": "L", "shop": "S"}),
        "note",
    )
    rows.columns = ["file", *COLUMNS]
    return [with_vouchers(delivery) for delivery in [*deliveries_of(rows), christmas_day()]]


def with_vouchers(delivery: Delivery) -> Delivery:
    """The column that nobody announced."""
    if delivery.name >= VOUCHERS_SINCE:
        delivery.columns = [*COLUMNS, "Voucher"]
        for line in delivery.lines:
            line.values.append(None)
    return delivery


def christmas_day() -> Delivery:
    """The system's daily job ran on a holiday: a header and nothing else."""
    return Delivery(CHRISTMAS, list(COLUMNS), is_kept_clean=True)


def lost(firm: Firm) -> list[Lost]:
    """What the files do not show."""
    lost_day = ids_of(firm, "orders", (LOST_DAY - FIRST_DAY).days)
    return [
        Lost("document number skipped", LOST_NUMBERS),
        Lost("day without its documents", lost_day, LOST_DAY),
    ]


def is_invoice(row: Row) -> bool:
    """Whether the line is sold, not taken back."""
    return row["Type"] == "INV"


def is_dear(row: Row) -> bool:
    """An amount at which a wrong tax shows."""
    return abs(float(str(row["Net"]))) > 10 and row["VAT"] != "0.00"


HEADER_AS_ROW = {name: name for name in COLUMNS}

BANK_CHARGE = {
    "Order No": "BANK", "Item": "BANK CHARGES", "Text": "Charges of the month", "Customer": None, "Qty": "1",
    "Unit Price": "7.50", "Net": "7.50", "VAT": None, "Note": None,
}  # fmt: skip

FOOTER = dict.fromkeys(COLUMNS) | {"Order No": "TOTAL", "Net": times("Net", "100")}

DIRT = (
    change("document number missing", 9, refused("document_id:required"), {"Order No": None}),
    change("currency missing", 14, refused("currency_code:required"), {"Currency": None}),
    change("currency in small letters", 8, refused("currency_code:str_matches"), {"Currency": "eur"}),
    change("currency as a sign", 5, refused("currency_code:str_matches"), {"Currency": "€"}),
    change("product missing", 7, refused("product_id:required"), {"Item": None}),
    change("line number zero", 4, refused("line_no:greater_than_or_equal_to"), {"Line": "0"}),
    change("day that does not exist", 11, refused("document_date:cast"), {"Date": "2024-02-30"}),
    change("day as a spreadsheet's zero", 6, refused("document_date_is_plausible"), {"Date": "1899-12-30"}),
    change("day at the end of time", 6, refused("document_date_is_plausible"), {"Date": "9999-12-31"}),
    change("time of day that does not exist", 5, refused("ordered_at:cast"), {"Ordered At": "2024-06-03 25:61"}),
    change("quantity in words", 7, refused("quantity:cast"), {"Qty": "twelve"}),
    change("quantity that is no number", 3, refused("quantity:cast"), {"Qty": "NaN"}),
    change("price with five decimals", 9, refused("unit_price_amount:cast"), {"Unit Price": longer("Unit Price")}),
    change("price with a thousands comma", 4, refused("unit_price_amount:cast"), {"Unit Price": "1,250.00"}),
    change("amount beyond any invoice", 3, refused("net_amount:cast"), {"Net": "123456789012345678901.00"}),
    change(
        "price negative", 8, refused("unit_price_amount:greater_than_or_equal_to"),
        {"Unit Price": negated("Unit Price"), "Net": negated("Net"), "VAT": negated("VAT")}, is_invoice,
    ),
    change(
        "sold with a negative quantity", 7, refused("quantity_has_the_sign_of_its_document"),
        {"Qty": negated("Qty"), "Net": negated("Net"), "VAT": negated("VAT")}, is_invoice,
    ),
    change(
        "taken back with a positive quantity", 5, refused("quantity_has_the_sign_of_its_document"),
        {"Qty": negated("Qty"), "Net": negated("Net"), "VAT": negated("VAT")}, has("Type", "CRN"),
    ),
    change(
        "quantity zero", 4, refused("quantity_has_the_sign_of_its_document"), {"Qty": "0", "Net": "0.00", "VAT": "0.00"}
    ),
    change("total that does not add up", 16, refused("net_amount_adds_up"), {"Net": raised("Net", "1.00")}, is_invoice),
    change("tax above all rates", 6, refused("tax_is_plausible"), {"VAT": times("Net", "0.9")}, is_dear),
    change("country by its name", 5, refused("country_code:str_matches"), {"Country": "Germany"}),
    change("channel that nobody knows", 8, refused("channel_code:cast"), {"Channel": "F"}),
    change("kind of document that nobody knows", 4, refused("document_type:cast"), {"Type": "PRO"}),
    change(
        "several faults at once", 6, refused("currency_code:required", "document_date:cast", "tax_is_plausible"),
        {"Currency": None, "Date": "31/31/2024", "VAT": times("Net", "0.9")}, is_dear,
    ),
    spoil("bytes that are not UTF-8", 9, refused("structure:encoding"), swap(b" no.", b" n\xff.")),
    spoil("a field too many", 6, refused("structure:columns"), swap(b" no.", b", no.")),
    spoil("a field too few", 6, refused("structure:columns"), swap(b",EUR,", b"EUR,")),
    spoil("inch mark in plain text", 4, ACCEPTED, swap(b" no.", b' 8" no.')),
    repeat(
        "header in the middle of the file", 3,
        refused(
            "line_no:cast", "document_type:cast", "document_date:cast", "ordered_at:cast", "quantity:cast",
            "unit_price_amount:cast", "net_amount:cast", "tax_amount:cast", "currency_code:str_matches",
            "country_code:str_matches", "channel_code:cast",
        ),
        HEADER_AS_ROW,
    ),
    repeat("row twice in a file", 25, UNCHANGED, {}),
    repeat("key twice with other content", 6, refused("key:repeated"), {"Note": "entered again"}),
    repost("row again in a later file", 20, UNCHANGED, {}),
    repost(
        "posted line changed later", 7, refused("key:changed"),
        {"Unit Price": raised("Unit Price", "1.00"), "Net": lambda row: raised("Net", str(row["Qty"]))(row)},
    ),
    repeat("test order", 30, out_of_scope("test orders"), {"Order No": "TEST-1", "Customer": "TEST", "Date": "soon"}),
    repeat("bank charges", 24, out_of_scope("bank charges"), BANK_CHARGE),
    repeat("total line", 12, out_of_scope("total lines"), FOOTER),
    change("customer that nobody knows", 10, ACCEPTED, {"Customer": "C999999"}),
    change("product that nobody knows", 5, ACCEPTED, {"Item": "P9999"}),
    change("formula in a text", 4, ACCEPTED, {"Note": "=cmd|' /C calc'!A0"}),
    change("line break in a text", 8, ACCEPTED, {"Note": 'Two parcels,\none "gift"'}, filled("Note")),
    change("control character in a text", 3, ACCEPTED, {"Note": "fragile\x07"}),
    change("blanks around a value", 6, ACCEPTED, {"Item": lambda row: f"  {row['Item']} "}),
)  # fmt: skip

FILE_DIRT = (
    FileDirt("cut-off archive", REFUSED_FILE, cut_short("orders_2024-08.csv.gz", "orders_2024-08.broken.csv.gz")),
    FileDirt("empty file", REFUSED_FILE, holding("orders_2025-01-01.csv", b"")),
    FileDirt("column missing", REFUSED_FILE, holding("orders_2025-02-short.csv", b"Order No,Line,Type\nMO-1,1,INV\n")),
    FileDirt(
        "web page called .csv", REFUSED_FILE,
        holding("orders_2025-03-download.csv", b"<!DOCTYPE html>\n<html><body>Session expired</body></html>\n"),
    ),
    FileDirt("no archive under its suffix", REFUSED_FILE, holding("orders_2025-04.csv.gz", b"Order No,Line\nMO-1,1\n")),
    FileDirt("same file under another name", DUPLICATE_FILE, again("orders_2025-06.csv", "orders_2025-06_copy.csv")),
)  # fmt: skip

ORDERS = System(
    source="mail_order_orders",
    folder="orders",
    record="sales_lines",
    key=("Order No", "Line"),
    write=Csv(),
    deliver=deliver,
    unmapped=("Voucher",),
    net_and_currency=("Net", "Currency"),
    dirt=DIRT,
    redelivery=Redelivery("orders_2025-09.csv", "orders_2025-09_v2.csv", added_count=5),
    file_dirt=FILE_DIRT,
    remarks=(Remark("header and nothing else", CHRISTMAS), Remark("column that nobody announced", VOUCHERS_SINCE)),
    lost=lost,
)
