"""Headline figures of the compliance pack."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.page import Publication, Tile
from tasks.report.wording import count, percent, plural


def conformance_tile(_: Figures, publication: Publication) -> Tile:
    """The share of the rows received that their contracts admitted."""
    health = publication.health
    held = health.rows_extracted - health.rows_out_of_scope
    share = percent(100 * (held - health.rows_quarantined) / held) if held else "none"
    note = f"of {plural(held, 'row')} in scope, as they first came"
    return Tile("Rows that keep their contract", (share,), note)


def quarantine_tile(figures: Figures, publication: Publication) -> Tile:
    """What waits for a decision."""
    (rules,) = figures.row("select count(*) from compliance.quarantine_reasons where rows_count > 0")
    return Tile("Rows in quarantine", (count(publication.health.rows_open),), f"broke {plural(rules, 'rule')}")


def audits_tile(_: Figures, publication: Publication) -> Tile:
    """What the audit of the publication found."""
    health = publication.health
    expected = health.audits_passed + health.audits_warned + health.audits_failed
    note = f"of {plural(expected, 'expectation')}; {count(health.audits_warned)} warned"
    return Tile("Audit passed", (count(health.audits_passed),), note)


def deliveries_tile(figures: Figures, publication: Publication) -> Tile:
    """How many files were read, delivered again, or could not be read."""
    files = sum(source.files_count for source in publication.sources)
    (again,) = figures.row("select count(*) from compliance.duplicate_deliveries")
    note = f"{count(again)} delivered again, {count(publication.health.files_refused)} unreadable"
    return Tile("Files read", (count(files),), note)
