"""The operations' book of refused rows."""

from schemas.table import no_row, one_of, required, table

TABLE = table(
    "operations.quarantine",
    "one row is a row that was refused, with every reason",
    ("batch_id", "record", "row"),
    required("source", "file", "rules", "reasons", "raw", "status"),
    one_of("status", ["open", "replayed"]),
    no_row(
        "reasons:given",
        "every refused row names at least one rule, and a reason for each",
        """
        select batch_id, record, row
        from {batch}
        where len(rules) = 0 or len(rules) <> len(reasons)""",
        column="reasons",
    ),
    no_row(
        "file:landed",
        "every refused row can be found in the file that it came from",
        """
        select batch_id, record, row
        from {batch}
        where (batch_id, file) not in (select (batch_id, file) from operations.batches)""",
        column="file",
    ),
    # A quarter of a year: what nobody mended by then will not be mended, and the books of its month are closed.
    no_row(
        "open:not_old",
        "no row waits in quarantine for longer than 90 days",
        """
        select quarantine.batch_id, count(*) as rows_waiting
        from {batch} as quarantine
        inner join operations.batches as batches using (batch_id)
        cross join core.as_of
        where quarantine.status = 'open' and cast(batches.recorded_at as date) + 90 < as_of.as_of_date
        group by all""",
        "warn",
    ),
)
