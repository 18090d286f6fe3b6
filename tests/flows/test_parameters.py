"""Which day a run is about."""

from datetime import UTC, date, datetime

import pytest

from flows.parameters import When, as_of_day

MORNING = datetime(2025, 3, 1, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "day"),
    [("today", date(2025, 3, 1)), ("yesterday", date(2025, 2, 28)), ("last month end", date(2025, 2, 28))],
)
def test_a_run_without_a_date_is_about_the_day_it_was_due(when: When, day: date):
    assert as_of_day(None, when, MORNING) == day


def test_a_date_that_was_asked_for_wins():
    assert as_of_day(date(2020, 2, 29), "yesterday", MORNING) == date(2020, 2, 29)


def test_the_day_ends_at_midnight_by_the_company_s_clock():
    late = datetime(2025, 7, 1, 23, 30, tzinfo=UTC)
    assert as_of_day(None, "today", late) == date(2025, 7, 2)
