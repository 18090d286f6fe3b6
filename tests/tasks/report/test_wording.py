"""How values are written: exact, and the same way everywhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.report.wording import (
    MINUS,
    WRITERS,
    change,
    listed,
    long_day,
    number,
    percent,
    plural,
    quantity,
    size,
    written,
)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("1234567.895"), 2, "1,234,567.90"),
        (Decimal("-0.005"), 2, MINUS + "0.01"),
        (Decimal("-0.004"), 2, "0.00"),
        (-1234, 0, MINUS + "1,234"),
        (0, 0, "0"),
    ],
)
def test_numbers_have_separators_a_true_minus_and_no_minus_nought(value: Decimal | int, places: int, text: str):
    assert number(value, places) == text


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=2))
def test_an_amount_of_cents_is_written_without_loss(value: Decimal):
    assert Decimal(written("money", value).replace(",", "").replace(MINUS, "-")) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0.0%"),
        ("0.01", "<0.1%"),
        ("99.99", ">99.9%"),
        ("100", "100.0%"),
        ("-3.25", MINUS + "3.3%"),
        ("41.26", "41.3%"),
    ],
)
def test_almost_all_never_reads_as_all(value: str, text: str):
    assert percent(Decimal(value)) == text


def test_nothing_is_a_dash_of_every_kind():
    assert {written(kind, None) for kind in WRITERS} == {"–"}


def test_days_are_written_in_english_whatever_the_machine_speaks():
    assert long_day(date(2025, 3, 1)) == "1 March 2025"
    assert written("date", date(2025, 3, 1)) == "01 Mar 2025"
    assert written("month", date(2025, 9, 1)) == "Sep 2025"


def test_units_are_whole_where_they_are_whole():
    assert quantity(Decimal("12.0000")) == "12"
    assert quantity(Decimal("-0.5000")) == MINUS + "0.50"


def test_sizes_are_in_the_unit_a_reader_expects():
    assert [size(value).replace("\N{NO-BREAK SPACE}", " ") for value in (999, 1000, 1_250_000, 10**15)] == [
        "999 B",
        "1.0 kB",
        "1.3 MB",
        "1,000.0 TB",
    ]


def test_lists_and_counts_read_as_sentences():
    assert [listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert [plural(1, "file"), plural(1200, "file"), plural(0, "country", "countries")] == [
        "1 file",
        "1,200 files",
        "0 countries",
    ]


def test_a_change_against_nothing_says_nothing():
    assert change(Decimal(10), Decimal(0)) == ""
    assert change(Decimal(90), Decimal(100)) == MINUS + "10.0%"
    assert change(Decimal(110), Decimal(100)) == "+10.0%"
