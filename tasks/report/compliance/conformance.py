"""How well each source keeps the contracts of its records, rule by rule."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table, shortened
from tasks.report.wording import count, plural

RULES_SHOWN = 25


def conformance(figures: Figures, _: Publication) -> Section:
    """Contract conformance by source and rule."""
    trail = ("compliance.contract_conformance", "operations.rules")
    rules, broken = figures.row(
        "select count(*), count(*) filter (where rows_refused > 0) from compliance.contract_conformance"
    )
    if not rules:
        return Section("conformance", "Contracts", "No rows have been held to a contract yet.", trail, is_empty=True)
    lead = (
        f"{plural(rules, 'rule')} of the sources' contracts: {count(rules - broken)} are kept by every row, "
        f"{plural(broken, 'has', 'have')} refused rows. A row that breaks two rules counts under both."
    )
    return Section("conformance", "Contracts", lead, trail, tables=(record_table(figures), rule_table(figures)))


def record_table(figures: Figures) -> Table:
    """Each source's records."""
    rows = figures.rows(
        """
        select
            source,
            record,
            max(rows_checked) as rows_checked,
            count(*) as rules_count,
            count(*) filter (where rows_refused > 0) as broken_count,
            min(conformance_pct) as lowest_pct,
        from compliance.contract_conformance
        group by source, record
        order by source, record
        """
    )
    columns = (
        Column("Source", "code"),
        Column("Record", "words"),
        Column("Rows checked", "count"),
        Column("Rules", "count"),
        Column("With refusals", "count"),
        Column("Lowest conformance", "fine_percent"),
    )
    return Table("Contracts by source and record", columns, tuple(rows))


def rule_table(figures: Figures) -> Table:
    """The rules that refused rows, the busiest first."""
    rows = figures.rows(
        """
        select source, record, sentence, rows_checked, rows_refused, conformance_pct
        from compliance.contract_conformance
        where rows_refused > 0
        order by rows_refused desc, source, record, rule
        """
    )
    columns = (
        Column("Source", "code"),
        Column("Record", "words"),
        Column("Rule", "text"),
        Column("Checked", "count"),
        Column("Refused", "count", has_bar=True),
        Column("Conformance", "fine_percent"),
    )
    kept, note = shortened(rows, RULES_SHOWN)
    return Table("Rules that refused rows", columns, kept, note=note or "Every other rule is kept by all rows.")
