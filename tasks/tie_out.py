"""Tie out: every two ways to one figure are gone, before the tables are held to their contracts."""

from pathlib import Path

from schemas.tie_outs import TIE_OUTS
from warehouse.tie_outs import hold_tie_outs


def tie_out(building: Path) -> None:
    """Write down which identities the built tables keep, and what breaks the others."""
    hold_tie_outs(building, [(one.name, one.sentence, one.sql) for one in TIE_OUTS])
