"""The tax codes of the firm: what it charges in each country and what it pays, one list a year."""

from tasks.simulate.company.firm import Firm
from tasks.simulate.company.orders import TAX_PCT
from tasks.simulate.delivery import Delivery, Line
from tasks.simulate.dirt import UNCHANGED, refused, repeat
from tasks.simulate.formats import Csv
from tasks.simulate.system import System

COLUMNS = ["code", "called", "side", "percent", "since"]

PAID_PCT = {2024: (0, 7, 19, 20), 2025: (0, 7, 19, 20, 21)}
"""What suppliers and receipts charge; a list knows what the year needs."""


def deliver(firm: Firm) -> list[Delivery]:
    """The list of each year."""
    del firm  # The codes are the same, however much is sold.
    charged = [[f"UST-{country}", f"sales in {country}", "output", str(pct)] for country, pct in TAX_PCT.items()]
    paid = {
        year: [[f"VST-{pct}", f"paid at {pct} percent", "input", str(pct)] for pct in of]
        for year, of in PAID_PCT.items()
    }
    return [
        Delivery(
            f"tax_codes_{year}.csv", list(COLUMNS), [Line([*row, "2021-07-01"]) for row in (*charged, *paid[year])]
        )
        for year in PAID_PCT
    ]


DIRT = (
    repeat("rate above all", 1, refused("rate_pct:in_range"), {"code": "X-1", "percent": "190"}),
    repeat("side that nobody knows", 1, refused("direction:isin"), {"code": "X-2", "side": "both"}),
    repeat("row twice in a file", 1, UNCHANGED, {}),
)

TAX_CODES = System(
    source="mail_order_tax_codes",
    folder="tax_codes",
    record="tax_codes",
    key=("code", "since"),
    write=Csv(),
    deliver=deliver,
    dirt=DIRT,
)
