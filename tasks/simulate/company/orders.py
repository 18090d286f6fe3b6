"""The orders: invoices and credit notes with their lines, from three order systems, in euros and pounds."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from tasks.simulate.company.calendar import DAYS_COUNT, FIRST_DAY, busyness
from tasks.simulate.company.chance import chance_of, pick
from tasks.simulate.company.products import POUNDS_PER_HUNDRED_EUROS

TAX_PCT = {"DE": 19, "AT": 20, "NL": 21, "FR": 20, "BE": 21, "IE": 23, "GB": 20, "CH": 0}
"""Standard rate of the country sold to; deliveries to Switzerland are exports."""

CHANNELS = {"web": 50, "phone": 22, "mail": 23, "shop": 5}

LINES_PER_DOCUMENT = 3.3

RETURNED_PCT = 6
"""So many of a hundred invoices get a credit note."""

PREFIXES = {
    ("orders", "invoice"): "MO", ("orders", "credit_note"): "MC",
    ("shop", "invoice"): "WS", ("shop", "credit_note"): "WC",
    ("uk", "invoice"): "UK", ("uk", "credit_note"): "UC",
}  # fmt: skip

NOTES = ["Leave with the neighbour", "Gift, no price on the slip", "Ring twice", "As discussed on the phone", "Urgent"]


@dataclass(frozen=True)
class Orders:
    """Documents (one row each) and their lines; amounts are cents, `document` is the row number of the document."""

    documents: pl.DataFrame
    lines: pl.DataFrame


def simulate_orders(seed: int, count: int, customers: pl.DataFrame, products: pl.DataFrame) -> Orders:
    """About `count` lines, credit notes included."""
    chance = chance_of(seed, "orders")
    sold = simulate_sales(chance, count, customers, products)
    taken_back = simulate_returns(chance, sold)
    documents = pl.concat([sold.documents, taken_back.documents]).with_row_index("document")
    lines = pl.concat([sold.lines, taken_back.lines.with_columns(pl.col("document") + sold.documents.height)])
    return Orders(numbered(documents), lines.with_columns(pl.col("document").cast(pl.UInt32)))


def simulate_sales(chance: np.random.Generator, count: int, customers: pl.DataFrame, products: pl.DataFrame) -> Orders:
    """The invoices, by day."""
    documents_count = int(count / (LINES_PER_DOCUMENT * (1 + RETURNED_PCT / 200)))
    day = np.sort(chance.choice(DAYS_COUNT, documents_count, p=busyness()))
    customer = customers[buyers(chance, day, customers)]
    country = customer["country_code"].to_numpy()
    channel = pick(chance, CHANNELS, documents_count)
    documents = pl.DataFrame(
        {
            "document_type": "invoice",
            "system": np.where(country == "GB", "uk", np.where(channel == "web", "shop", "orders")),
            "day": day,
            "minute": chance.integers(6 * 60, 22 * 60, documents_count),
            "customer_id": customer["customer_id"],
            "is_firm": customer["is_firm"],
            "country_code": country,
            "currency_code": np.where(country == "GB", "GBP", "EUR"),
            "channel_code": channel,
            "tax_pct": [TAX_PCT[code] for code in country],
            "corrects": pl.Series([None] * documents_count, dtype=pl.Int64),
        }
    )
    return Orders(documents, simulate_lines(chance, documents, products))


def buyers(chance: np.random.Generator, day: np.ndarray, customers: pl.DataFrame) -> np.ndarray:
    """Who bought on each day: somebody registered by then, a few of them far oftener than the rest."""
    registered = (customers["registered_date"] - FIRST_DAY).dt.total_days().to_numpy()
    eagerness = np.where(customers["never_bought"].to_numpy(), 0.0, chance.pareto(2.0, customers.height) + 0.2)
    reach = np.cumsum(eagerness)
    known = np.searchsorted(registered, day, side="right")
    return np.searchsorted(reach, chance.random(len(day)) * reach[known - 1] * (1 - 1e-9), side="right")


def simulate_lines(chance: np.random.Generator, documents: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    """The lines of the invoices: few lines, small quantities, some products far more popular than others."""
    lines_count = np.minimum(chance.geometric(1 / LINES_PER_DOCUMENT, documents.height), 40)
    document = np.repeat(np.arange(documents.height), lines_count)
    starts = np.repeat(np.cumsum(lines_count) - lines_count, lines_count)
    popularity = np.where(products["is_sold"].to_numpy(), chance.pareto(1.2, products.height) + 0.1, 0.0)
    product = chance.choice(products.height, len(document), p=popularity / popularity.sum())
    quantity = chance.geometric(0.55, len(document)) * np.where(documents["is_firm"].to_numpy()[document], 6, 1)
    price = prices(documents[document], products[product])
    frame = pl.DataFrame(
        {
            "document": document,
            "line_no": np.arange(len(document)) - starts + 1,
            "product_id": products["product_id"].to_numpy()[product],
            "description": products["product_name"].to_numpy()[product],
            "quantity": quantity,
            "unit_price": price,
            "note": [NOTES[n % len(NOTES)] if n < 40 else None for n in chance.integers(0, 1000, len(document))],
        }
    )
    return priced(frame, documents["tax_pct"].to_numpy()[document])


def prices(documents: pl.DataFrame, products: pl.DataFrame) -> np.ndarray:
    """The price of the year, in the currency of the document."""
    is_first_year = documents["day"].to_numpy() < 366
    euros = np.where(is_first_year, products["price_2024"].to_numpy(), products["price_2025"].to_numpy())
    is_pounds = documents["currency_code"].to_numpy() == "GBP"
    return np.where(is_pounds, euros * POUNDS_PER_HUNDRED_EUROS // 100, euros)


def priced(lines: pl.DataFrame, tax_pct: np.ndarray) -> pl.DataFrame:
    """Add net and tax; tax is rounded to the cent, half away from zero."""
    net = lines["quantity"].to_numpy() * lines["unit_price"].to_numpy()
    tax = np.sign(net) * ((np.abs(net) * tax_pct + 50) // 100)
    return lines.with_columns(pl.Series("net", net), pl.Series("tax", tax))


def simulate_returns(chance: np.random.Generator, sold: Orders) -> Orders:
    """Credit notes, five to thirty days later, for some lines of some invoices."""
    returned = np.flatnonzero(chance.integers(0, 100, sold.documents.height) < RETURNED_PCT)
    days = sold.documents["day"].to_numpy()[returned] + chance.integers(5, 31, len(returned))
    returned, days = returned[days < DAYS_COUNT], days[days < DAYS_COUNT]
    order = np.argsort(days, kind="stable")
    returned, days = returned[order], days[order]
    documents = sold.documents[returned].with_columns(
        document_type=pl.lit("credit_note"), day=pl.Series(days), corrects=pl.Series(returned)
    )
    place = pl.DataFrame({"document": returned, "credit_note": np.arange(len(returned))})
    lines = sold.lines.join(place, on="document", maintain_order="left").filter(returned_lines(chance))
    return Orders(documents, taken_back(chance, lines, documents["tax_pct"].to_numpy()))


def returned_lines(chance: np.random.Generator) -> pl.Expr:
    """The first line comes back always, each other one in three."""
    salt = int(chance.integers(0, 3))
    return (pl.col("line_no") == 1) | ((pl.col("document") + pl.col("line_no") + salt) % 3 == 0)


def taken_back(chance: np.random.Generator, lines: pl.DataFrame, tax_pct: np.ndarray) -> pl.DataFrame:
    """The same lines with negative quantity, often less than was sold, under the number of the credit note."""
    quantity = -np.maximum(1, (lines["quantity"].to_numpy() * chance.choice([0.5, 1.0], lines.height)).astype(np.int64))
    credit_note = lines["credit_note"].to_numpy()
    columns = ["document", "line_no", "product_id", "description", "quantity", "unit_price", "note"]
    frame = lines.with_columns(
        document=pl.Series(credit_note),
        line_no=pl.int_range(1, pl.len() + 1).over("credit_note"),
        quantity=pl.Series(quantity),
        note=pl.lit(None, dtype=pl.String),
    ).select(columns)
    return priced(frame, tax_pct[credit_note])


def numbered(documents: pl.DataFrame) -> pl.DataFrame:
    """Give each document its number: one unbroken sequence for each system and kind, in the order of the days."""
    prefix = pl.concat_str("system", "document_type").replace_strict(
        {system + kind: prefix for (system, kind), prefix in PREFIXES.items()}
    )
    number = pl.int_range(1, pl.len() + 1).over("system", "document_type", order_by=["day", "document"])
    first_day = pl.lit(FIRST_DAY)
    return documents.with_columns(
        document_id=prefix + "-" + (number + 100_000).cast(pl.String),
        document_date=first_day + pl.duration(days="day"),
        ordered_at=first_day.cast(pl.Datetime("us")) + pl.duration(days="day", minutes="minute"),
    )
