"""What every reader gives."""

from itertools import count as count_up

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import UnreadableFile
from tasks.extract.formats.text import (
    FIRST_ROWS,
    ROW,
    ROWS,
    Malformed,
    TextBatch,
    column_names,
    gathered,
    printable,
    without,
)


def batch(first: int, count: int, malformed: int = 0) -> TextBatch:
    numbers = pl.int_range(first, first + count, dtype=pl.Int64, eager=True).alias(ROW)
    rows = [Malformed(first + count + at, "x", "structure:columns", "why") for at in range(malformed)]
    return TextBatch(pl.DataFrame({"a": ["x"] * count, ROW: numbers}, schema_overrides={"a": pl.String}), rows)


def test_a_batch_accounts_for_its_malformed_rows():
    assert batch(1, 3, 2).rows == 5


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 3)), max_size=8))
def test_gathering_keeps_every_row_in_its_order(sizes):
    batches, first = [], 1
    for count, malformed in sizes:
        batches.append(batch(first, count, malformed))
        first += count + malformed
    together = list(gathered(iter(batches)))
    assert [row for one in together for row in one.frame[ROW]] == [row for one in batches for row in one.frame[ROW]]
    assert [row for one in together for row in one.malformed] == [row for one in batches for row in one.malformed]
    wanted = (min(FIRST_ROWS * 2**place, ROWS) for place in count_up())
    assert all(least <= one.rows < least + 60_003 for least, one in zip(wanted, together[:-1], strict=False))


def test_names_are_trimmed_numbered_and_kept_apart():
    assert column_names([" a ", "", None, "_row", "A"]) == ["a", "column_2", "column_3", "_row_of_source", "A"]
    for names in (["a", "b", "a "], ["", "column_1"], ["_row", "_row_of_source"]):
        with pytest.raises(UnreadableFile, match="more than once"):
            column_names(names)


def test_rows_are_left_out_by_their_numbers():
    assert without(batch(1, 3).frame, [2, 9])[ROW].to_list() == [1, 3]
    assert without(batch(1, 3).frame, []).height == 3


@given(st.binary())
def test_bytes_become_text_that_can_be_stored(raw):
    assert printable(raw).encode().isascii() or raw
    assert printable(b"\xffz") == r"\xffz"
