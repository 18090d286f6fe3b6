"""Charts: drawn from the figures, alike on every machine, in the page's own colours."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from tasks.report.charts import LABELLED_MONTHS, bars_by_month, drawn, line_by_day, month_labels


def months(count: int) -> list[date]:
    return [date(2020 + place // 12, 1 + place % 12, 1) for place in range(count)]


@pytest.mark.parametrize("count", [1, 2, 9, 10, 24, 36, 48, 120, 600])
def test_labels_are_few_and_there_is_always_one(count: int):
    labels = month_labels(months(count))
    assert 1 <= len(labels) <= LABELLED_MONTHS


def test_a_january_is_named_by_its_year():
    assert list(month_labels(months(24)).values()) == ["2020", "Apr", "Jul", "Oct", "2021", "Apr", "Jul", "Oct"]


def test_without_a_january_the_first_month_says_the_year():
    assert list(month_labels([date(2020, 4, 1), date(2020, 5, 1)]).values()) == ["Apr 2020", "May"]
    assert list(month_labels([date(2020, 5, 1)]).values()) == ["May 2020"]


def test_bars_below_zero_hang_under_the_line_and_every_bar_is_there():
    series = {"sold": dict.fromkeys(months(6), Decimal(10)), "returned": dict.fromkeys(months(6), Decimal(-4))}
    chart = bars_by_month("Title", "Alt", series)
    bars = re.findall(r'<path d="(M[^"]+)" fill="var\(--series-(\d)\)"', chart.svg)
    assert sorted(number for _, number in bars) == ["1"] * 6 + ["2"] * 6
    assert [meaning for _, meaning in chart.legend] == ["sold", "returned"]


def test_a_month_without_figures_leaves_its_place_empty():
    chart = bars_by_month("Title", "Alt", {"rows": {date(2024, 1, 1): 3, date(2024, 4, 1): 5}})
    places = [float(place) for place in re.findall(r'<path d="M([\d.]+),', chart.svg)]
    assert len(places) == 2
    assert abs(places[0] - places[1]) > 200
    assert [label for label in ("2024", "Feb", "Mar", "Apr") if f">{label}<" in chart.svg] == [
        "2024",
        "Feb",
        "Mar",
        "Apr",
    ]


def test_a_chart_shows_two_years_up_to_the_last_month():
    rows = [(date(2011, 6, 1), 1), (date(2024, 1, 1), 2), (date(2025, 12, 1), 3)]
    assert drawn(rows) == rows[1:]


def test_a_line_is_drawn_over_its_whole_year():
    values = [(date(2024, 3, day), Decimal(day)) for day in range(1, 20)]
    chart = line_by_day("Title", "Alt", values, values[6:], (Decimal(-5), Decimal(40)))
    assert [label for label in ("Jan", "Apr", "Jul", "Oct") if f">{label}<" in chart.svg] == [
        "Jan",
        "Apr",
        "Jul",
        "Oct",
    ]


def test_a_chart_carries_no_size_no_identifier_and_no_clock():
    chart = bars_by_month("Title", "Alt", {"rows": {date(2024, 1, 1): 3, date(2024, 2, 1): 5}})
    again = bars_by_month("Title", "Alt", {"rows": {date(2024, 1, 1): 3, date(2024, 2, 1): 5}})
    assert chart == again
    assert not re.search(r'<svg[^>]* width="| id="|url\(|aria-label', chart.svg)
    assert not re.search(r"#[0-9a-f]{6}", chart.svg)


def test_an_alt_text_with_a_quote_stays_an_attribute():
    from tasks.report.markup import picture

    chart = bars_by_month("Title", 'of "<script>"', {"rows": {date(2024, 1, 1): 3}})
    assert 'aria-label="of &#34;&lt;script&gt;&#34;"' in picture(chart)
