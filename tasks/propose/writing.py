"""Writing a proposal as a source file: each guess, how sure it is, what else it could be, and what is left to do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from schemas.record import Column
from tasks.propose.deriving import MAKERS, derived
from tasks.propose.expressions import Written, quoted, written
from tasks.propose.matching import Match, columns_of
from tasks.propose.opening import DELIMITERS, Opened
from tasks.propose.seen import Seen
from tasks.propose.sides import amount_of, sides_of
from warehouse.tables import literal

SURE = 0.8
"""From here on a guess needs no word beside it."""

RIVALS = 3


@dataclass(frozen=True)
class Draft:
    """What is to be written of one record."""

    match: Match
    columns: dict[str, Written]
    missing: tuple[Column, ...]
    """What the record needs and nobody but a person knows."""


def draft(match: Match, currency: str) -> Draft:
    """Every column of a record as SQL, as far as that can be told."""
    done = {name: written(guess, match.record) for name, guess in match.chosen.items()}
    sides = sides_of(match.record, match.seen)
    if sides:
        done["amount"] = amount_of(sides)
    needed = {column.name: column for column in columns_of(match.record) if not column.nullable}
    for name in MAKERS:
        if name in needed and name not in done:
            made = derived(match, done, name, currency)
            if made is not None:
                done[name] = made
    in_order = [column.name for column in columns_of(match.record)]
    missing = tuple(column for name, column in needed.items() if name not in done)
    return Draft(match, {name: done[name] for name in in_order if name in done}, missing)


def as_source_file(
    name: str, file: Path, opened: Opened, drafts: Sequence[Draft], seen: Sequence[Seen], part: str | None
) -> str:
    """The text of `sources/<name>.yml`; of a file whose rows are of several kinds, for those of one part."""
    best = drafts[0]
    used = {guess.seen.name for guess in best.match.chosen.values()}
    lines = [
        f"# Proposed from {file.name}: {len(used)} of its {len(seen)} columns found a place in {best.match.record}.",
        "# A person corrects it; then `countinghouse sources check`.",
        f"source: {name}",
        "description: To do. Which system is this, and how often does it deliver?",
        "owner: to do",
        "extract:",
        *_extract(name, file, opened),
        *_lookups(best),
        "records:",
        *_rivals(drafts),
        f"  {best.match.record}:",
        "    columns:",
        *_columns(best),
        *_other_parts(part),
        *_left_over(seen, used),
    ]
    # A column's name may hold line breaks, and what follows one in a comment would be no comment any more.
    return "".join(" ".join(line.splitlines()) + "\n" for line in lines)


def scalar(text: str) -> str:
    """A text as YAML on one line; what begins with a quote of SQL stands in double ones."""
    style = '"' if text.startswith(("'", "$")) or not text.isprintable() else None
    return yaml.safe_dump(text, default_style=style, width=1 << 20, allow_unicode=True).removesuffix("...\n").strip()


def _extract(name: str, file: Path, opened: Opened) -> Iterator[str]:
    extract = opened.extract
    suffixes = "".join(suffix for suffix in file.suffixes[-2:] if suffix[1:].isalnum() and not suffix[1:].isdigit())
    yield "  connector: files"
    yield f"  path: {scalar('${COUNTINGHOUSE_HOME}/inbox/' + name + '/*' + suffixes)}"
    yield f"  format: {extract.format}"
    if extract.format == "csv":
        yield f"  encoding: {extract.encoding}"
        yield f"  delimiter: {_key(extract.delimiter or DELIMITERS[-1])}"
    if extract.sheet:
        yield f"  sheet: {scalar(extract.sheet)}"
    if extract.skip_lines:
        yield f"  skip_lines: {extract.skip_lines}"
    if not extract.header:
        yield "  # The first line is a row: say what its columns are."
        yield "  header: false"
        yield f"  columns: [{', '.join(extract.columns)}]"


def _lookups(best: Draft) -> Iterator[str]:
    looked_up = {name: column for name, column in best.columns.items() if "lookup(" in column.sql}
    if looked_up:
        yield "lookups:"
    for name, column in looked_up.items():
        if column.unknown:
            yield f"  # To do: what is {', '.join(map(scalar, column.unknown))}? {'; '.join(column.notes)}"
        pairs = ", ".join(f"{_key(theirs)}: {_key(ours)}" for theirs, ours in column.lookup.items())
        yield f"  {name}: {{{pairs}}}"


def _key(text: str) -> str:
    # Inside of braces more needs quotes than outside.
    return text if text.replace("_", "").isalnum() and not text.isdigit() else yaml.safe_dump(
        text, default_style='"', width=1 << 20, allow_unicode=True
    ).strip()  # fmt: skip


def _rivals(drafts: Sequence[Draft]) -> Iterator[str]:
    best, *others = drafts
    rivals = ", ".join(f"{other.match.record} ({other.match.score:.0%})" for other in others[:RIVALS])
    yield f"  # {best.match.score:.0%} sure" + (f"; else {rivals}." if rivals else ".")


def _columns(best: Draft) -> Iterator[str]:
    for name, column in best.columns.items():
        note = _note(best.match, name, column)
        if note:
            yield f"      # {note}"
        yield f"      {name}: {scalar(column.sql)}"
    for lacking in best.missing:
        yield f"      # To do: {lacking.name} is needed ({lacking.description}), and no column looks like it."


def _other_parts(part: str | None) -> Iterator[str]:
    if part is not None:
        yield "    out_of_scope:"
        yield "      # The other parts may be records of their own: propose them with --record."
        yield f"      other parts: {scalar(f'part <> {literal(part)}')}"


def _note(match: Match, name: str, column: Written) -> str:
    guess = match.chosen.get(name)
    said = [] if column.unknown else list(column.notes)
    if guess is None:
        return "Made up: " + "; ".join(said)
    rivals = [f"{quoted(other.seen.name)} ({other.score:.0%})" for other in match.others.get(name, ())]
    if guess.score < SURE:
        said.insert(0, f"{guess.score:.0%} sure" + (f", else {' or '.join(rivals)}" if rivals else ""))
    return "; ".join(said)


def _left_over(seen: Sequence[Seen], used: set[str]) -> Iterator[str]:
    left = [f"{quoted(one.name)} ({one.shape or 'empty'})" for one in seen if one.name not in used]
    if left:
        yield "# Not mapped:"
        yield from (f"#   {column}" for column in left)
