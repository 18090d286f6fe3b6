"""Days on which a source should have sent documents."""

from schemas.table import no_row, required, table

TABLE = table(
    "compliance.missing_days",
    "one row is a day without documents, of a weekday on which the source usually has some",
    ("source", "record", "missing_date"),
    required("weekday"),
    no_row(
        "missing_date:missing",
        "a day that is called missing has no documents, and is not after the as-of date",
        """
        select source, record, missing_date
        from {batch}
        where
            missing_date > (select as_of_date from core.as_of)
            or (source, record, missing_date) in (select (source, record, document_date) from core.document_days)""",
        column="missing_date",
    ),
)
