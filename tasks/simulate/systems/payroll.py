"""The payroll office's journal: every payslip, a file a quarter with decimal commas."""

from itertools import groupby

from tasks.simulate.company.firm import Firm
from tasks.simulate.company.staff import Payslip
from tasks.simulate.delivery import Delivery, Line
from tasks.simulate.dirt import UNCHANGED, change, refused, repeat, repost
from tasks.simulate.formats import Csv
from tasks.simulate.system import System
from tasks.simulate.wording import amount_of

COLUMNS = [
    "Abrechnung", "Personalnummer", "Von", "Bis", "Zahltag", "Kostenstelle", "Brutto", "Lohnsteuer",
    "Sozialversicherung AN", "Sozialversicherung AG", "Netto",
]  # fmt: skip


def deliver(firm: Firm) -> list[Delivery]:
    """A file a quarter."""
    return [
        Delivery(name, list(COLUMNS), [Line(row_of(slip)) for slip in slips])
        for name, slips in groupby(firm.payslips, key=file_of)
    ]


def file_of(slip: Payslip) -> str:
    """The quarter of the month."""
    return f"lohnjournal_{slip.first_date.year}_q{(slip.first_date.month + 2) // 3}.csv"


def row_of(slip: Payslip) -> list[object]:
    """A payslip in the office's words."""
    days = (slip.first_date, slip.last_date, slip.payment_date)
    amounts = (slip.gross, slip.tax, slip.social, slip.employer_social, slip.net)
    return [
        slip.payslip_id, slip.employee_id, *(f"{on:%d.%m.%Y}" for on in days), slip.department_id,
        *(amount_of(cents, ",") for cents in amounts),
    ]  # fmt: skip


DIRT = (
    change("net that is not gross less what is kept", 2, refused("net_pay_amount_adds_up"), {"Netto": "1,00"}),
    change("period that ends before it starts", 1, refused("period_ends_after_it_starts"), {"Bis": "01.01.2023"}),
    repeat("number missing", 2, refused("payslip_id:required"), {"Abrechnung": None}),
    repeat("amount in words", 2, refused("gross_pay_amount:cast"), {"Abrechnung": "G-X", "Brutto": "wie besprochen"}),
    repeat(
        "tax negative",
        1,
        refused("employee_tax_amount:greater_than_or_equal_to", "net_pay_amount_adds_up"),
        {"Abrechnung": "G-Y", "Lohnsteuer": "-12,00"},
    ),
    repeat("row twice in a file", 3, UNCHANGED, {}),
    repeat(
        "key twice with other content",
        2,
        refused("key:repeated"),
        {"Kostenstelle": "D10"},
        lambda row: row["Kostenstelle"] != "D10",
    ),
    repost("row again in a later file", 3, UNCHANGED, {}),
    repost("paid payslip changed later", 2, refused("key:changed"), {"Zahltag": "31.12.2025"}),
)

PAYROLL = System(
    source="mail_order_payroll",
    folder="payroll",
    record="payslips",
    key=("Abrechnung",),
    write=Csv(delimiter=";", encoding="cp1252", line_end="\r\n"),
    deliver=deliver,
    dirt=DIRT,
)
