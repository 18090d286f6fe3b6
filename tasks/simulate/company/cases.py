"""The cases: what customer service and the complaints desk opened, answered, resolved, reopened and closed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import polars as pl

from tasks.simulate.company.calendar import DAYS_COUNT, FIRST_DAY
from tasks.simulate.company.chance import chance_of, pick

CATEGORIES = {"delivery": 45, "damage": 25, "billing": 18, "account": 12}

PROMISED_HOURS = {1: 24, 2: 48, 3: 96, 4: 168, 5: 336}
"""The time to resolve that each priority is promised."""

RESTING_DAYS = 7
"""A resolved case closes by itself after a week without an answer."""

STATUS_AFTER = {"opened": "new", "assigned": "open", "resolved": "resolved", "reopened": "open", "closed": "closed"}


@dataclass(frozen=True)
class Event:
    """One change of a case."""

    no: int
    kind: str
    at: datetime
    actor_id: str


@dataclass(frozen=True)
class Case:
    """A case with all that ever happens to it; how it stands on a day is read off its events."""

    desk: str
    ticket_id: str
    customer_id: str
    priority: int
    category: str
    events: tuple[Event, ...]

    def until(self, moment: datetime) -> "Case":
        """The case as it stood at a moment."""
        return replace(self, events=tuple(event for event in self.events if event.at < moment))

    def moment_of(self, kind: str) -> datetime | None:
        """When it last happened, unless the case was opened again since."""
        moments = [event.at for event in self.events if event.kind == kind]
        undone = [event.at for event in self.events if event.kind == "reopened"]
        if not moments or (kind in ("resolved", "closed") and undone and undone[-1] > moments[-1]):
            return None
        return moments[-1]

    @property
    def status(self) -> str:
        """Where it stands after its last change."""
        return STATUS_AFTER[self.events[-1].kind]

    @property
    def is_sla_met(self) -> bool | None:
        """Whether it was resolved in the promised time; open until it is resolved."""
        resolved = self.moment_of("resolved")
        promised = timedelta(hours=PROMISED_HOURS[self.priority])
        return None if resolved is None else resolved - self.events[0].at <= promised


def simulate_cases(seed: int, count: int, customers: pl.DataFrame) -> list[Case]:
    """The cases, in the order in which they were opened; nothing happens after the last day."""
    chance = chance_of(seed, "cases")
    buyers = customers.filter(~pl.col("never_bought"))["customer_id"].to_numpy()
    minutes = np.sort(chance.integers(0, DAYS_COUNT * 1440, count))
    desks, categories = pick(chance, {"customer_service": 78, "complaints": 22}, count), pick(chance, CATEGORIES, count)
    priorities, who = chance.choice([1, 2, 3, 4, 5], count, p=[0.05, 0.15, 0.4, 0.3, 0.1]), chance.choice(buyers, count)
    end = midnight_after(FIRST_DAY + timedelta(days=DAYS_COUNT - 1))
    cases = (
        Case(
            desk=str(desks[n]),
            ticket_id=f"T{n + 50_001}",
            customer_id=str(who[n]),
            priority=int(priorities[n]),
            category=str(categories[n]),
            events=tuple(events_of(chance, int(minutes[n]))),
        )
        for n in range(count)
    )
    return [case.until(end) for case in cases]


def events_of(chance: np.random.Generator, minute: int) -> Iterator[Event]:
    """What happens to a case, in time; a twentieth is opened again, once."""
    opened = datetime.combine(FIRST_DAY, time(), UTC) + timedelta(minutes=minute)
    agent = f"agent-{chance.integers(1, 15):02d}"
    answered = opened + timedelta(minutes=int(chance.exponential(300)) + 5)
    resolved = answered + timedelta(minutes=int(chance.exponential(2600)) + 10)
    yield Event(1, "opened", opened, "customer")
    yield Event(2, "assigned", answered, agent)
    yield Event(3, "resolved", resolved, agent)
    if chance.random() < 0.05:
        again = resolved + timedelta(minutes=int(chance.integers(60, 6 * 1440)))
        resolved = again + timedelta(minutes=int(chance.exponential(2000)) + 10)
        yield Event(4, "reopened", again, "customer")
        yield Event(5, "resolved", resolved, agent)
        yield Event(6, "closed", resolved + timedelta(days=RESTING_DAYS), "system")
    else:
        yield Event(4, "closed", resolved + timedelta(days=RESTING_DAYS), "system")


def midnight_after(day: date) -> datetime:
    """The end of a day."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)
