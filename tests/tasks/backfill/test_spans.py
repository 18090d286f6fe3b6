"""A range of days in pieces: they cover it, once, and what was loaded in other pieces counts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.backfill.spans import By, Span, cut, is_covered

days = st.dates(date(2020, 1, 1), date(2029, 12, 31))


@given(days, st.integers(0, 400), st.sampled_from(["day", "week", "month"]))
@settings(deadline=None, max_examples=50)
def test_the_pieces_are_the_range_each_day_once(first: date, length: int, by: By):
    whole = Span(first, first + timedelta(length))
    pieces = list(cut(whole, by))
    assert [day for piece in pieces for day in piece.days] == whole.days
    assert is_covered(whole, [(piece.first, piece.last) for piece in reversed(pieces)])
    if len(pieces) > 1:
        assert not is_covered(whole, [(piece.first, piece.last) for piece in pieces[1:]])


def test_a_month_is_a_month_of_the_calendar_and_a_week_begins_on_monday():
    whole = Span(date(2024, 1, 31), date(2024, 3, 2))
    assert [str(piece) for piece in cut(whole, "month")] == [
        "2024-01-31",
        "2024-02-01 to 2024-02-29",
        "2024-03-01 to 2024-03-02",
    ]
    assert [piece.first.weekday() for piece in cut(whole, "week")][1:] == [0] * 4


def test_only_days_that_are_over_everywhere_are_over():
    june = Span(date(2025, 6, 1), date(2025, 6, 30))
    assert june.over(datetime(2025, 7, 9, tzinfo=UTC)) == june
    assert june.over(datetime(2025, 7, 1, 12, tzinfo=UTC)) == june
    assert june.over(datetime(2025, 7, 1, 11, tzinfo=UTC)) == Span(date(2025, 6, 1), date(2025, 6, 29))
    assert june.over(datetime(2025, 6, 1, 23, tzinfo=UTC)) is None


def test_a_connector_is_told_the_first_day_after_the_range():
    window = Span(date(2024, 2, 1), date(2024, 2, 29)).window
    assert (window.first, window.last) == ("2024-02-01", "2024-03-01")


@pytest.mark.parametrize(
    ("loaded", "covered"),
    [
        ([(date(2024, 1, 1), date(2024, 12, 31))], True),
        ([(date(2024, 2, 10), date(2024, 2, 29)), (date(2024, 1, 20), date(2024, 2, 9))], True),
        ([(date(2024, 2, 1), date(2024, 2, 10)), (date(2024, 2, 12), date(2024, 2, 29))], False),
        ([], False),
    ],
)
def test_what_was_loaded_in_other_pieces_is_there(loaded: list[tuple[date, date]], covered: bool):
    assert is_covered(Span(date(2024, 2, 1), date(2024, 2, 29)), loaded) is covered
