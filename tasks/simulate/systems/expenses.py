"""The telephone app for expenses: every receipt of every claim, a JSON Lines file a quarter."""

from itertools import groupby

from tasks.simulate.company.expenses import Expense
from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery, Line
from tasks.simulate.dirt import UNCHANGED, change, out_of_scope, refused, repeat, repost, spoil
from tasks.simulate.formats import json_lines
from tasks.simulate.system import System
from tasks.simulate.wording import amount_of

COLUMNS = [
    "claim", "receipt", "person", "spent", "claimed", "kind", "text", "net", "vat", "total", "vat_code", "ccy",
    "cost_centre", "state",
]  # fmt: skip


def deliver(firm: Firm) -> list[Delivery]:
    """A file a quarter."""
    return [
        Delivery(name, list(COLUMNS), [Line(row_of(line)) for line in lines])
        for name, lines in groupby(firm.expenses, key=file_of)
    ]


def file_of(line: Expense) -> str:
    """The quarter in which it was claimed."""
    return f"expenses_{line.claim_date.year}_q{(line.claim_date.month + 2) // 3}.jsonl"


def row_of(line: Expense) -> list[object]:
    """A receipt in the app's words."""
    return [
        line.claim_id, line.line_no, line.employee_id, line.expense_date.isoformat(), line.claim_date.isoformat(),
        line.category, line.text, amount_of(line.net), amount_of(line.tax), amount_of(line.net + line.tax),
        f"VST-{line.tax_pct}", "EUR", line.department_id, "approved",
    ]  # fmt: skip


DIRT = (
    change("total that is not net and tax", 3, refused("gross_amount_adds_up"), {"total": "9999.00"}),
    change("spent after it was claimed", 2, refused("claimed_after_it_was_spent"), {"claimed": "2023-12-31"}),
    change("kind that nobody knows", 2, refused("category_code:cast"), {"kind": "yacht"}),
    repeat("claim number missing", 2, refused("claim_id:required"), {"claim": None}),
    repeat("currency as a sign", 2, refused("currency_code:str_matches"), {"claim": "SP-X", "ccy": "€"}),
    spoil("broken JSON", 2, refused("structure:json"), lambda line: line[: len(line) // 2] + b"\n"),
    repeat("claim that was rejected", 6, out_of_scope("rejected claims"), {"claim": "SP-R", "state": "rejected"}),
    repeat("row twice in a file", 3, UNCHANGED, {}),
    repost("row again in a later file", 3, UNCHANGED, {}),
    repost("claimed receipt changed later", 2, refused("key:changed"), {"text": "changed by phone"}),
)

EXPENSES = System(
    source="mail_order_expenses",
    folder="expenses",
    record="expense_claims",
    key=("claim", "receipt"),
    write=json_lines,
    deliver=deliver,
    dirt=DIRT,
)
