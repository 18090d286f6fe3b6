"""The purchasing system's list of suppliers: the whole list at the start of each year, with whoever changed banks."""

import polars as pl

from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery
from tasks.simulate.dirt import NEW_VERSION, UNCHANGED, change, refused, repeat
from tasks.simulate.formats import Csv
from tasks.simulate.system import System, deliveries_of

YEARS = (2024, 2025, 2026)

COLUMNS = ["vendor", "name", "country", "vat_no", "mail", "iban", "ccy", "terms", "listed"]


def deliver(firm: Firm) -> list[Delivery]:
    """The list of each first of January; the last one closes the books."""
    rows = pl.concat(listed(firm, year) for year in YEARS)
    rows.columns = ["file", *COLUMNS]
    return deliveries_of(rows)


def listed(firm: Firm, year: int) -> pl.DataFrame:
    """Everyone, as known in that year."""
    return firm.suppliers.select(
        pl.lit(f"vendors_{year}.csv").alias("file"), "supplier_id", "supplier_name", "country_code", "tax_number",
        "email", "iban", "currency_code", pl.col("terms_days").cast(pl.String), pl.lit(str(year)).alias("listed"),
    )  # fmt: skip


# No supplier loses its row: what is wrong stands beside what is right.
DIRT = (
    repeat("vendor number missing", 2, refused("supplier_id:required"), {"vendor": None}),
    repeat("name missing", 2, refused("supplier_name:required"), {"vendor": "S900", "name": None}),
    repeat("IBAN with blanks", 2, refused("iban:str_matches"), {"vendor": "S901", "iban": "DE89 3704 0044 0532"}),
    repeat("terms in words", 2, refused("payment_terms_days:cast"), {"vendor": "S902", "terms": "soon"}),
    repeat("terms beyond a year", 1, refused("payment_terms_days:in_range"), {"vendor": "S903", "terms": "999"}),
    repeat("key twice with other content", 2, refused("key:repeated"), {"terms": "45"}),
    repeat("row twice in a file", 3, UNCHANGED, {}),
    change(
        "bank account changed", 2, NEW_VERSION, {"iban": "DE02120300000000202051"}, lambda row: row["listed"] == "2025"
    ),
)

SUPPLIERS = System(
    source="mail_order_suppliers",
    folder="suppliers",
    record="suppliers",
    key=("vendor",),
    unmapped=("listed",),
    write=Csv(),
    deliver=deliver,
    dirt=DIRT,
)
