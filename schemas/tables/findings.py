"""What a person should look at."""

from schemas.table import one_of, required, table, within

TABLE = table(
    "compliance.findings",
    "one row is something about the record that a person should look at",
    ("subject", "source", "finding"),
    required("severity", "findings_count"),
    one_of("severity", ["warn", "info"]),
    within("findings_count", lowest=1),
)
