"""Proposing a source: what the file is, which record it holds, how its columns become the record's, and a first try."""

import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from schemas.records import RECORDS
from tasks.errors import UsageError
from tasks.propose.matching import Match, match_record, match_records
from tasks.propose.naming import words_of
from tasks.propose.opening import open_unknown
from tasks.propose.seen import Seen, first_rows, seen_columns
from tasks.propose.trying import Trial, try_proposal
from tasks.propose.writing import Draft, as_source_file, draft
from tasks.source.words import nearest

NAME = re.compile(r"[a-z][a-z0-9_]*")

PART = "part"
"""The column in which a format whose rows are of several kinds says of which a row is."""

MOST = 4
"""Records that a proposal names: the one that it maps, and what else it could be."""


@dataclass(frozen=True)
class Proposal:
    """A first source file, and what came of trying it."""

    name: str
    record: str
    text: str
    draft: Draft
    trial: Trial


def propose(file: Path, *, name: str | None = None, record: str | None = None, currency: str = "EUR") -> Proposal:
    """Propose a source file for a file that nobody has described.

    Raises UsageError when the file cannot be read, or looks like none of the records.
    """
    called = name or name_of(file)
    if not NAME.fullmatch(called):
        raise UsageError(f"{called!r} is no name of a source: small letters, digits and _, a letter first; see --name")
    opened = open_unknown(file)
    rows = first_rows(opened)
    words = words_of(f"{file.parent.name} {file.name.split('.')[0]} {name or ''}")
    known = _known(record) if record else None
    part, seen, matches = max(
        ((part, seen, _matches(seen, words, known)) for part, seen in _parts(rows)),
        key=lambda one: one[2][0].score if one[2] else 0.0,
    )
    if not matches or not matches[0].chosen:
        raise UsageError(f"{file}: its columns look like those of no record; name one with --record")
    drafts = [draft(match, currency) for match in matches[:MOST]]
    text = as_source_file(called, file, opened, drafts, seen, part)
    best = drafts[0].match.record
    return Proposal(called, best, text, drafts[0], try_proposal(called, text, best, opened, rows))


def _parts(rows: pl.DataFrame) -> list[tuple[str | None, list[Seen]]]:
    """The columns of each kind of row, where a format says of what part of its file a row is."""
    parts = rows[PART].unique(maintain_order=True).drop_nulls().to_list() if PART in rows.columns else []
    if len(parts) < 2:
        return [(None, seen_columns(rows))]
    seen = ((part, seen_columns(rows.filter(pl.col(PART) == part).drop(PART))) for part in parts)
    # What is empty in a part is a column of another one.
    return [(part, [one for one in columns if one.values]) for part, columns in seen]


def _matches(seen: list[Seen], words: tuple[str, ...], record: str | None) -> list[Match]:
    return [match_record(record, seen, words)] if record else match_records(seen, words)


def name_of(file: Path) -> str:
    """What a source may be called after its file, or the folder of a file that is only a date."""
    for called in (file.name.split(".")[0], file.resolve().parent.name):
        words = [word for word in words_of(called) if not word.isdigit() and len(word) > 1]
        if words:
            return "_".join(words)
    return "new_source"


def _known(record: str) -> str:
    if record not in RECORDS:
        raise UsageError(f"there is no record {record!r}{nearest(record, RECORDS)}")
    return record
