"""The people department's list: everyone who works or has worked here, once a year and when the books close."""

from datetime import date

from tasks.simulate.company.firm import Firm
from tasks.simulate.company.staff import Employee
from tasks.simulate.delivery import Delivery, Line
from tasks.simulate.dirt import UNCHANGED, refused, repeat
from tasks.simulate.formats import Csv
from tasks.simulate.system import System

COLUMNS = ["Personalnummer", "Name", "E-Mail", "IBAN", "Kostenstelle", "Tätigkeit", "Eintritt", "Austritt"]

LISTED = (date(2024, 1, 2), date(2025, 1, 2), date(2025, 12, 31))


def deliver(firm: Firm) -> list[Delivery]:
    """A list a year; who is hired later is not on it yet, and nobody knows yet who will leave."""
    return [
        Delivery(f"personal_{on}.csv", list(COLUMNS), [Line(row_of(n, one, on)) for n, one in known(firm, on)])
        for on in LISTED
    ]


def known(firm: Firm, on: date) -> list[tuple[int, Employee]]:
    """Who was hired by that day."""
    return [(n, one) for n, one in enumerate(firm.employees) if one.hired_date <= on]


def row_of(n: int, one: Employee, on: date) -> list[object]:
    """A person as the list has it."""
    left = one.left_date if one.left_date and one.left_date <= on else None
    return [
        one.employee_id, one.name, f"person{n}@quill.example", f"DE{n + 10:02d}{n:018d}", one.department_id,
        one.job_title, f"{one.hired_date:%d.%m.%Y}", f"{left:%d.%m.%Y}" if left else None,
    ]  # fmt: skip


# Nobody loses their row: what is wrong stands beside what is right.
DIRT = (
    repeat("number missing", 2, refused("employee_id:required"), {"Personalnummer": None}),
    repeat("name missing", 1, refused("employee_name:required"), {"Personalnummer": "M900", "Name": None}),
    repeat(
        "left before being hired",
        2,
        refused("leaves_after_being_hired"),
        {"Personalnummer": "M901", "Austritt": "01.01.1999"},
    ),
    repeat("day of hiring missing", 1, refused("hired_date:required"), {"Personalnummer": "M902", "Eintritt": None}),
    repeat(
        "mail address without an at sign", 1, refused("email:str_matches"), {"Personalnummer": "M903", "E-Mail": "info"}
    ),
    repeat("row twice in a file", 2, UNCHANGED, {}),
)

STAFF = System(
    source="mail_order_staff",
    folder="staff",
    record="employees",
    key=("Personalnummer",),
    write=Csv(delimiter=";", encoding="cp1252", line_end="\r\n"),
    deliver=deliver,
    dirt=DIRT,
)
