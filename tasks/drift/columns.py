"""Columns that come, go, or are written in another way."""

from tasks.drift.comparison import Comparison, deliveries, listed, most_usual
from tasks.drift.finding import Finding
from tasks.shapes import TEXT, is_alike

MOSTLY = 0.8
"""Of the deliveries before, as many must agree: codes that are nearly all digits are numbers one day, text the next."""

ENOUGH = 3
"""Filled values below which nobody can say how a column is written."""


def columns_needed(one: Comparison) -> list[Finding]:
    """A column without which no row can be mapped: the file is refused, whatever its source's file says of drift."""
    if one.delivered.has_open_columns:
        return []
    header = list(one.delivered.columns)
    return [
        Finding(
            one.source.source, one.delivered.file_name, ", ".join(lost), "missing", "stop",
            f"lacks the column {', '.join(lost)}, which the mapping needs; its header is: {listed(header, 8)}; have it "
            f"delivered anew, or mend sources/{one.source.source}.yml and run "
            f"countinghouse quarantine replay --source {one.source.source}",
            usual="there", found="missing",
        )
        for lost in [sorted(one.known.needed - set(header))] if lost
    ]  # fmt: skip


def columns_added(one: Comparison) -> list[Finding]:
    """Columns that no delivery before had; told once."""
    if not one.before:
        return []
    known = {name for past in one.before for name in past.columns}
    return [
        finding
        for name in one.delivered.columns
        if name not in known
        for finding in one.finding(
            one.source.drift.column_added.on, name, "added",
            f"has a column {name!r} that {deliveries(len(one.before))} had not; "
            f"map it in sources/{one.source.source}.yml if it is worth keeping",
            usual="none", found="there",
        )
    ]  # fmt: skip


def columns_missing(one: Comparison) -> list[Finding]:
    """Columns that the delivery before had, and that no mapping needs; told once."""
    if one.last is None or one.delivered.has_open_columns:
        return []
    lost = [name for name in one.last.columns if name not in one.delivered.columns and name not in one.known.needed]
    return [
        finding
        for name in lost
        for finding in one.finding(
            one.source.drift.column_missing.on, name, "missing",
            f"lacks the column {name!r}, which {deliveries(1)} had; no mapping needs it, so ask "
            f"{one.source.owner} only if it is missed elsewhere",
            usual="there", found="missing",
        )
    ]  # fmt: skip


def columns_retyped(one: Comparison) -> list[Finding]:
    """Columns that are written in another way than in most deliveries before; told once."""
    findings: list[Finding] = []
    for name, column in one.delivered.columns.items():
        written = [past.shape for past in one.had(name) if past.shape is not None]
        if column.shape is None or column.filled < ENOUGH or not written:
            continue
        usual, times = most_usual(written)
        # Text holds anything: codes that happen to be all digits today are text as before.
        is_usual = usual != TEXT and times >= MOSTLY * len(written)
        if not is_usual or is_alike(usual, column.shape) or is_alike(written[-1], column.shape):
            continue
        findings += one.finding(
            one.source.drift.retyped.on, name, "retyped",
            f"has the column {name!r} written as {_as(column.shape)}, in {deliveries(len(written))} it was {_as(usual)}"
            f"{'' if times == len(written) else f' ({times} times)'}; have it delivered as before, or read it so in "
            f"sources/{one.source.source}.yml and replay the source",
            usual=usual, found=column.shape,
        )  # fmt: skip
    return findings


def _as(shape: str) -> str:
    return shape if shape in (TEXT, "JSON") else f"a {shape}"
