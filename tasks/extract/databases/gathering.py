"""Rows of a driver that gives them one by one, gathered into Arrow batches of a bounded size."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa

ROWS_AT_A_TIME = 500
"""Few enough that rows of a mebibyte each do not fill the memory."""

BATCH_ROWS = 50_000
BATCH_BYTES = 32 << 20
"""A batch is full at this many rows, or about this many bytes."""


def gathered(
    fetch: Callable[[int], Sequence[Sequence[Any]]], as_batch: Callable[[Sequence[Sequence[Any]]], pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Fetch rows until there are none, and give them in batches; the first one may be empty."""
    waiting = [as_batch(fetch(ROWS_AT_A_TIME))]
    while rows := fetch(ROWS_AT_A_TIME):
        waiting.append(as_batch(rows))
        if sum(batch.num_rows for batch in waiting) >= BATCH_ROWS or sum(b.nbytes for b in waiting) >= BATCH_BYTES:
            yield _together(waiting)
            waiting = []
    if waiting:
        yield _together(waiting)


def _together(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    return pa.concat_batches(batches)
