"""By which days overdue open documents are told."""

from schemas.table import no_row, required, row_count, table

TABLE = table(
    "core.ageing_buckets",
    "one row is a bucket of days overdue",
    ("bucket_no",),
    required("bucket", "first_day"),
    row_count(3),
    no_row(
        "days:in_one_bucket",
        "the buckets follow each other without a gap, and the last has no end",
        """
        select bucket_no, first_day, last_day
        from {batch}
        qualify last_day + 1 is distinct from lead(first_day) over (order by bucket_no)""",
    ),
)
