"""What customers owe, by age."""

from schemas.table import Table, no_row, one_of, required, table, ties

BUCKETS = ("not due", "1-30", "31-60", "61-90", "over 90")
"""How long a document is overdue, in days."""


def ageing(direction: str) -> Table:
    """The contract of the ageing of one direction's documents: `receivable` or `payable`."""
    return table(
        f"finance.{direction}s_ageing",
        f"one row is an open {direction} document on the as-of date",
        ("party_id", "document_id"),
        required("as_of_date", "due_date", "currency_code", "open_amount", "days_overdue"),
        one_of("bucket", BUCKETS),
        no_row(
            "bucket:of_its_days",
            "a document is in the bucket of its days overdue, counted from its due date to the as-of date",
            """
        select document_id, due_date, days_overdue, bucket
        from {batch}
        where
            days_overdue <> greatest(as_of_date - due_date, 0)
            or bucket <> case
                when days_overdue = 0 then 'not due'
                when days_overdue <= 30 then '1-30'
                when days_overdue <= 60 then '31-60'
                when days_overdue <= 90 then '61-90'
                else 'over 90'
            end""",
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
