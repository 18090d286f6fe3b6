"""A delivery: one file that a system drops, as lines that remember what is wrong with them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

Value = object
Row = dict[str, Value]


class Outcome(StrEnum):
    """Where a row or a file must end up."""

    ACCEPTED = "accepted"
    NEW_VERSION = "new version"
    UNCHANGED = "unchanged"
    QUARANTINED = "quarantined"
    OUT_OF_SCOPE = "out of scope"
    REFUSED = "refused"
    DUPLICATE = "duplicate delivery"


@dataclass(frozen=True)
class Ends:
    """Where a kind of dirt must end up, and by which rules."""

    outcome: Outcome
    rules: tuple[str, ...] = ()


@dataclass(slots=True)
class Line:
    """One row of a file; `kind` is the name of its dirt, `spoil` damages its bytes after they are written."""

    values: list[Value]
    kind: str | None = None
    ends: Ends | None = None
    spoil: Callable[[bytes], bytes] | None = None
    is_pattern: bool = False
    """Another line was copied from this one, which must stay clean."""

    @property
    def is_free(self) -> bool:
        """Whether dirt may still be put here."""
        return self.kind is None and not self.is_pattern


@dataclass
class Delivery:
    """One file: its name, its columns in order, and its lines."""

    name: str
    columns: list[str]
    lines: list[Line] = field(default_factory=list)
    is_kept_clean: bool = False
    """Delivered again with more rows, or never readable: dirt in it would be counted twice or not at all."""

    def row(self, line: Line) -> Row:
        """A line as column and value."""
        return dict(zip(self.columns, line.values, strict=True))
