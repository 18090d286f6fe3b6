"""The bookkeeper's journal: opening balances and what no document says, a file a half-year with debit and credit."""

from itertools import groupby

from tasks.simulate.company.firm import Firm
from tasks.simulate.company.journals import JournalLine
from tasks.simulate.delivery import Delivery, Line
from tasks.simulate.dirt import UNCHANGED, refused, repeat, repost
from tasks.simulate.formats import Csv
from tasks.simulate.system import System
from tasks.simulate.wording import amount_of

COLUMNS = ["Journal", "Zeile", "Datum", "Art", "Storno am", "Konto", "Soll", "Haben", "Fremdbetrag", "Währung", "Text"]


def deliver(firm: Firm) -> list[Delivery]:
    """A file a half-year."""
    return [
        Delivery(name, list(COLUMNS), [Line(row_of(line)) for line in lines])
        for name, lines in groupby(firm.journals, key=file_of)
    ]


def file_of(line: JournalLine) -> str:
    """The half-year of the entry."""
    return f"journal_{line.entry_date.year}_h{(line.entry_date.month + 5) // 6}.csv"


def row_of(line: JournalLine) -> list[object]:
    """A line as the bookkeeper writes it; in pounds beside the euros where it is about pounds."""
    size = amount_of(abs(line.amount), ",")
    foreign = None if line.pence is None else amount_of(line.pence, ",")
    return [
        line.journal_id, str(line.line_no), f"{line.entry_date:%d.%m.%Y}", line.kind,
        f"{line.reversal_date:%d.%m.%Y}" if line.reversal_date else None, line.account_code,
        size if line.amount > 0 else None, size if line.amount < 0 else None, foreign,
        "EUR" if line.pence is None else "GBP", line.text,
    ]  # fmt: skip


# No entry loses a line: what is wrong stands beside what is right.
DIRT = (
    repeat("day that does not exist", 2, refused("entry_date:cast"), {"Journal": "JB-X1", "Datum": "30.02.2025"}),
    repeat("account missing", 2, refused("account_code:required"), {"Journal": "JB-X2", "Konto": None}),
    repeat("amount in words", 2, refused("amount:cast"), {"Journal": "JB-X3", "Soll": "viel", "Haben": None}),
    repeat(
        "neither debit nor credit", 2, refused("amount:required"), {"Journal": "JB-X4", "Soll": None, "Haben": None}
    ),
    repeat("journal number missing", 1, refused("journal_id:required"), {"Journal": None}),
    repeat(
        "accrual for ever", 1, refused("accruals_reverse"), {"Journal": "JB-X5", "Art": "accrual", "Storno am": None}
    ),
    repeat("row twice in a file", 2, UNCHANGED, {}),
    repost("row again in a later file", 2, UNCHANGED, {}),
    repost("posted line changed later", 2, refused("key:changed"), {"Konto": "6600"}),
)

JOURNALS = System(
    source="mail_order_journals",
    folder="journals",
    record="journal_lines",
    key=("Journal", "Zeile"),
    write=Csv(delimiter=";", encoding="cp1252", line_end="\r\n"),
    deliver=deliver,
    dirt=DIRT,
)
