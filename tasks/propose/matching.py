"""Matching a file's columns with a record's: by name and contents, each column of the file once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from schemas.record import Column, Record
from schemas.records import RECORDS
from tasks.propose.fitting import CERTAIN, fit
from tasks.propose.guess import Guess
from tasks.propose.naming import likeness, words_of
from tasks.propose.seen import Seen
from tasks.propose.sides import sides_of
from tasks.propose.synonyms import FILE_NAMES, names_of

LEAST = 0.4
"""A guess that is less sure than this is none."""

HINT = 0.12
"""What the name of the file adds to the record that it names."""

DERIVED = frozenset(
    {"line_no", "document_type", "currency_code", "net_amount", "gross_amount", "tax_amount", "direction", "due_date",
     "quantity", "base_currency_code", "statement_id", "bank_account_id", "desk", "event_no", "budget_id"}
)  # fmt: skip
"""Columns that can be made of others, or are the same in every row, and so need not be in the file."""


@dataclass(frozen=True)
class Match:
    """A record and what of a file would fill it."""

    record: str
    chosen: dict[str, Guess]
    others: dict[str, tuple[Guess, ...]]
    """What else a column may be, by the record's column."""
    score: float
    seen: tuple[Seen, ...]
    """Every column of the file."""


@cache
def columns_of(record: str) -> tuple[Column, ...]:
    """The columns of a record."""
    return RECORDS[record].columns()


def match_records(columns: Sequence[Seen], file_words: Sequence[str]) -> list[Match]:
    """Every record that the file could hold, the likeliest first."""
    matches = [match_record(name, columns, file_words) for name in RECORDS]
    return sorted((match for match in matches if match.chosen), key=lambda match: (-match.score, match.record))


def match_record(record: str, columns: Sequence[Seen], file_words: Sequence[str]) -> Match:
    """The best columns of a file for one record."""
    guesses = _guesses(record, columns)
    chosen: dict[str, Guess] = {}
    taken: set[str] = set()
    for guess in guesses:
        if guess.column.name not in chosen and guess.seen.name not in taken:
            chosen[guess.column.name] = guess
            taken.add(guess.seen.name)
    others = {
        name: tuple(guess for guess in guesses if guess.column.name == name and guess is not chosen[name])[:2]
        for name in chosen
    }
    return Match(record, chosen, others, _score(record, chosen, columns, file_words), tuple(columns))


def _guesses(record: str, columns: Sequence[Seen]) -> list[Guess]:
    of: type[Record] = RECORDS[record]
    found = []
    for column in columns_of(record):
        synonyms = names_of(record, column.name)
        for seen in columns:
            alike = likeness(seen.name, column.name, synonyms)
            fits = fit(seen, column, of) if alike or column.name in CERTAIN else 0.0
            score = max(alike, 0.75 if column.name in CERTAIN and seen.values and fits == 1 else 0.0) * fits
            if score >= LEAST:
                found.append(Guess(seen, column, score))
    return sorted(found, key=lambda guess: (-guess.score, guess.column.nullable, guess.column.name, guess.seen.name))


def _score(record: str, chosen: dict[str, Guess], columns: Sequence[Seen], file_words: Sequence[str]) -> float:
    """How much of what the record needs is there, and how much of what is there the record has a place for."""
    needed = [column.name for column in columns_of(record) if not column.nullable]
    made = {*DERIVED, *(("amount",) if sides_of(record, columns) else ())}
    there = sum(chosen[name].score if name in chosen else 0.45 if name in made else 0.0 for name in needed)
    explained = sum(guess.score for guess in chosen.values())
    filled = [seen for seen in columns if seen.values] or columns
    score = 0.55 * there / len(needed) + 0.45 * explained / max(len(filled), 1)
    return min(1.0, score + (HINT if _is_named(record, file_words) else 0.0))


def _is_named(record: str, file_words: Sequence[str]) -> bool:
    said = " " + " ".join(file_words) + " "
    return any(f" {' '.join(words_of(name))} " in said for name in (record, *FILE_NAMES.get(record, ())))
