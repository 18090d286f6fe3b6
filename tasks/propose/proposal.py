"""Proposing a source: what the file is, which record it holds, how its columns become the record's, and a first try."""

from dataclasses import dataclass
from pathlib import Path

from schemas.records import RECORDS
from tasks.errors import UsageError
from tasks.propose.matching import match_record, match_records
from tasks.propose.naming import words_of
from tasks.propose.opening import open_unknown
from tasks.propose.seen import first_rows, seen_columns
from tasks.propose.trying import Trial, try_proposal
from tasks.propose.writing import Draft, as_source_file, draft
from tasks.source.words import nearest

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
    opened = open_unknown(file)
    rows = first_rows(opened)
    seen = seen_columns(rows)
    words = words_of(f"{file.parent.name} {file.name.split('.')[0]} {name or ''}")
    matches = [match_record(_known(record), seen, words)] if record else match_records(seen, words)
    if not matches or not matches[0].chosen:
        raise UsageError(f"{file}: its columns look like those of no record; name one with --record")
    drafts = [draft(match, currency) for match in matches[:MOST]]
    called = name or name_of(file)
    text = as_source_file(called, file, opened, drafts, seen)
    return Proposal(called, drafts[0].match.record, text, drafts[0], try_proposal(
        called, text, drafts[0].match.record, opened, rows
    ))  # fmt: skip


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
