"""Holding typed rows to their record's contract, and saying of each refused row every rule that it breaks."""

from collections import defaultdict
from dataclasses import dataclass, field

import pandera.polars as pa
import polars as pl

from schemas.record import Record, requirement

MASKED = "***"
"""What stands for personal data where it is not needed."""


@dataclass
class Refusal:
    """A row that was refused: the rules it breaks and, in the same order, the reasons a person reads."""

    rules: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def add(self, rule: str, reason: str) -> None:
        """One more reason, unless this rule was named already."""
        if rule not in self.rules:
            self.rules.append(rule)
            self.reasons.append(reason)

    def without(self, rules: list[str]) -> "Refusal":
        """The same refusal less some rules."""
        kept = [(rule, reason) for rule, reason in zip(self.rules, self.reasons, strict=True) if rule not in rules]
        return Refusal([rule for rule, _ in kept], [reason for _, reason in kept])


def check_rows(record: type[Record], frame: pl.DataFrame) -> dict[int, Refusal]:
    """The refusals by position in the frame.

    The checks are asked one by one: of a frame in which they fail pandera's `validate` makes a report for people, in
    twice the time of the checks. Raises TypeError when the frame has not exactly the record's columns and types.
    """
    schema, rows = record.to_schema(), frame.lazy()
    if frame.schema != {name: of.dtype.type for name, of in schema.columns.items()}:
        raise TypeError(f"{record.about().name}: rows of {frame.schema} are not of its contract")
    personal = {column.name for column in record.columns() if column.personal}
    refusals: dict[int, Refusal] = defaultdict(Refusal)
    for name, of in sorted(schema.columns.items()):
        if not of.nullable:
            for position in frame[name].is_null().arg_true():
                refusals[position].add(f"{name}:required", f"{name} is missing")
        for check in of.checks:
            broken = _broken(check, rows, name)
            for position, value in zip(broken, frame[name].gather(broken).cast(pl.String), strict=True):
                # Personal data stays in the row itself, which is masked; a reason is read by many.
                shown = MASKED if name in personal else repr(value)
                refusals[position].add(f"{name}:{check.name}", f"{name} is {shown} but must {requirement(check)}")
    for check in schema.checks:
        for position in _broken(check, rows):
            refusals[position].add(str(check.name), str(check.error))
    return dict(refusals)


def _broken(check: pa.Check, rows: pl.LazyFrame, column: str | None = None) -> pl.Series:
    """The positions of the rows that do not pass."""
    passed: pl.LazyFrame = check(rows, column).check_output
    return passed.collect().to_series().not_().arg_true()
