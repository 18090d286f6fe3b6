"""Dirt: what goes wrong between a system and its files, each kind one entry that says where its rows must end up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tasks.simulate.delivery import Delivery, Ends, Line, Outcome, Row, Value

Change = Mapping[str, Value | Callable[[Row], Value]]
Where = Callable[[Row], bool]

ACCEPTED = Ends(Outcome.ACCEPTED)
NEW_VERSION = Ends(Outcome.NEW_VERSION)
UNCHANGED = Ends(Outcome.UNCHANGED)


def refused(*rules: str) -> Ends:
    """Quarantined by exactly these rules."""
    return Ends(Outcome.QUARANTINED, rules)


def out_of_scope(rule: str) -> Ends:
    """Left out by this rule of the source file."""
    return Ends(Outcome.OUT_OF_SCOPE, (rule,))


@dataclass(frozen=True)
class Spot:
    """A free line, with the file it stands in."""

    delivery: Delivery
    number: int
    later: Delivery | None

    @property
    def line(self) -> Line:
        """The line itself."""
        return self.delivery.lines[self.number]


@dataclass(frozen=True)
class Dirt:
    """One kind of dirt in the rows of one system."""

    name: str
    count: int
    ends: Ends
    put: Callable[[Spot, "Dirt"], None]
    where: Where | None = None


def changed(line: Line, delivery: Delivery, change: Change) -> list[Value]:
    """The values of a line after the change; a function in the change sees the row as it was."""
    row = delivery.row(line)
    unknown = set(change) - set(row)
    assert not unknown, f"{delivery.name} has no column {unknown}"
    return list((row | {name: to(row) if callable(to) else to for name, to in change.items()}).values())


def change(name: str, count: int, ends: Ends, to: Change, where: Where | None = None) -> Dirt:
    """The row itself is wrong."""

    def put(spot: Spot, dirt: Dirt) -> None:
        spot.line.values = changed(spot.line, spot.delivery, to)
        spot.line.kind, spot.line.ends = dirt.name, dirt.ends

    return Dirt(name, count, ends, put, where)


def spoil(name: str, count: int, ends: Ends, how: Callable[[bytes], bytes], where: Where | None = None) -> Dirt:
    """The bytes of the row are wrong."""

    def put(spot: Spot, dirt: Dirt) -> None:
        spot.line.kind, spot.line.ends, spot.line.spoil = dirt.name, dirt.ends, how

    return Dirt(name, count, ends, put, where)


def repeat(name: str, count: int, ends: Ends, to: Change, where: Where | None = None) -> Dirt:
    """A clean row is followed by a copy of itself, changed or not."""

    def put(spot: Spot, dirt: Dirt) -> None:
        spot.line.is_pattern = True
        copy = Line(changed(spot.line, spot.delivery, to), dirt.name, dirt.ends)
        spot.delivery.lines.insert(spot.number + 1, copy)

    return Dirt(name, count, ends, put, where)


def repost(name: str, count: int, ends: Ends, to: Change, where: Where | None = None) -> Dirt:
    """A clean row comes again at the end of a later file, changed or not."""

    def put(spot: Spot, dirt: Dirt) -> None:
        assert spot.later is not None
        spot.line.is_pattern = True
        row = dict(zip(spot.delivery.columns, changed(spot.line, spot.delivery, to), strict=True))
        # A later file may have a column more.
        copy = Line([row.get(name) for name in spot.later.columns], dirt.name, dirt.ends)
        spot.later.lines.append(copy)

    return Dirt(name, count, ends, put, where)


def soil(chance: np.random.Generator, deliveries: Sequence[Delivery], table: Sequence[Dirt]) -> None:
    """Put every kind of dirt of the table into the deliveries, each row at most one kind."""
    open_ones = [delivery for delivery in deliveries if not delivery.is_kept_clean]
    for dirt in table:
        for _ in range(dirt.count):
            dirt.put(free_spot(chance, open_ones, dirt), dirt)


def free_spot(chance: np.random.Generator, deliveries: Sequence[Delivery], dirt: Dirt) -> Spot:
    """A clean line of any file but the last, which suits the dirt."""
    for _ in range(20_000):
        at = int(chance.integers(0, len(deliveries) - 1))
        delivery = deliveries[at]
        number = int(chance.integers(0, len(delivery.lines)))
        line = delivery.lines[number]
        if line.is_free and (dirt.where is None or dirt.where(delivery.row(line))):
            return Spot(delivery, number, deliveries[int(chance.integers(at + 1, len(deliveries)))])
    raise LookupError(f"no row is left for {dirt.name!r}")
