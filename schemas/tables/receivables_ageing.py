"""What customers owe, by age."""

from schemas.table import Table, no_row, required, table, ties

OF_ITS_DAYS = """
    not exists (
        from core.ageing_buckets as buckets
        where
            buckets.bucket = documents.bucket
            and documents.days_overdue between buckets.first_day and coalesce(buckets.last_day, documents.days_overdue)
    )"""
"""A document that is in another bucket than that of its days overdue."""


def ageing(direction: str) -> Table:
    """The contract of the ageing of one direction's documents: `receivable` or `payable`."""
    return table(
        f"finance.{direction}s_ageing",
        f"one row is an open {direction} document on the as-of date",
        ("party_id", "document_id"),
        required("as_of_date", "due_date", "currency_code", "open_amount", "days_overdue", "bucket"),
        no_row(
            "bucket:of_its_days",
            "a document is in the bucket of its days overdue, counted from its due date to the as-of date",
            f"""
        select document_id, due_date, days_overdue, bucket
        from (select * from {{batch}}) as documents
        where days_overdue <> greatest(as_of_date - due_date, 0) or {OF_ITS_DAYS}""",
            column="bucket",
        ),
        no_row(
            "as_of_date:of_publication",
            "every row is told as of the day of the publication",
            "select document_id, as_of_date from {batch} where as_of_date <> (select as_of_date from core.as_of)",
            column="as_of_date",
        ),
        ties(
            "totals:tied_to_record",
            f"what is open comes to the record's {direction} documents less the payments put against them",
            "select currency_code, sum(open_amount) as open_amount from {batch} "
            "group by all having sum(open_amount) <> 0",
            f"""
        select currency_code, sum(amount) as open_amount
        from (
            select currency_code, gross_amount as amount
            from record.invoices cross join core.as_of
            where direction = '{direction}' and document_date <= as_of_date
            union all
            select currency_code, -allocated_amount
            from core.allocations
            where direction = '{direction}'
        )
        group by all
        having sum(amount) <> 0""",
        ),
    )


TABLE = ageing("receivable")
