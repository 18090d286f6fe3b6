"""The list of departments: one file a year, for what opens and what is called otherwise."""

from tasks.simulate.company.firm import Firm
from tasks.simulate.company.staff import DEPARTMENTS as NAMES
from tasks.simulate.delivery import Delivery, Line
from tasks.simulate.dirt import UNCHANGED, refused, repeat
from tasks.simulate.formats import Csv
from tasks.simulate.system import System

CHANGED = {"D60": "Information technology", "D70": "Export"}
"""What the second year calls otherwise, and what it opens."""


def deliver(firm: Firm) -> list[Delivery]:
    """The list of each year."""
    del firm  # The departments are the same, however much is sold.
    return [
        Delivery(f"departments_{year}.csv", ["department", "called"], [Line(list(row)) for row in names.items()])
        for year, names in ((2024, NAMES), (2025, NAMES | CHANGED))
    ]


DIRT = (
    repeat("name missing", 1, refused("department_name:required"), {"department": "D90", "called": None}),
    repeat("code missing", 1, refused("department_id:required"), {"department": None}),
    repeat("row twice in a file", 1, UNCHANGED, {}),
)

DEPARTMENTS = System(
    source="mail_order_departments",
    folder="departments",
    record="departments",
    key=("department",),
    write=Csv(),
    deliver=deliver,
    dirt=DIRT,
)
