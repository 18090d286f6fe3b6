"""A guess: that a column of a file is a column of a record."""

from dataclasses import dataclass

from schemas.record import Column
from tasks.propose.seen import Seen


@dataclass(frozen=True)
class Guess:
    """A column of the file that may be a column of a record, and how surely."""

    seen: Seen
    column: Column
    score: float
