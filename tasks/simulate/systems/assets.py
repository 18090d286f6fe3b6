"""The register of fixed assets: one file a year, what was there and what was bought in it."""

from tasks.simulate.company.assets import ASSETS as THINGS
from tasks.simulate.company.assets import Asset
from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery, Line
from tasks.simulate.dirt import UNCHANGED, refused, repeat
from tasks.simulate.formats import Csv
from tasks.simulate.system import System
from tasks.simulate.wording import amount_of

COLUMNS = ["asset", "name", "bought", "cost", "rest", "months", "cost_centre"]


def deliver(firm: Firm) -> list[Delivery]:
    """The register at the end of each year."""
    del firm  # The firm buys the same things, however much it sells.
    return [
        Delivery(
            f"assets_{year}.csv", list(COLUMNS), [Line(row_of(one)) for one in THINGS if one.acquired_date.year <= year]
        )
        for year in (2024, 2025)
    ]


def row_of(one: Asset) -> list[object]:
    """A thing as the register has it."""
    return [
        one.asset_id, one.name, one.acquired_date.isoformat(), amount_of(one.cost), "0.00", str(one.life_months),
        one.department_id,
    ]  # fmt: skip


# Nothing loses its row: what is wrong stands beside what is right.
DIRT = (
    repeat(
        "life of no month", 1, refused("useful_life_months:greater_than_or_equal_to"), {"asset": "AN-X1", "months": "0"}
    ),
    repeat("cost missing", 1, refused("cost_amount:required"), {"asset": "AN-X2", "cost": None}),
    repeat("row twice in a file", 1, UNCHANGED, {}),
)

ASSETS = System(
    source="mail_order_assets",
    folder="assets",
    record="fixed_assets",
    key=("asset",),
    write=Csv(),
    deliver=deliver,
    dirt=DIRT,
)
