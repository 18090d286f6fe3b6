"""The books of open items: what customers owe and suppliers ask for, a file a month with decimal commas, in cp1252."""

import polars as pl

from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery, Row
from tasks.simulate.dirt import UNCHANGED, change, refused, repeat, repost
from tasks.simulate.formats import Csv
from tasks.simulate.system import DUPLICATE_FILE, FileDirt, System, again, deliveries_of
from tasks.simulate.systems.spoiling import has
from tasks.simulate.wording import day, money

COLUMNS = ["Richtung", "Beleg", "Art", "Konto", "Belegdatum", "Fällig am", "Währung", "Netto", "Steuer", "Brutto"]


def deliver(firm: Firm) -> list[Delivery]:
    """A file a month."""
    rows = firm.invoices.select(
        day("document_date", "offene_posten_%Y-%m.csv"),
        pl.col("direction").replace_strict({"receivable": "D", "payable": "K"}),
        "document_id",
        pl.col("document_type").replace_strict({"invoice": "RE", "credit_note": "GU"}),
        "party_id",
        day("document_date", "%d.%m.%Y").alias("date"),
        day("due_date", "%d.%m.%Y").alias("due"),
        "currency_code",
        money("net", ",", thousands=True).alias("net"),
        money("tax", ",", thousands=True).alias("tax"),
        money("gross", ",", thousands=True).alias("gross"),
    )
    rows.columns = ["file", *COLUMNS]
    return deliveries_of(rows)


def is_round(row: Row) -> bool:
    """An amount in which a point for a comma makes it a hundred times as much."""
    return "." not in str(row["Netto"])


def with_point(row: Row) -> str:
    """The amount as an English keyboard writes it."""
    return str(row["Netto"]).replace(",", ".")


UNSIGNED = {name: lambda row, name=name: str(row[name]).lstrip("-") for name in ("Netto", "Steuer", "Brutto")}

DIRT = (
    change("document number missing", 4, refused("document_id:required"), {"Beleg": None}),
    change("party missing", 6, refused("party_id:required"), {"Konto": None}),
    change("gross that is not net and tax", 9, refused("gross_amount_adds_up"), {"Steuer": "9.999,99"}),
    change("point for a comma", 5, refused("gross_amount_adds_up"), {"Netto": with_point}, is_round),
    change("due before it was issued", 7, refused("due_after_issued"), {"Fällig am": "01.12.2023"}),
    change("due at the end of time", 3, refused("dates_are_plausible"), {"Fällig am": "31.12.9999"}),
    change("day that does not exist", 5, refused("document_date:cast"), {"Belegdatum": "31.04.2024"}),
    change(
        "credit note without its sign", 5, refused("gross_amount_has_the_sign_of_its_document"), UNSIGNED,
        has("Art", "GU"),
    ),
    change("direction that nobody knows", 3, refused("direction:cast"), {"Richtung": "X"}),
    change("amount in words", 3, refused("gross_amount:cast"), {"Brutto": "siehe Anlage"}),
    change("currency missing", 5, refused("currency_code:required"), {"Währung": None}),
    repeat("row twice in a file", 8, UNCHANGED, {}),
    repeat("key twice with other content", 4, refused("key:repeated"), {"Fällig am": "31.12.2026"}),
    repost("row again in a later file", 40, UNCHANGED, {}),
    repost("posted document changed later", 6, refused("key:changed"), {"Fällig am": "31.12.2027"}),
)  # fmt: skip

ACCOUNTING = System(
    source="mail_order_accounting",
    folder="accounting",
    record="invoices",
    key=("Richtung", "Konto", "Beleg"),
    write=Csv(delimiter=";", encoding="cp1252", line_end="\r\n"),
    deliver=deliver,
    dirt=DIRT,
    file_dirt=(
        FileDirt(
            "same file under another name", DUPLICATE_FILE,
            again("offene_posten_2024-11.csv", "offene_posten_2024-11_final.csv"),
        ),
    ),
)  # fmt: skip
