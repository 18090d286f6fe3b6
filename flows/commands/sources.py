"""`countinghouse sources`: what the source files say, and what waits in the folders they name."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from flows.commands.options import HomeOption
from flows.commands.telling import console, plain_table
from tasks.errors import SourceError, UsageError
from tasks.runs import Home, home_at
from tasks.source import SOURCES, check_sources, chosen, load_sources

if TYPE_CHECKING:
    from tasks.propose.proposal import Proposal
    from tasks.waiting import Waiting

sources = App(name="sources", help="The source systems, as the files in `sources/` describe them.")

Folder = Annotated[Path, Parameter("--folder", help="The folder of source files.", show_default=False)]


@sources.command
def check(folder: Folder = SOURCES) -> None:
    """Check every source file before anything is read: words, columns, records, SQL."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder of sources")
    errors = check_sources(folder)
    for error in errors[:-1]:
        console.print(error, markup=False)
    if errors:
        raise SourceError(errors[-1])
    console.print(f"{len(load_sources(folder))} source file(s) are right")


@sources.command(name="list")
def list_(*, home: HomeOption = None) -> None:
    """List the sources, whose they are, and how many files wait."""
    tell_deliveries(home_at(home), None)


@sources.command
def propose(
    file: Path,
    *,
    name: Annotated[str | None, Parameter("--name", help="The name of the source; else after the file.")] = None,
    record: Annotated[str | None, Parameter("--record", help="The record that it holds; else the likeliest.")] = None,
    to: Annotated[Path, Parameter("--to", help="The folder to write to.", show_default=False)] = SOURCES,
    dry_run: Annotated[bool, Parameter(negative=(), help="Show the proposal, write nothing.")] = False,
) -> None:
    """Write a first source file for a file that nobody has described yet, for a person to correct."""
    from tasks.build import load_company
    from tasks.propose.proposal import propose as propose_source

    company = SOURCES / "company.yml"
    currency = load_company(company).reporting_currency if company.exists() else "EUR"
    proposal = propose_source(file, name=name, record=record, currency=currency)
    if dry_run:
        console.print(proposal.text, markup=False, end="")
    else:
        write_proposal(proposal, to)
    tell_trial(proposal, to)


def write_proposal(proposal: "Proposal", folder: Path) -> None:
    """Write the file, unless one of its name is there: somebody may have corrected it."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder of sources")
    target = folder / f"{proposal.name}.yml"
    try:
        with target.open("x", encoding="utf-8") as stream:
            stream.write(proposal.text)
    except FileExistsError as error:
        raise UsageError(f"{target}: it is there already; choose another name with --name, or remove it") from error
    console.print(f"written: {target}", markup=False)


def tell_trial(proposal: "Proposal", folder: Path) -> None:
    """What the contract says of the first rows, and what to do next."""
    trial = proposal.trial
    for error in trial.errors:
        console.print(f"to do: {error}", markup=False)
    if not trial.errors:
        console.print(f"of its first {trial.rows:,} rows {trial.admitted:,} would be admitted as {proposal.record}")
    for rule, rows in trial.refused:
        console.print(f"  {rule}: {rows:,} refused", markup=False)
    console.print(
        f"next: correct {proposal.name}.yml, run `countinghouse sources check --folder {folder}`, put the file into "
        f"the folder that `path` names, and see `countinghouse run --source {proposal.name} --dry-run`",
        markup=False,
    )


def _numbers(waiting: "Waiting") -> tuple[str, str, str]:
    if waiting.is_asked:
        return ("-" if waiting.absent else "asked", "", "")
    return (f"{len(waiting.files):,}", f"{waiting.known_count:,}", f"{waiting.bytes:,}")


def tell_deliveries(home: Home, patterns: Sequence[str] | None) -> None:
    """What the next run would read; nothing is read or written."""
    from tasks.waiting import what_waits

    table = plain_table("source", "records", "new files", "known files", "bytes to read", numbers_from=2)
    found = what_waits(home, chosen(patterns))
    for one in found:
        records = ", ".join(one.source.records)
        table.add_row(one.source.source, records, *_numbers(one))
    console.print(table)
    for one in found:
        if one.absent:
            console.print(one.absent, markup=False)
