"""How far each source keeps each rule."""

from schemas.table import no_row, required, table, ties, within

TABLE = table(
    "compliance.contract_conformance",
    "one row is a source, record and rule of its contract",
    ("source", "record", "rule"),
    required("sentence", "rows_checked", "rows_refused"),
    within("conformance_pct", lowest=0, highest=100),
    no_row(
        "rows_refused:at_most_checked",
        "no rule refused more rows than were held to it",
        "select source, record, rule, rows_checked, rows_refused from {batch} where rows_refused > rows_checked",
        column="rows_refused",
    ),
    ties(
        "rows_refused:tied_to_quarantine",
        "the rows refused are those that wait in quarantine, rule by rule",
        "select source, record, rule, rows_refused from {batch} where rows_refused <> 0",
        """
        select source, record, rule, count(distinct (batch_id, row)) as rows_refused
        from (
            select source, record, unnest(rules) as rule, batch_id, row
            from operations.quarantine
            where status = 'open'
        )
        group by all""",
    ),
)
