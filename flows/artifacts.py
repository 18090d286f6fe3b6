"""What a run shows on its page in Prefect: the rows of each load, the audit, the reports, and what failed."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from prefect.artifacts import create_link_artifact, create_markdown_artifact
from prefect.client.schemas.objects import State

from flows.sums import SUM_COLUMNS, sums_by_record
from tasks.backfill.plan import Plan
from tasks.close import Filing
from tasks.errors import CountinghouseError
from tasks.ingest import Ingestion
from tasks.post import Posting


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A markdown table; numbers stand on the right, and a bar in a cell does not end it."""
    body = [[_cell(value) for value in row] for row in rows]
    numbers = [
        bool(body) and all(row[at].replace(",", "").lstrip("-").isdigit() for row in body) for at in range(len(columns))
    ]
    rule = ["---:" if is_number else "---" for is_number in numbers]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [list(columns), rule, *body])


def _cell(value: Any) -> str:
    text = (
        f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str("" if value is None else value)
    )
    return text.replace("|", "\\|").replace("\n", " ")


LOAD_COLUMNS = ("source", "record", "file", "extracted", "accepted", "unchanged", "quarantined", "out of scope")


def load_row(load: Any) -> tuple[str, str, str, int, int, int, int, int]:
    """A load as people read it: what came in, and where each row ended."""
    return (
        load.source, load.record, load.file[:12], load.rows_extracted, load.rows_accepted, load.rows_unchanged,
        load.rows_quarantined, load.rows_out_of_scope,
    )  # fmt: skip


def show_ingestion(ingestion: Ingestion) -> None:
    """The load table of one source, when there is anything to show."""
    if not ingestion.is_new:
        return
    parts = [f"# {ingestion.source}: what arrived, and where each row ended"]
    if ingestion.loads:
        parts.append(table(LOAD_COLUMNS, [load_row(load) for load in ingestion.loads]))
    if ingestion.refused:
        parts.append(
            "## Files that could not be read\n\n"
            + "\n".join(f"- `{refused.name}`: {refused.reason}" for refused in ingestion.refused)
        )
    if ingestion.gone:
        parts.append("## Gone from the source\n\n" + "\n".join(f"- {gone}" for gone in ingestion.gone))
    if ingestion.duplicates:
        parts.append(
            "## Delivered before, not loaded again\n\n" + "\n".join(f"- {name}" for name in ingestion.duplicates)
        )
    create_markdown_artifact(
        "\n\n".join(parts), key=f"loads-{ingestion.source.replace('_', '-')}", description="Rows by load"
    )


def show_drift(ingestion: Ingestion) -> None:
    """In what a source's deliveries differ from those before them, when they do."""
    if not ingestion.drift:
        return
    columns = ("file", "column", "change", "usual", "found", "severity")
    rows = [(one.file_name, one.column, one.change, one.usual, one.found, one.severity) for one in ingestion.drift]
    parts = [
        f"# {ingestion.source}: what changed since the deliveries before",
        "\n".join(f"- {one.sentence}" for one in ingestion.drift),
        table(columns, rows),
        f"How much may change is said under `drift` in `sources/{ingestion.source}.yml`.",
    ]
    key = f"drift-{ingestion.source.replace('_', '-')}"
    create_markdown_artifact("\n\n".join(parts), key=key, description="Drift")


def show_backfill(planned: Plan, done: Sequence[tuple[str, int, int, str | None]]) -> None:
    """What was missing of a past range, what came of each piece, and what is missing still."""
    name = planned.source.source
    parts = [f"# {name}: what was missing of {planned.whole}"]
    if planned.absent:
        parts.append(planned.absent)
    if done:
        parts.append(table(("days", "accepted", "quarantined", "what failed"), done))
    elif not planned.absent:
        parts.append("Nothing: all of it is there.")
    if planned.missing_days:
        parts.append("No file has come for " + ", ".join(map(str, planned.missing_days)) + ".")
    create_markdown_artifact(
        "\n\n".join(parts), key=f"backfill-{name.replace('_', '-')}", description=f"Backfill of {name}"
    )


