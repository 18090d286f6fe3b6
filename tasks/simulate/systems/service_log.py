"""The service desk's log: every change of every case, a JSON Lines file a quarter."""

from datetime import datetime
from itertools import pairwise

from tasks.simulate.company.cases import STATUS_AFTER, Case, Event
from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery, Line
from tasks.simulate.dirt import UNCHANGED, change, refused, repeat, repost, spoil
from tasks.simulate.formats import json_lines
from tasks.simulate.system import System
from tasks.simulate.systems.service_desk import QUARTERS
from tasks.simulate.systems.spoiling import swap

COLUMNS = ["desk", "case", "no", "what", "state", "at", "by", "group"]


def deliver(firm: Firm) -> list[Delivery]:
    """A file a quarter, by the moment of the change."""
    events = sorted(((case, event) for case in firm.cases for event in case.events), key=lambda pair: pair[1].at)
    return [
        Delivery(f"changes_{since.year}_q{since.month // 3 + 1}.jsonl", COLUMNS, lines_of(events, since, until))
        for since, until in pairwise(QUARTERS)
    ]


def lines_of(events: list[tuple[Case, Event]], since: datetime, until: datetime) -> list[Line]:
    """The changes within the span in the system's own words."""
    return [
        Line([
            case.desk, case.ticket_id, event.no, event.kind, STATUS_AFTER[event.kind],
            event.at.strftime("%Y-%m-%dT%H:%M:%SZ"), event.actor_id, f"{case.category} team",
        ])
        for case, event in events
        if since <= event.at < until
    ]  # fmt: skip


DIRT = (
    change("case number missing", 4, refused("ticket_id:required"), {"case": None}),
    change("number zero", 4, refused("event_no:greater_than_or_equal_to"), {"no": 0}),
    change("kind of change that nobody knows", 5, refused("event_type:isin"), {"what": "teleported"}),
    change("moment missing", 4, refused("occurred_at:required"), {"at": None}),
    change("moment that does not exist", 4, refused("occurred_at:cast"), {"at": "2024-13-01T00:00:00Z"}),
    spoil("broken JSON", 4, refused("structure:json"), swap(b'"case":', b'"case"')),
    repeat("row twice in a file", 7, UNCHANGED, {}),
    repost("posted change rewritten later", 4, refused("key:changed"), {"by": "administrator"}),
)  # fmt: skip

SERVICE_LOG = System(
    source="mail_order_service_log",
    folder="service_log",
    record="ticket_events",
    key=("desk", "case", "no"),
    write=json_lines,
    deliver=deliver,
    dirt=DIRT,
)
