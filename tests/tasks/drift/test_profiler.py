"""Profiling: what the columns of a file look like, whatever its batches are."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.drift.profiler import FEW, Profiler
from tasks.extract.formats.text import ROW, TextBatch, TextFile


def profiled(*frames: pl.DataFrame, header: tuple[str, ...] = ("way",), coded: tuple[str, ...] = ("way",)) -> Profiler:
    profiler = Profiler(header, coded)
    watched = profiler.watching(TextFile(list(header), iter([TextBatch(frame) for frame in frames])))
    assert [batch.frame.height for batch in watched.batches] == [frame.height for frame in frames]
    return profiler


def rows(*values: str | None) -> pl.DataFrame:
    return pl.DataFrame({"way": pl.Series(values, dtype=pl.String), ROW: range(1, len(values) + 1)})


@given(st.lists(st.one_of(st.none(), st.sampled_from(["card", "cash"])), max_size=50), st.integers(1, 20))
@settings(deadline=None, max_examples=30)
def test_what_is_filled_is_counted_across_batches(values: list[str | None], size: int):
    frames = [rows(*values[at : at + size]) for at in range(0, len(values), size)]
    way = profiled(*frames).columns()["way"]
    assert (way.rows, way.filled) == (len(values), sum(value is not None for value in values))
    assert way.values == tuple(sorted({value for value in values if value is not None}))


def test_a_column_of_many_words_is_no_list():
    assert profiled(rows(*map(str, range(FEW)))).columns()["way"].values is not None
    assert profiled(rows(*map(str, range(FEW + 1)))).columns()["way"].values is None
    assert profiled(rows("x" * 100)).columns()["way"].values is None


def test_words_are_kept_of_coded_columns_only():
    assert profiled(rows("card"), coded=()).columns()["way"].values is None


def test_a_column_that_only_some_rows_name_is_profiled_over_all_of_them():
    other = pl.DataFrame({"tip": ["1"], ROW: [3]})
    columns = profiled(rows("card", "cash"), other, coded=("way",)).columns()
    assert (columns["way"].rows, columns["way"].filled) == (3, 2)
    assert (columns["tip"].rows, columns["tip"].filled) == (3, 1)


def test_a_file_of_no_rows_has_its_header():
    assert profiled().columns()["way"].rows == 0
