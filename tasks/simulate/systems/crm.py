"""The customer file: the whole list at first, then who is new or has moved each quarter; semicolons and cp1252."""

from datetime import date
from itertools import pairwise

import polars as pl

from tasks.simulate.company.calendar import FIRST_DAY, LAST_DAY
from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery, Row
from tasks.simulate.dirt import ACCEPTED, NEW_VERSION, UNCHANGED, change, refused, repeat, repost
from tasks.simulate.formats import Csv
from tasks.simulate.system import DUPLICATE_FILE, REFUSED_FILE, FileDirt, System, again, deliveries_of, holding
from tasks.simulate.wording import day

COLUMNS = ["Kundennummer", "Name", "E-Mail", "Telefon", "PLZ", "Ort", "Land", "Angelegt am", "Werbung", "Käufe"]

QUARTERS = [date(year, month, 1) for year in (2024, 2025, 2026) for month in (1, 4, 7, 10)][:9]
"""Delivered on these days: 1 January 2024 and after each quarter."""


def deliver(firm: Firm) -> list[Delivery]:
    """The list on the first day, then a file a quarter."""
    known = [firm.customers.filter(pl.col("registered_date") < FIRST_DAY).with_columns(file=file_name(FIRST_DAY))]
    for since, until in pairwise(QUARTERS):
        new = firm.customers.filter(pl.col("registered_date").is_between(since, until, closed="left"))
        known.append(pl.concat([new, moved(firm, since, until)]).with_columns(file=file_name(until)))
    return deliveries_of(as_written(pl.concat(known)))


def file_name(on: date) -> pl.Expr:
    """The file delivered on a day; the last one on the last day of the year."""
    return pl.lit(f"kunden_{min(on, LAST_DAY)}.csv")


def moved(firm: Firm, since: date, until: date) -> pl.DataFrame:
    """Who moved house within the span, with the new postal code."""
    codes = {who: code for who, (on, code) in firm.moves.items() if since <= on < until}
    movers = firm.customers.filter(pl.col("customer_id").is_in(list(codes)))
    return movers.with_columns(postal_code=pl.col("customer_id").replace_strict(codes, return_dtype=pl.String))


def as_written(customers: pl.DataFrame) -> pl.DataFrame:
    """The customers in the system's own words; it also says whether somebody ever bought, which no record keeps."""
    rows = customers.select(
        "file",
        "customer_id",
        "customer_name",
        "email",
        "phone",
        "postal_code",
        "city",
        "country_code",
        day("registered_date", "%d.%m.%Y"),
        pl.when("has_marketing_consent").then(pl.lit("J")).otherwise(pl.lit("N")).alias("consent"),
        pl.when("never_bought").then(pl.lit("nie")).otherwise(pl.lit("ja")).alias("bought"),
    )
    rows.columns = ["file", *COLUMNS]
    return rows


def never_bought(row: Row) -> bool:
    """No document refers to this customer."""
    return row["Käufe"] == "nie"


DIRT = (
    change("customer number missing", 6, refused("customer_id:required"), {"Kundennummer": None}, never_bought),
    change("name missing", 8, refused("customer_name:required"), {"Name": None}, never_bought),
    change("mail address without an at sign", 9, refused("email:str_matches"), {"E-Mail": "info.post"}, never_bought),
    change("telephone number in words", 5, refused("phone:str_matches"), {"Telefon": "siehe Akte"}, never_bought),
    change("country by its car sign", 6, refused("country_code:str_matches"), {"Land": "D"}, never_bought),
    change(
        "day as a spreadsheet's zero", 4, refused("registered_date_is_plausible"), {"Angelegt am": "30.12.1899"},
        never_bought,
    ),
    change("day that does not exist", 4, refused("registered_date:cast"), {"Angelegt am": "31.04.2021"}, never_bought),
    change("neither yes nor no", 5, refused("has_marketing_consent:cast"), {"Werbung": "vielleicht"}, never_bought),
    repeat("row twice in a file", 7, UNCHANGED, {}),
    repeat("key twice with other content", 5, refused("key:repeated"), {"Ort": "Unbekannt"}),
    repost("customer corrected later", 12, NEW_VERSION, {"Telefon": "+49 221 5550199"}),
    change("characters of cp1252", 6, ACCEPTED, {"Ort": "Šibenik – Œuvre €"}, never_bought),
)  # fmt: skip

CRM = System(
    source="mail_order_crm",
    folder="crm",
    record="customers",
    key=("Kundennummer",),
    unmapped=("Käufe",),
    write=Csv(delimiter=";", encoding="cp1252", line_end="\r\n"),
    deliver=deliver,
    dirt=DIRT,
    file_dirt=(
        FileDirt("column missing", REFUSED_FILE, holding("kunden_2024-05-02.csv", b"Nummer;Name\r\nC100001;Anna\r\n")),
        FileDirt(
            "same file under another name", DUPLICATE_FILE, again("kunden_2025-04-01.csv", "kunden_2025-04-01_neu.csv")
        ),
    ),
)
