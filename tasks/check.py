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
    """The refusals by position in the frame; the frame holds exactly the record's columns, typed.

    Raises pandera's SchemaDefinitionError when the contract itself is wrong.
    """
    try:
        record.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as broken:
        return _refusals(record, broken.failure_cases)
    return {}


def _refusals(record: type[Record], failures: pl.DataFrame) -> dict[int, Refusal]:
    schema = record.to_schema()
    personal = {column.name for column in record.columns() if column.personal}
    refusals: dict[int, Refusal] = defaultdict(Refusal)
    cases = failures.sort("index", "schema_context", "column", "check_number", nulls_last=False)
    for case in cases.iter_rows(named=True):
        if case["index"] is None:
            raise TypeError(
                f"{record.about().name}: {case['check']} failed for the frame as a whole: {case['failure_case']}"
            )
        if case["schema_context"] == "DataFrameSchema":
            check = schema.checks[case["check_number"]]
            refusals[case["index"]].add(str(check.name), str(check.error))
        elif case["check"] == "not_nullable":
            refusals[case["index"]].add(f"{case['column']}:required", f"{case['column']} is missing")
        else:
            check = schema.columns[case["column"]].checks[case["check_number"]]
            # Personal data stays in the row itself, which is masked; a reason is read by many.
            value = MASKED if case["column"] in personal else repr(case["failure_case"])
            reason = f"{case['column']} is {value} but must {requirement(check)}"
            refusals[case["index"]].add(f"{case['column']}:{check.name}", reason)
    return dict(refusals)
