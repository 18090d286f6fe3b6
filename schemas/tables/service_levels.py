"""How fast and how well cases were served."""

from schemas.table import no_row, one_of, required, table, ties, within

TABLE = table(
    "service.service_levels",
    "one row is a desk and the month in which its cases were opened",
    ("desk", "month"),
    required("tickets_count", "open_count", "resolved_count", "reopened_count", "sla_met_count", "sla_missed_count"),
    one_of("desk", ["customer_service", "complaints", "it"]),
    within("tickets_count", lowest=1),
    within("first_response_hours", lowest=0),
    within("resolution_hours", lowest=0),
    within("sla_met_pct", lowest=0, highest=100),
    no_row(
        "counts:add_up",
        "every case is open or resolved, and none is counted twice",
        """
        select desk, month
        from {batch}
        where
            tickets_count <> open_count + resolved_count
            or tickets_count < greatest(reopened_count, sla_met_count + sla_missed_count)""",
    ),
    ties(
        "cases:tied_to_record",
        "the cases of a desk are as many as the record holds",
        "select desk, sum(tickets_count) as tickets_count from {batch} group by all",
        """
        select desk, count(*) as tickets_count
        from record.tickets cross join core.as_of
        where cast(opened_at as date) <= as_of_date
        group by all""",
    ),
)
