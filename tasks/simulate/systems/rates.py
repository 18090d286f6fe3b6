"""The rates of the day: pounds for a euro on every weekday, a file a year; simulated, as no bank published them."""

from itertools import groupby

from tasks.simulate.company.firm import Firm
from tasks.simulate.company.rates import UNITS
from tasks.simulate.delivery import Delivery, Line
from tasks.simulate.dirt import UNCHANGED, change, refused, repeat, repost
from tasks.simulate.formats import Csv
from tasks.simulate.system import System

COLUMNS = ["day", "currency", "per", "rate"]


def deliver(firm: Firm) -> list[Delivery]:
    """A file a year, the first with the last rate of the year before."""
    rates = groupby(firm.rates.items(), key=lambda rate: max(2024, rate[0].year))
    return [
        Delivery(
            f"simulated_rates_{year}.csv", list(COLUMNS),
            [Line([day.isoformat(), "GBP", "EUR", f"{rate / UNITS:.5f}"]) for day, rate in of_the_year],
        )
        for year, of_the_year in rates
    ]  # fmt: skip


DIRT = (
    change("rate missing", 2, refused("rate:required"), {"rate": None}),
    change("rate of zero", 1, refused("rate:greater_than"), {"rate": "0.00000"}),
    repeat("day that does not exist", 2, refused("rate_date:cast"), {"day": "2025-06-31"}),
    repeat("currency priced in itself", 1, refused("currencies_differ"), {"per": "GBP"}),
    repeat("row twice in a file", 2, UNCHANGED, {}),
    repost("row again in a later file", 2, UNCHANGED, {}),
)

RATES = System(
    source="mail_order_rates",
    folder="rates",
    record="exchange_rates",
    key=("day", "currency", "per"),
    write=Csv(),
    deliver=deliver,
    dirt=DIRT,
)
