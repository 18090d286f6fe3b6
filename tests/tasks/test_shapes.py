"""How texts are written, value by value and column by column."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.shapes import SHAPES, TEXT, count_shapes, shape_of, shape_of_column


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("12", "whole number"),
        ("-12.50", "number with a point"),
        (".5", "number with a point"),
        ("1,5", "number with a comma"),
        ("1.234,50", "number with a comma"),
        ("1 234,50", "number with a comma"),
        ("1,234.50", "number with commas between thousands"),
        ("2025-12-31", "day as 2025-12-31"),
        ("31.12.2025", "day as 31.12.2025"),
        ("1/2/25", "day as 31/12/2025"),
        ("31-Dec-2025", "day with the name of its month"),
        ("3 mars 2025", "day with the name of its month"),
        ("2025-12-31T23:59:00Z", "moment as 2025-12-31 23:59"),
        ("31/12/2025 23:59", "moment as 31/12/2025 23:59"),
        ("ja", "yes or no"),
        ("ada@example.org", "mail address"),
        ('{"a": 1}', "JSON"),
        ("mug", TEXT),
        ("", TEXT),
        ("1,2,3", TEXT),
    ],
)
def test_a_value_is_written_in_one_way(text: str, shape: str):
    assert shape_of(text) == shape


@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=20))
@settings(deadline=None, max_examples=30)
def test_numbers_are_told_by_their_mark(numbers: list[Decimal]):
    assert shape_of_column(count_shapes(map(str, numbers))) == "number with a point"
    with_commas = [str(number).replace(".", ",") for number in numbers]
    assert shape_of_column(count_shapes(with_commas)) == "number with a comma"


@given(st.lists(st.dates(), min_size=1, max_size=20))
@settings(deadline=None, max_examples=30)
def test_days_are_told_by_their_order(days: list[date]):
    assert shape_of_column(count_shapes(f"{day:%d.%m.}{day.year:04}" for day in days)) == "day as 31.12.2025"


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=200)
def test_any_text_has_a_shape(text: str):
    assert shape_of(text) in {*SHAPES, TEXT}


def test_a_column_has_the_shape_of_nearly_all_of_its_values():
    assert shape_of_column(Counter({"day as 2025-12-31": 9, TEXT: 1})) == "day as 2025-12-31"
    assert shape_of_column(Counter({"day as 2025-12-31": 8, TEXT: 2})) == TEXT
    assert shape_of_column(Counter({"whole number": 8, "number with a point": 2})) == "number with a point"
    assert shape_of_column(Counter()) is None
