"""The operations' book of files read."""

from schemas.table import no_row, one_of, required, row_count, table

TABLE = table(
    "operations.batches",
    "one row is a file that was read, or could not be",
    ("batch_id",),
    required("batch_no", "source", "file", "file_name", "status", "recorded_at"),
    # A list of keys is compared with what is recorded; its rows are loaded nowhere.
    one_of("status", ["loaded", "refused", "compared"]),
    # A first run whose sources are all absent has nothing to show, and that is worth a word, not a stop.
    row_count(1, severity="warn"),
    no_row(
        "batch_no:unique",
        "batch_no stands only once: the record's rows are tied to their file by it",
        "select batch_no from {batch} group by batch_no having count(*) > 1",
        column="batch_no",
    ),
    no_row(
        "reason:given",
        "a file is refused for a reason, and for none when it is loaded",
        "select batch_id, status from {batch} where (status = 'refused') <> (reason is not null)",
        column="reason",
    ),
    no_row(
        "loads:follow",
        "a file that was loaded has its loads, one that was refused has none",
        """
        select batch_id, status
        from {batch}
        where (status = 'loaded') <> (batch_id in (select batch_id from operations.loads))""",
    ),
    no_row(
        "delivery:known",
        "every file read was delivered",
        "select batch_id from {batch} where file not in (select file from operations.deliveries)",
    ),
)
