"""A fingerprint of rows that tells whether anything among them has changed, whatever their order."""

import polars as pl
import pyarrow as pa

SEEDS = (1, 2)
"""Two hashes of 64 bits, of which chance makes no two sums alike."""

ALL_BITS = (1 << 64) - 1


class Fingerprint:
    """Adds up hashes of rows."""

    def __init__(self) -> None:
        self._rows = 0
        self._sums = [0 for _ in SEEDS]

    def add(self, batch: pa.RecordBatch) -> None:
        """Some more rows."""
        frame = pl.DataFrame(pl.from_arrow(batch))
        self._rows += frame.height
        for at, seed in enumerate(SEEDS):
            self._sums[at] = (self._sums[at] + int(frame.hash_rows(seed).sum())) & ALL_BITS

    def __str__(self) -> str:
        return f"{self._rows}:" + ":".join(f"{total:016x}" for total in self._sums)
