"""The operations' book of loads: nothing is lost."""

from schemas.table import no_row, required, table, ties

TABLE = table(
    "operations.loads",
    "one row is what became of the rows of a batch for one record",
    ("batch_id", "record"),
    required(
        "source",
        "file",
        "rows_extracted",
        "rows_accepted",
        "rows_unchanged",
        "rows_quarantined",
        "rows_out_of_scope",
        "loaded_at",
    ),
    no_row(
        "identity",
        "rows extracted = accepted + unchanged + quarantined + out of scope",
        """
        select batch_id, record, rows_extracted, rows_accepted, rows_unchanged, rows_quarantined, rows_out_of_scope
        from {batch}
        where rows_extracted <> rows_accepted + rows_unchanged + rows_quarantined + rows_out_of_scope""",
    ),
    no_row(
        "counts:not_negative",
        "no count of rows is negative",
        """
        select batch_id, record
        from {batch}
        where least(rows_extracted, rows_accepted, rows_unchanged, rows_quarantined, rows_out_of_scope) < 0""",
    ),
    ties(
        "quarantine:tied",
        "the rows that a load quarantined are in operations.quarantine",
        "select batch_id, record, rows_quarantined as rows_count from {batch} where rows_quarantined <> 0",
        "select batch_id, record, count(*) as rows_count from operations.quarantine group by all",
    ),
    ties(
        "out_of_scope:tied",
        "the rows that a load left out are in operations.out_of_scope, each under its rule",
        "select batch_id, record, rows_out_of_scope as rows_count from {batch} where rows_out_of_scope <> 0",
        """
        select batch_id, record, sum(rows) as rows_count
        from operations.out_of_scope
        group by all
        having sum(rows) <> 0""",
    ),
    no_row(
        "batch_id:known",
        "every load belongs to a batch that was loaded",
        """
        select batch_id, record
        from {batch}
        where batch_id not in (select batch_id from operations.batches where status = 'loaded')""",
        column="batch_id",
    ),
    # One row in twenty: typing errors stay well below it, a changed export soon passes it. A file of fewer than twenty
    # rows passes it with a single error and is left alone.
    no_row(
        "quarantine:rare",
        "no load of twenty rows or more put over a twentieth of them in quarantine",
        """
        select batch_id, record, rows_quarantined, rows_extracted
        from {batch}
        where rows_extracted >= 20 and rows_quarantined * 20 > rows_extracted""",
        "warn",
    ),
)
