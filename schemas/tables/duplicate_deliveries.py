"""Files that were delivered again."""

from schemas.table import required, table, ties

TABLE = table(
    "compliance.duplicate_deliveries",
    "one row is a file name under which a source delivered what it had delivered before",
    ("source", "file_name", "file"),
    required("bytes", "deliveries_count"),
    ties(
        "deliveries:tied",
        "every delivery that was recorded as a duplicate is here",
        "select source, sum(deliveries_count) as deliveries_count from {batch} group by all",
        """
        select source, count(*) as deliveries_count
        from operations.deliveries
        where status = 'duplicate'
        group by all""",
    ),
)
