"""The purchasing system's lines of suppliers' bills: what was bought, for whom and how taxed, a file a quarter."""

import polars as pl

from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery
from tasks.simulate.dirt import ACCEPTED, UNCHANGED, change, out_of_scope, refused, repeat, repost, spoil
from tasks.simulate.formats import Csv
from tasks.simulate.system import DUPLICATE_FILE, FileDirt, System, again, deliveries_of
from tasks.simulate.systems.spoiling import filled, has, negated, raised, swap
from tasks.simulate.wording import day, money


def deliver(firm: Firm) -> list[Delivery]:
    """A compressed file a quarter."""
    year, quarter = pl.col("document_date").dt.year(), pl.col("document_date").dt.quarter()
    rows = firm.purchases.lines.sort("day", "document_id", "line_no").select(
        file=pl.format("purchases_{}_q{}.csv.gz", year, quarter),
        vendor="supplier_id",
        bill="document_id",
        pos=pl.col("line_no").cast(pl.String),
        kind=pl.col("document_type").replace_strict({"invoice": "bill", "credit_note": "credit"}),
        dated=day("document_date", "%d-%m-%Y"),
        ledger=pl.when(pl.col("product_id").is_null()).then("account_code"),
        item="product_id",
        text="text",
        qty=pl.col("quantity").cast(pl.String),
        price=money("unit_price"),
        net=money("net"),
        vat=money("tax"),
        vat_code="tax_code",
        ccy="currency_code",
        cost_centre="department_id",
    )
    return deliveries_of(rows)


DIRT = (
    change("bill number missing", 5, refused("document_id:required"), {"bill": None}),
    change("vendor missing", 4, refused("supplier_id:required"), {"vendor": None}),
    change("line number zero", 3, refused("line_no:greater_than_or_equal_to"), {"pos": "0"}),
    change("day as the Americans write it", 6, refused("document_date:cast"), {"dated": "03-31-2024"}),
    change("quantity in words", 4, refused("quantity:cast"), {"qty": "a pallet"}),
    change("total that does not add up", 8, refused("net_amount_adds_up"), {"net": raised("net", "1.00")}),
    change("currency by its name", 4, refused("currency_code:str_matches"), {"ccy": "Euro"}),
    change("tax above all rates", 3, refused("tax_is_plausible"), {"vat": "99999.00"}),
    change(
        "credit without its sign",
        4,
        refused("quantity_has_the_sign_of_its_document"),
        {"qty": negated("qty"), "net": negated("net"), "vat": negated("vat")},
        has("kind", "credit"),
    ),
    change("kind of bill that nobody knows", 3, refused("document_type:cast"), {"kind": "reminder"}),
    spoil("a field too many", 4, refused("structure:columns"), swap(b" for stock", b", for stock"), filled("item")),
    repeat("row twice in a file", 12, UNCHANGED, {}),
    repeat("key twice with other content", 4, refused("key:repeated"), {"cost_centre": "D10"}),
    repost("row again in a later file", 9, UNCHANGED, {}),
    repost("posted line changed later", 5, refused("key:changed"), {"vat_code": "VST-7"}),
    repeat("reminder fee that is not paid", 10, out_of_scope("reminders"), {"bill": "MAHN", "text": "reminder"}),
    change("vendor that nobody knows", 3, ACCEPTED, {"vendor": "S999"}),
    change("formula in a text", 3, ACCEPTED, {"text": "=HYPERLINK(1)"}),
)

PURCHASES = System(
    source="mail_order_purchases",
    folder="purchases",
    record="purchase_lines",
    key=("vendor", "bill", "pos"),
    write=Csv(),
    deliver=deliver,
    dirt=DIRT,
    file_dirt=(
        FileDirt(
            "same file under another name", DUPLICATE_FILE,
            again("purchases_2024_q4.csv.gz", "purchases_2024_q4_resent.csv.gz"),
        ),
    ),
)  # fmt: skip
