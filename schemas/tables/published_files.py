"""The files that the publication is made of."""

from schemas.table import required, table, ties

TABLE = table(
    "compliance.published_files",
    "one row is a batch, the reading of one delivered file, with what became of its rows",
    ("batch_id",),
    required("source", "file_name", "file", "status"),
    ties(
        "batches:tied",
        "every batch is here, with what the operations' own book says of its rows",
        """
        select batch_id, status, rows_accepted, rows_unchanged, rows_quarantined, rows_out_of_scope
        from {batch}""",
        """
        select
            batches.batch_id, batches.status,
            coalesce(sum(loads.rows_accepted), 0), coalesce(sum(loads.rows_unchanged), 0),
            coalesce(sum(loads.rows_quarantined), 0), coalesce(sum(loads.rows_out_of_scope), 0)
        from operations.batches as batches
        left join operations.loads as loads using (batch_id)
        group by all""",
    ),
)
