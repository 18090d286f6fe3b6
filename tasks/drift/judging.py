"""Judging a delivery: every kind of drift is a rule, and the lists of them are the table of contents."""

from collections.abc import Callable, Iterable

from tasks.drift.columns import columns_added, columns_missing, columns_needed, columns_retyped
from tasks.drift.comparison import Comparison
from tasks.drift.contents import fill_rates_moved, values_never_seen
from tasks.drift.finding import DriftStopped, Finding
from tasks.drift.volume import volume_out_of_range

Rule = Callable[[Comparison], list[Finding]]
"""Looks at a delivery and those before it, and says in what it differs."""

OF_THE_HEADER: tuple[Rule, ...] = (columns_needed, columns_added, columns_missing)
"""What is seen before a row is read; of a file whose rows name their own columns only afterwards."""

OF_THE_ROWS: tuple[Rule, ...] = (columns_retyped, fill_rates_moved, values_never_seen, volume_out_of_range)
"""What is seen when all rows are read."""


def judge(comparison: Comparison, rules: Iterable[Rule]) -> list[Finding]:
    """In what a delivery differs from those before it.

    Raises DriftStopped when one of the differences stops the load.
    """
    findings = [finding for rule in rules for finding in rule(comparison)]
    if any(finding.severity == "stop" for finding in findings):
        raise DriftStopped(findings)
    return findings
