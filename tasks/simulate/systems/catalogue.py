"""The catalogue: the whole price list each quarter, as a workbook that somebody keeps by hand under a title."""

from decimal import Decimal

import polars as pl

from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery, Row
from tasks.simulate.dirt import change, refused, repeat
from tasks.simulate.formats import Workbook
from tasks.simulate.system import REFUSED_FILE, FileDirt, System, deliveries_of, holding

NOTE = "price list of Quill & Lantern (simulated)"

COLUMNS = ["Item", "Name", "Group", "List price", "Cost", "Currency", "On sale", "Sold"]

QUARTERS = [(year, quarter) for year in (2024, 2025) for quarter in (1, 2, 3, 4)]


def deliver(firm: Firm) -> list[Delivery]:
    """A workbook a quarter; prices rise with the second year."""
    return deliveries_of(pl.concat(price_list(firm, year, quarter) for year, quarter in QUARTERS))


def price_list(firm: Firm, year: int, quarter: int) -> pl.DataFrame:
    """All products, numbers as numbers."""
    rows = firm.products.select(
        pl.lit(f"catalogue_{year}_q{quarter}.xlsx").alias("file"),
        "product_id",
        "product_name",
        "category",
        pl.col(f"price_{year}") / 100,
        pl.col("cost") / 100,
        pl.lit("EUR").alias("currency"),
        pl.lit("yes").alias("on_sale"),
        pl.when("is_sold").then(pl.lit("yes")).otherwise(pl.lit("no")).alias("sold"),
    )
    rows.columns = ["file", *COLUMNS]
    return rows


def not_sold(row: Row) -> bool:
    """No line refers to this product."""
    return row["Sold"] == "no"


def plus_ten(row: Row) -> float:
    """The price and ten euros."""
    return float(Decimal(str(row["List price"])) + 10)


DIRT = (
    change("price with its currency", 5, refused("list_price_amount:cast"), {"List price": "12,50 EUR"}, not_sold),
    change("spreadsheet error in a cell", 3, refused("list_price_amount:cast"), {"List price": "#DIV/0!"}, not_sold),
    change("name missing", 4, refused("product_name:required"), {"Name": None}, not_sold),
    change("cost negative", 3, refused("cost_amount:greater_than_or_equal_to"), {"Cost": -3.2}, not_sold),
    change("cost with a slipped decimal point", 4, refused("cost_is_plausible"), {"Cost": 98765.0}, not_sold),
    change("currency in small letters", 3, refused("currency_code:str_matches"), {"Currency": "eur"}, not_sold),
    repeat("key twice with other content", 4, refused("key:repeated"), {"List price": plus_ten}),
)  # fmt: skip

CATALOGUE = System(
    source="mail_order_catalogue",
    folder="catalogue",
    record="products",
    key=("Item",),
    unmapped=("Sold",),
    write=Workbook("Price list", NOTE),
    deliver=deliver,
    dirt=DIRT,
    file_dirt=(
        FileDirt(
            "text called .xlsx", REFUSED_FILE, holding("catalogue_2024_q3_draft.xlsx", b"See the shared drive.\n")
        ),
    ),
)
