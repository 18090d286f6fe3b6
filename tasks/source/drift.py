"""What a source file says of how far a delivery may differ from those before it, and what becomes of one that does."""

from datetime import date
from typing import Literal

from pydantic import Field

from tasks.source.strict import Strict

On = Literal["warn", "stop", "ignore"]
"""What becomes of a delivery that differs: it is loaded and told of, it is refused whole and kept, or nothing."""


class Kind(Strict):
    """A kind of drift."""

    on: On = Field(
        default="warn", description="warn: load it and say so; stop: refuse the file, keep its bytes; or ignore."
    )


class FillRate(Kind):
    """How much of a column is filled."""

    # A quarter of the rows: what weeks and seasons move is less, an export that lost a join moves more.
    moved_by: float = Field(
        default=0.25, gt=0, le=1, description="How far the filled share of a column may move, of 1."
    )
    least: dict[str, float] = Field(
        default_factory=dict, description="Column: the share that must be filled at the least, whatever was before."
    )


class NewValues(Kind):
    """Values that a coded column never held."""

    columns: tuple[str, ...] | None = Field(
        default=None,
        description="The coded columns; left out: those whose words the mapping looks up, or a contract lists.",
    )


class Volume(Kind):
    """How many rows a delivery has."""

    # Three times as much or as little: a sale doubles a day, a file of the wrong period has ten times the rows.
    factor: float = Field(
        default=3, gt=1, description="How many times more or fewer rows than usual are too many or too few."
    )
    # Of fewer nobody can say what is usual.
    deliveries: int = Field(default=5, ge=2, description="How many deliveries must have come before, for a verdict.")


class Drift(Strict):
    """How far a delivery may differ from those before it."""

    # A month of working days: long enough for a weekday to come four times, short enough to follow the seasons.
    deliveries: int = Field(default=20, ge=1, description="How many deliveries before it a delivery is compared with.")
    since: date | None = Field(
        default=None, description="Deliveries recorded before this day no longer say what is usual."
    )
    accepted: dict[str, str] = Field(
        default_factory=dict, description="Name of a file, or a pattern: why it is right although it differs."
    )
    column_added: Kind = Kind()
    column_missing: Kind = Kind()
    retyped: Kind = Kind()
    fill_rate: FillRate = FillRate()
    new_values: NewValues = NewValues()
    volume: Volume = Volume()
