"""What parties owe and are owed, by age."""

from schemas.table import one_of, required, table, ties, within

TABLE = table(
    "finance.ageing_by_party",
    "one row is a party and bucket of days overdue, in one currency",
    ("direction", "party_id", "currency_code", "bucket_no"),
    required("as_of_date", "bucket", "documents_count", "open_amount", "oldest_due_date"),
    one_of("direction", ["receivable", "payable"]),
    within("documents_count", lowest=1),
    ties(
        "totals:tied_to_documents",
        "what is open by party is what is open by document",
        "select direction, currency_code, bucket, sum(documents_count) as documents_count, "
        "sum(open_amount) as open_amount from {batch} group by all",
        """
        select direction, currency_code, bucket, count(*) as documents_count, sum(open_amount) as open_amount
        from core.open_documents
        group by all""",
    ),
)
