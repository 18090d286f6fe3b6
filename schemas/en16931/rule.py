"""A rule of an invoice: its identifier, the sentence of the standard, and what finds the figures that break it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from schemas.en16931.document import Invoice

Finding = Callable[[Invoice], Iterator[str]]
"""Gives a sentence with the figures for each place in which an invoice breaks a rule."""


@dataclass(frozen=True)
class Rule:
    """One rule of the standard."""

    id: str
    sentence: str
    breaks: Finding
    standard: str = "en16931"

    @property
    def name(self) -> str:
        """What the quarantine calls it."""
        return f"{self.standard}:{self.id}"


@dataclass(frozen=True)
class Broken:
    """A rule that an invoice breaks, and how."""

    rule: str
    reason: str
