"""The web shop: paid baskets in euros, a JSON Lines file a quarter, one object a line."""

import polars as pl

from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery, Row
from tasks.simulate.dirt import ACCEPTED, UNCHANGED, change, out_of_scope, refused, repeat, repost, spoil
from tasks.simulate.formats import json_lines
from tasks.simulate.system import (
    DUPLICATE_FILE,
    REFUSED_FILE,
    FileDirt,
    System,
    again,
    cut_short,
    deliveries_of,
    holding,
)
from tasks.simulate.systems.sales import sales_of
from tasks.simulate.systems.spoiling import negated, raised, times
from tasks.simulate.wording import day, moment, money


def deliver(firm: Firm) -> list[Delivery]:
    """A compressed file a quarter; the country stands inside the address."""
    sales = sales_of(firm, "shop")
    year, quarter = pl.col("document_date").dt.year(), pl.col("document_date").dt.quarter()
    rows = sales.select(
        file=pl.format("shop_{}_q{}.jsonl.gz", year, quarter),
        order="document_id",
        position="line_no",
        kind=pl.col("document_type").replace_strict({"invoice": "sale", "credit_note": "return"}),
        day=day("document_date"),
        ordered_at=moment("ordered_at"),
        customer="customer_id",
        sku="product_id",
        title="description",
        quantity="quantity",
        unit_price=money("unit_price"),
        net=money("net"),
        vat=money("tax"),
        currency="currency_code",
        address=pl.struct(country="country_code"),
        status=pl.lit("paid"),
        comment="note",
    )
    return deliveries_of(rows)


def is_dear(row: Row) -> bool:
    """An amount at which a wrong tax shows."""
    return abs(float(str(row["net"]))) > 10


DIRT = (
    change("currency missing", 12, refused("currency_code:required"), {"currency": None}),
    change("currency by its name", 6, refused("currency_code:str_matches"), {"currency": "EURO"}),
    change("product missing", 6, refused("product_id:required"), {"sku": None}),
    change("day that does not exist", 5, refused("document_date:cast"), {"day": "2025-02-29"}),
    change("quantity in words", 4, refused("quantity:cast"), {"quantity": "a dozen"}),
    change("object instead of an amount", 5, refused("unit_price_amount:cast"), {"unit_price": {"amount": "12.95"}}),
    change("total that does not add up", 9, refused("net_amount_adds_up"), {"net": raised("net", "0.01")}),
    change("tax above all rates", 4, refused("tax_is_plausible"), {"vat": times("net", "0.75")}, is_dear),
    change("kind of document that nobody knows", 3, refused("document_type:cast"), {"kind": "exchange"}),
    spoil("broken JSON", 8, refused("structure:json"), lambda line: line[: len(line) // 2] + b"\n"),
    spoil("text that is no JSON", 3, refused("structure:json"), lambda line: b"502 Bad Gateway\n"),
    repeat("row twice in a file", 18, UNCHANGED, {}),
    repeat("key twice with other content", 5, refused("key:repeated"), {"comment": "sent again by the app"}),
    repost("row again in a later file", 15, UNCHANGED, {}),
    repost("posted line changed later", 5, refused("key:changed"), {"comment": "changed by support"}),
    repeat("basket never paid", 60, out_of_scope("baskets never paid"), {"status": "abandoned", "order": None}),
    change("number sent as text", 6, ACCEPTED, {"quantity": lambda row: str(row["quantity"])}),
    change("characters beyond Latin", 5, ACCEPTED, {"comment": "ありがとう 🏮"}),
    change("formula in a text", 4, ACCEPTED, {"comment": "+49 221 5550100"}),
    change(
        "sold with a negative quantity", 4, refused("quantity_has_the_sign_of_its_document"),
        {"quantity": lambda row: -int(str(row["quantity"])), "net": negated("net"), "vat": negated("vat")},
    ),
)  # fmt: skip

FILE_DIRT = (
    FileDirt("cut-off archive", REFUSED_FILE, cut_short("shop_2024_q3.jsonl.gz", "shop_2024_q3.broken.jsonl.gz")),
    FileDirt("empty file", REFUSED_FILE, holding("shop_2025_q1.empty.jsonl", b"")),
    FileDirt("same file under another name", DUPLICATE_FILE, again("shop_2025_q2.jsonl.gz", "shop_2025_q2_x.jsonl.gz")),
)

SHOP = System(
    source="mail_order_shop",
    folder="shop",
    record="sales_lines",
    key=("order", "position"),
    write=json_lines,
    deliver=deliver,
    net_and_currency=("net", "currency"),
    dirt=DIRT,
    file_dirt=FILE_DIRT,
)
