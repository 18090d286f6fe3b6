"""What customers complained about."""

from schemas.table import no_row, one_of, required, table, ties, within

TABLE = table(
    "service.complaints",
    "one row is a month, origin and category of complaints",
    ("month", "origin", "category"),
    required("complaints_count", "customers_count"),
    one_of("origin", ["tickets", "interactions"]),
    within("complaints_count", lowest=1),
    within("resolution_hours", lowest=0),
    no_row(
        "counts:add_up",
        "neither resolved complaints nor customers are more than the complaints",
        """
        select month, origin, category
        from {batch}
        where greatest(resolved_count, customers_count) > complaints_count""",
    ),
    ties(
        "complaints:tied_to_record",
        "the complaints are as many as the record holds",
        "select origin, sum(complaints_count) as complaints_count from {batch} group by all",
        """
        select 'tickets' as origin, count(*) as complaints_count
        from record.tickets cross join core.as_of
        where desk = 'complaints' and cast(opened_at as date) <= as_of_date
        having count(*) > 0
        union all
        select 'interactions' as origin, count(*) as complaints_count
        from record.interactions cross join core.as_of
        where is_complaint and cast(started_at as date) <= as_of_date
        having count(*) > 0""",
    ),
)
