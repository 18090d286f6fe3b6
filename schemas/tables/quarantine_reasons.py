"""Why rows wait in quarantine."""

from schemas.table import required, table, ties

TABLE = table(
    "compliance.quarantine_reasons",
    "one row is a source, record and rule that refused rows, with one of them as a sample",
    ("source", "record", "rule"),
    required("rows_count", "replayed_count", "sample_batch_id", "sample_row"),
    ties(
        "rows:tied_to_quarantine",
        "every rule that a quarantined row names is here, as often as it is named",
        "select source, record, rule, rows_count + replayed_count as rows_count from {batch}",
        """
        select source, record, rule, count(*) as rows_count
        from (select source, record, unnest(rules) as rule from operations.quarantine)
        group by all""",
    ),
)
