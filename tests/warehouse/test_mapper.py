"""The engine that maps rows of text, in a database of its own."""

from pathlib import Path

import polars as pl
import pytest

from warehouse.mapper import STAGED_BATCH, Mapper, MappingFailed


@pytest.fixture
def mapper(tmp_path: Path):
    opened = Mapper(tmp_path)
    yield opened
    opened.close()


def rows(count: int):
    return pl.DataFrame({"a": [str(row) for row in range(count)], "_row": range(1, count + 1)}).to_arrow()


@pytest.mark.parametrize(
    ("sql", "given"),
    [
        ("a", "VARCHAR"),
        ("_row", "BIGINT"),
        ("cast(a as decimal(18, 4))", "DECIMAL(18, 4)"),
        ("cast(a as timestamptz)", "TIMESTAMPTZ"),
        ("a = 'x'", "BOOLEAN"),
        ("sqrt(2)", "DOUBLE"),
    ],
)
def test_the_type_of_an_expression(mapper, sql, given):
    assert mapper.type_of(sql, "source_rows", ["a"]) == given


@pytest.mark.parametrize("sql", ["b", "a +", "nothing(a)", "a * a"])
def test_what_cannot_be_evaluated_is_told_as_a_sentence(mapper, sql):
    with pytest.raises(ValueError, match="Error: "):
        mapper.type_of(sql, "source_rows", ["a"])


def test_rows_come_out_as_they_went_in(mapper):
    mapped = mapper.map(rows(50_000), "select _row, a from source_rows")
    assert mapped["_row"].to_pylist() == list(range(1, 50_001))


def test_a_row_that_fails_fails_the_batch_and_leaves_the_next_alone(mapper):
    with pytest.raises(MappingFailed, match="Could not convert"):
        mapper.map(pl.DataFrame({"a": ["x"], "_row": [1]}).to_arrow(), "select cast(a as integer) from source_rows")
    assert mapper.map(rows(1), "select cast(a as integer) as a from source_rows")["a"].to_pylist() == [0]


def test_a_staged_file_is_seen_whole_and_can_be_asked_while_it_is_read(mapper):
    mapper.stage(iter([rows(STAGED_BATCH), rows(1)]))
    seen = 0
    for batch in mapper.staged("select _row, count(*) over () as n from source_rows order by _row"):
        assert set(batch["n"].to_pylist()) == {STAGED_BATCH + 1}
        (asked,) = list(mapper.staged("select a from source_rows where _row = 7"))
        assert asked["a"].to_pylist() == ["6"]
        seen += batch.num_rows
    assert seen == STAGED_BATCH + 1
    mapper.unstage()
    mapper.stage(iter([rows(2)]))
    assert sum(batch.num_rows for batch in mapper.staged("select * from source_rows")) == 2


def test_a_staged_mapping_that_fails_is_told(mapper):
    mapper.stage(iter([rows(3)]))
    with pytest.raises(MappingFailed):
        list(mapper.staged("select cast('x' || a as integer) from source_rows"))
