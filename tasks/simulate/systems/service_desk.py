"""The service desk: each case as it stood at the end of each quarter in which it changed; tabs, compressed."""

from datetime import UTC, datetime
from itertools import pairwise

from tasks.simulate.company.cases import Case
from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery, Line, Row
from tasks.simulate.dirt import NEW_VERSION, UNCHANGED, change, refused, repeat, repost
from tasks.simulate.formats import Csv
from tasks.simulate.system import System

COLUMNS = [
    "desk", "case", "customer", "state", "prio", "category", "opened", "answered", "resolved", "closed", "reopened",
    "in_time", "title",
]  # fmt: skip

QUARTERS = [datetime(year, month, 1, tzinfo=UTC) for year in (2024, 2025, 2026) for month in (1, 4, 7, 10)][:9]


def deliver(firm: Firm) -> list[Delivery]:
    """A file a quarter with the cases in which something happened."""
    return [
        Delivery(f"cases_{since.year}_q{since.month // 3 + 1}.tsv.zst", COLUMNS, [line_of(case) for case in cases])
        for since, until in pairwise(QUARTERS)
        if (cases := changed_in(firm.cases, since, until))
    ]


def changed_in(cases: list[Case], since: datetime, until: datetime) -> list[Case]:
    """The cases in which something happened within the span, as they stood at its end."""
    stood = [case.until(until) for case in cases if case.events[0].at < until]
    return [case for case in stood if case.events[-1].at >= since]


def line_of(case: Case) -> Line:
    """A case in the system's own words."""
    moments = [case.moment_of(kind) for kind in ("opened", "assigned", "resolved", "closed")]
    reopened = sum(event.kind == "reopened" for event in case.events)
    in_time = {None: None, True: "true", False: "false"}[case.is_sla_met]
    written = [moment and moment.strftime("%Y-%m-%d %H:%M:%S") for moment in moments]
    title = f"{case.category.capitalize()}: case {case.ticket_id}"
    known = [case.desk, case.ticket_id, case.customer_id, case.status, str(case.priority), case.category]
    return Line([*known, *written, str(reopened), in_time, title])


def is_resolved(row: Row) -> bool:
    """A case with an end."""
    return row["resolved"] is not None


DIRT = (
    change("case number missing", 3, refused("ticket_id:required"), {"case": None}),
    change("resolved before it was opened", 6, refused("opened_first"), {"resolved": "2020-01-01 00:00"}, is_resolved),
    change("priority out of range", 5, refused("priority:in_range"), {"prio": "9"}),
    change("state that nobody knows", 5, refused("status:isin"), {"state": "zombie"}),
    change("count negative", 3, refused("reopened_count:greater_than_or_equal_to"), {"reopened": "-1"}),
    change("desk that nobody knows", 3, refused("desk:isin"), {"desk": "canteen"}),
    repeat("row twice in a file", 6, UNCHANGED, {}),
    repeat("key twice with other content", 3, refused("key:repeated"), {"title": "merged"}),
    repost("case edited later", 8, NEW_VERSION, {"category": "other"}),
)  # fmt: skip

SERVICE_DESK = System(
    source="mail_order_service_desk",
    folder="service_desk",
    record="tickets",
    key=("desk", "case"),
    write=Csv(delimiter="\t"),
    deliver=deliver,
    dirt=DIRT,
)