def show_day(as_of: date, ingestions: Sequence[Ingestion], published: Path, *, is_published: bool, index: Path) -> None:
    """What a business day came to, on one page: rows by source and record, what is published, where the reports are."""
    if not (is_published or any(ingestion.is_new or ingestion.unreachable for ingestion in ingestions)):
        return
    sums = sums_by_record(ingestions)
    rows = [(source, record, *counts) for (source, record), counts in sums.items()]
    news = "was published" if is_published else "is as it was"
    parts = [
        f"# Business day {as_of:%Y-%m-%d}",
        table(SUM_COLUMNS, rows) if rows else "Nothing new arrived.",
        f"The warehouse `{published}` {news}. The reports begin at `{index}`.",
        *(f"- **{ingestion.unreachable}**" for ingestion in ingestions if ingestion.unreachable),
        *(f"- {ingestion.skipped}" for ingestion in ingestions if ingestion.skipped),
    ]
    create_markdown_artifact("\n\n".join(parts), key="business-day", description=f"Business day {as_of:%Y-%m-%d}")


def show_posting(posting: Posting) -> None:
    """What was added to the ledger, when anything was."""
    if not posting.lines_added + posting.entries_reversed + posting.documents_unposted:
        return
    columns = ("entries added", "lines added", "entries reversed", "documents that could not be posted")
    rows = [(posting.entries_added, posting.lines_added, posting.entries_reversed, posting.documents_unposted)]
    text = "# The ledger\n\n" + table(columns, rows)
    if posting.documents_unposted:
        text += "\n\nWhy documents could not be posted stands in `core.unposted_documents`."
    create_markdown_artifact(text, key="posting", description="What was posted")


def show_audit(publication_id: str, result: Any) -> None:
    """Every expectation that failed, with its sentence, and how many held."""
    failed = [line for line in result.results if not line.is_success]
    verdict = "passed; it may be published" if result.is_passed else "refused; the published warehouse stays as it was"
    parts = [
        f"# Audit of {publication_id}: {verdict}",
        f"{len(result.results) - len(failed):,} of {len(result.results):,} expectations held.",
    ]
    if failed:
        columns = ("severity", "table", "column", "what should be so", "rows against it", "seen")
        parts.append(
            table(
                columns,
                [
                    (
                        line.severity,
                        line.table_name,
                        line.column_name,
                        line.sentence,
                        line.unexpected_count,
                        line.observed,
                    )
                    for line in sorted(failed, key=lambda line: (line.severity, line.table_name))
                ],
            )
        )
    create_markdown_artifact("\n\n".join(parts), key="audit", description=f"Audit of {publication_id}")


def show_reports(as_of: str, files: Sequence[Path], index: Path) -> None:
    """Where the reports are, and how large."""
    rows = [(file.stem, file.suffix.lstrip("."), str(file), f"{file.stat().st_size / 1024:,.0f} KiB") for file in files]
    text = f"# Reports as of {as_of}\n\nBegin with `{index}`.\n\n" + table(("pack", "form", "file", "size"), rows)
    create_markdown_artifact(text, key="reports", description=f"Reports as of {as_of}")
    create_link_artifact(index.as_uri(), link_text=f"Reports as of {as_of}", key="reports-index")


def show_filing(filing: Filing) -> None:
    """What was filed of a closed period, by its hashes."""
    closing = filing.closing
    rows = [(file.file_name, file.bytes, file.sha256) for file in filing.files]
    text = (
        f"# {closing.period} is closed\n\nFiled in `{filing.folder}`, up to entry {closing.last_entry_no:,}.\n\n"
        + table(("file", "bytes", "SHA-256"), rows)
    )
    if closing.reason:
        text += f"\n\nClosed although something was open: {closing.reason}"
    create_markdown_artifact(text, key="closing", description=f"{closing.period} is closed")


def show_simulation(inbox: Path) -> None:
    """Where the simulated company's files are."""
    text = f"Its files are in `{inbox}`. What is wrong with them on purpose is in `answer_key.json` beside them."
    create_markdown_artifact(f"# A simulated company\n\n{text}", key="simulated-company", description="Its files")


def show_failure(flow: Any, flow_run: Any, state: State[Any]) -> None:
    """On failure: what went wrong, in one sentence, and what stays as it was."""
    error = state.result(raise_on_failure=False)
    is_expected = isinstance(error, CountinghouseError)
    what = str(error) if is_expected else f"{type(error).__name__}: {error}"
    then = "Nothing of the failed step was stored; the published warehouse and its reports are as they were."
    todo = "Mend what the sentence names, then start the run again." if is_expected else "The log has the whole trace."
    create_markdown_artifact(
        f"# {flow_run.name} failed\n\n{what}\n\n{then} {todo}", key="failure", description=f"Why {flow.name} failed"
    )
