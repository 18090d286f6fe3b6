"""In what deliveries differed from those before them."""

from schemas.table import no_row, one_of, required, table

TABLE = table(
    "compliance.drift",
    "one row is something in which a delivery differs from those of its source before it",
    ("batch_id", "subject", "change"),
    required("source", "file_name", "severity", "sentence", "is_loaded", "is_latest"),
    one_of("change", ["added", "missing", "retyped", "emptied", "fill rate", "new values", "volume"]),
    one_of("severity", ["warn", "stop", "accepted"]),
    no_row(
        "stop:kept",
        "nothing of a delivery that was stopped is in the record",
        """
        select source, batch_id, subject, change
        from {batch}
        where severity = 'stop' and (is_loaded or batch_id in (select batch_id from operations.loads))""",
    ),
)
