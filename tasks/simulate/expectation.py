"""What a system's files must come to: every row's end is worked out here, apart from the loader that is held to it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from tasks.simulate.answer_key import Kind, Load, Place
from tasks.simulate.delivery import Delivery, Ends, Outcome, Value
from tasks.simulate.system import System

COUNTED_AS = {
    Outcome.ACCEPTED: "rows_accepted",
    Outcome.NEW_VERSION: "rows_accepted",
    Outcome.UNCHANGED: "rows_unchanged",
    Outcome.QUARANTINED: "rows_quarantined",
    Outcome.OUT_OF_SCOPE: "rows_out_of_scope",
}

NEVER_ADMITTED = {Outcome.QUARANTINED, Outcome.OUT_OF_SCOPE}


@dataclass
class Expectation:
    """The books of one system while its files are read in the order of their names."""

    system: System
    kept: dict[Value, tuple[Value, ...]] = field(default_factory=dict)
    """What is current under each key, in the order of `columns`."""
    loads: list[Load] = field(default_factory=list)
    places: defaultdict[tuple[str, Ends], list[Place]] = field(default_factory=lambda: defaultdict(list))
    amounts: list[tuple[str, str]] = field(default_factory=list)
    """Net amount and currency of every accepted sales line."""
    columns: list[str] = field(default_factory=list)
    """What the system's files and its source both know."""

    def read(self, delivery: Delivery) -> None:
        """Account for every row of a file."""
        counts: Counter[str] = Counter(dict.fromkeys(COUNTED_AS.values(), 0))
        for outcome, count in Counter(self.ends_of(delivery)).items():
            counts[COUNTED_AS[outcome]] += count
        load = Load(self.system.source, self.system.record, delivery.name, len(delivery.lines), **counts)
        self.loads.append(load)
        self.note(delivery)

    def ends_of(self, delivery: Delivery) -> Iterable[Outcome]:
        """Where each row ends; a row that is admitted is kept, and its amount counted."""
        key_of = picker(delivery, self.system.key)
        self.columns = [name for name in delivery.columns if name not in self.system.unmapped]
        content_of = picker(delivery, self.columns)
        amount_of = picker(delivery, self.system.net_and_currency) if self.system.net_and_currency else None
        for line in delivery.lines:
            if line.ends and line.ends.outcome in NEVER_ADMITTED:
                yield line.ends.outcome
                continue
            outcome = self.admit(key_of(line.values), content_of(line.values))
            assert line.ends is None or line.ends.outcome == outcome, (delivery.name, line, outcome)
            if amount_of and outcome == Outcome.ACCEPTED:
                self.amounts.append(amount_of(line.values))
            yield outcome

    def admit(self, key: Value, content: tuple[Value, ...]) -> Outcome:
        """Compare a row with what is kept under its key."""
        before = self.kept.get(key)
        self.kept[key] = content
        if before is None:
            return Outcome.ACCEPTED
        return Outcome.UNCHANGED if before == content else Outcome.NEW_VERSION

    def note(self, delivery: Delivery) -> None:
        """Note the places of every kind of dirt in the file."""
        for number, line in enumerate(delivery.lines, start=1):
            if line.kind and line.ends:
                self.places[line.kind, line.ends].append(Place(delivery.name, number))

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of dirt that were met, with all their places."""
        return [
            Kind(self.system.source, self.system.record, name, ends.outcome, ends.rules, tuple(places))
            for (name, ends), places in self.places.items()
        ]


def picker(delivery: Delivery, names: Iterable[str]) -> Callable[[list[Value]], Any]:
    """Picks the values of some columns out of a line of the file."""
    return itemgetter(*(delivery.columns.index(name) for name in names))
