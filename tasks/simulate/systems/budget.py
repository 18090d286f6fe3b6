"""The controller's workbook: the plan of each year, and the one that was made for the second half of 2025."""

from tasks.simulate.company.budget import BudgetLine
from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery, Line
from tasks.simulate.dirt import UNCHANGED, refused, repeat
from tasks.simulate.formats import Workbook
from tasks.simulate.system import System

NOTE = "budget of Quill & Lantern (simulated)"

REVISED = "budget_2025_revised.xlsx"

COLUMNS = ["Plan", "Line", "Account", "Department", "Month", "Amount"]


def deliver(firm: Firm) -> list[Delivery]:
    """A workbook for each plan; the revised one holds only what changed."""
    lines: dict[str, list[Line]] = {name: [] for name in ("budget_2024.xlsx", "budget_2025.xlsx", REVISED)}
    for line in firm.budget:
        lines[REVISED if line.is_revised else f"budget_{line.month.year}.xlsx"].append(Line(row_of(line)))
    return [Delivery(name, list(COLUMNS), of) for name, of in lines.items()]


def row_of(line: BudgetLine) -> list[object]:
    """A line of the sheet, numbers as numbers."""
    return [
        line.budget_id, line.line_no, line.account_code, line.department_id, line.month.isoformat(), line.amount / 100,
    ]  # fmt: skip


DIRT = (
    repeat("month that is no first", 2, refused("period_is_a_month"), {"Line": 9001, "Month": "2025-02-15"}),
    repeat("spreadsheet error in a cell", 2, refused("amount:cast"), {"Line": 9002, "Amount": "#REF!"}),
    repeat("account missing", 2, refused("account_code:required"), {"Line": 9003, "Account": None}),
    repeat("row twice in a file", 2, UNCHANGED, {}),
)

BUDGET = System(
    source="mail_order_budget",
    folder="budget",
    record="budget_lines",
    key=("Plan", "Line"),
    write=Workbook("Plan", NOTE),
    deliver=deliver,
    dirt=DIRT,
)
