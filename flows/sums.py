"""The rows of many loads in a few lines: by source and record, where they came from and where they ended."""

from collections import defaultdict
from collections.abc import Iterable

from tasks.ingest import Ingestion

SUM_COLUMNS = ("source", "record", "files", "extracted", "= accepted", "+ unchanged", "+ quarantined", "+ out of scope")


def sums_by_record(ingestions: Iterable[Ingestion]) -> dict[tuple[str, str], list[int]]:
    """By source and record: loads, rows extracted, and the four places where a row can end."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 6)
    for load in (load for ingestion in ingestions for load in ingestion.loads):
        ended = (load.rows_accepted, load.rows_unchanged, load.rows_quarantined, load.rows_out_of_scope)
        before = sums[load.source, load.record]
        sums[load.source, load.record] = [a + b for a, b in zip(before, (1, load.rows_extracted, *ended), strict=True)]
    return sums
