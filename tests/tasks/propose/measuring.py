"""How near a proposal comes to the source file that a person wrote for the same deliveries."""

from dataclasses import dataclass
from glob import glob
from pathlib import Path

from tasks.extract.environment import VARIABLE
from tasks.propose.proposal import Proposal, propose
from tasks.source import Source
from tasks.source.expression import parse_expression, source_columns


@dataclass(frozen=True)
class Hits:
    """Of the columns that a person mapped from the file's own, how many the proposal maps from the same ones."""

    source: str
    is_record_found: bool
    found: int
    mapped: int
    missed: tuple[str, ...]
    admitted: float


def largest_file(source: Source, folders: dict[str, Path]) -> Path:
    path = VARIABLE.sub(lambda name: str(folders[name[1]]), source.extract.path)
    files = (Path(file) for file in sorted(glob(path, recursive=True)))  # noqa: PTH207 - it is absolute
    return max(files, key=lambda file: file.stat().st_size)


def measured(source: Source, folders: dict[str, Path]) -> Hits:
    proposal = propose(largest_file(source, folders))
    is_found = proposal.record in source.records
    record = proposal.record if is_found else next(iter(source.records))
    theirs = {
        name: columns
        for name, text in source.records[record].columns.items()
        if (columns := source_columns(parse_expression(text, source.lookups)))
    }
    missed = [name for name, columns in theirs.items() if not columns & mapped_from(proposal, name)] if is_found else []
    hits = len(theirs) - len(missed) if is_found else 0
    trial = proposal.trial
    return Hits(source.source, is_found, hits, len(theirs), tuple(missed), trial.admitted / max(trial.rows, 1))


def mapped_from(proposal: Proposal, column: str) -> set[str]:
    """The file's columns from which the proposal makes one of the record."""
    written = proposal.draft.columns.get(column)
    lookups = {column: {}} if written and "lookup(" in written.sql else {}
    return set(source_columns(parse_expression(written.sql, lookups))) if written else set()
