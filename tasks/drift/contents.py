"""Columns whose contents are another: filled more or less than usual, or with words that nobody has seen before."""

from statistics import median

from tasks.drift.comparison import DEVIATION, Comparison, deliveries, listed, percent
from tasks.drift.finding import Finding
from tasks.source.drift import FillRate
from warehouse.profiles import ColumnProfile

SURE = 4.0
"""Standard deviations beyond which a share did not move by chance: once in some ten thousand columns."""

SETTLED = 5
"""Deliveries that must have come before it can be told how far a share moves, or whether a list has settled."""


def fill_rates_moved(one: Comparison) -> list[Finding]:
    """Columns that are filled much more or less than usual and than last, or less than the source's file asks for."""
    rules = one.source.drift.fill_rate
    findings: list[Finding] = []
    for name, column in one.delivered.columns.items():
        least = rules.least.get(name)
        if not column.rows:
            continue
        if least is not None and column.fill_rate < least:
            findings += one.finding(
                rules.on, name, "fill rate",
                f"has the column {name!r} filled in {percent(column.fill_rate)} of {column.rows:,} rows, and at least "
                f"{percent(least)} must be; ask {one.source.owner} what became of it",
                usual=f"at least {percent(least)}", found=percent(column.fill_rate),
            )  # fmt: skip
            continue
        findings += _moved(one, rules, name, column)
    return findings


def _moved(one: Comparison, rules: FillRate, name: str, column: ColumnProfile) -> list[Finding]:
    had = one.had(name)
    if not had:
        return []
    usual, now, last = median(past.fill_rate for past in had), column.fill_rate, had[-1].fill_rate
    is_emptied = not column.filled
    spread = SURE * DEVIATION * median(abs(past.fill_rate - usual) for past in had)
    if not is_emptied and (len(had) < SETTLED or abs(now - usual) <= spread):
        # What goes up and down by itself has not moved; of a few deliveries nobody can say how far it does.
        return []
    if not (_is_other(usual, now, column.rows, rules.moved_by) and _is_other(last, now, column.rows, rules.moved_by)):
        return []
    return one.finding(
        rules.on, name, "emptied" if is_emptied else "fill rate",
        f"has the column {name!r} "
        + (f"empty in all {column.rows:,} rows" if is_emptied else f"filled in {percent(now)} of {column.rows:,} rows")
        + f", in {deliveries(len(had))} {percent(usual)} were filled; ask {one.source.owner} what became of it",
        usual=percent(usual), found=percent(now),
    )  # fmt: skip


def _is_other(usual: float, now: float, rows: int, moved_by: float) -> bool:
    """Whether a share is another one than it was: by much, or by vanishing, and not by chance."""
    chance = SURE * (usual * (1 - usual) / rows) ** 0.5
    # Of a column that is always filled one row without it is a wrong row, two are no change of the column either.
    is_sure = abs(now - usual) > max(chance, 2 / rows)
    return is_sure and (abs(now - usual) > moved_by or (now == 0 and usual > 0))


def values_never_seen(one: Comparison) -> list[Finding]:
    """Words in coded columns that no delivery before held, once the list of them has settled."""
    rules = one.source.drift.new_values
    findings: list[Finding] = []
    for name, column in one.delivered.columns.items():
        if column.values is None:
            continue
        past = [profile.values for profile in one.had(name)]
        listed_before = [set(values) for values in past if values is not None]
        if len(listed_before) < len(past) or not _is_settled(listed_before, is_named=rules.columns is not None):
            continue
        known = set().union(*listed_before)
        new = sorted(set(column.values) - known)
        if new:
            findings += one.finding(
                rules.on, name, "new values",
                f"has {listed([repr(word) for word in new])} in the column {name!r}, which {deliveries(len(past))} "
                f"never held ({listed(sorted(known))}); say what it means in sources/{one.source.source}.yml, "
                f"or ask {one.source.owner}",
                usual=listed(sorted(known)), found=listed(new),
            )  # fmt: skip
    return findings


def _is_settled(before: list[set[str]], *, is_named: bool) -> bool:
    """Whether the later half of the deliveries held only words of the earlier half; a list that was named need not."""
    if is_named or len(before) < SETTLED:
        return is_named and bool(before)
    half = (len(before) + 1) // 2
    return set().union(*before[half:]) <= set().union(*before[:half])
