"""Each kind of drift: the delivery that has it, the one that has not, and what the source's file can say of it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.drift.columns import columns_added, columns_missing, columns_needed, columns_retyped
from tasks.drift.comparison import Comparison, Delivered
from tasks.drift.contents import fill_rates_moved, values_never_seen
from tasks.drift.finding import DriftStopped, Finding
from tasks.drift.judging import OF_THE_HEADER, OF_THE_ROWS, judge
from tasks.drift.volume import volume_out_of_range
from tasks.drift.words import KnownColumns
from tasks.source import Source
from warehouse.profiles import ColumnProfile, PastDelivery

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
WEEK = [f"till_2025-06-{day:02}.csv" for day in range(2, 30)]
"""From a Monday on, day by day."""

Columns = Mapping[str, ColumnProfile]


def source(**drift: object) -> Source:
    return Source.model_validate(
        {
            "source": "till", "description": "Till", "owner": "the shopkeeper", "file": Path("till.yml"),
            "drift": drift,
            "extract": {"connector": "files", "path": "x/*.csv", "format": "csv"},
            "records": {"payments": {"columns": {"amount": "amount"}}},
        }
    )  # fmt: skip


def column(filled: int = 100, shape: str | None = "text", values: Sequence[str] | None = None, rows: int = 100):
    return ColumnProfile(rows, filled, shape, None if values is None else tuple(values))


def comparison(
    now: Columns, *before: Columns, rows: int = 100, past_rows: Sequence[int] | None = None, name: str = "now.csv",
    has_open_columns: bool = False, **drift: object,
) -> Comparison:  # fmt: skip
    counts = past_rows if past_rows is not None else [100] * len(before)
    past = [
        PastDelivery(at, WEEK[at], many, NOON, dict(before[at] if before else {})) for at, many in enumerate(counts)
    ]
    known = KnownColumns(frozenset({"amount"}), frozenset({"way"}))
    return Comparison(source(**drift), known, Delivered(name, dict(now), rows, has_open_columns), past)


def changes(found: list[Finding]) -> list[tuple[str | None, str, str]]:
    return [(one.column, one.change, one.severity) for one in found]


def test_the_first_delivery_of_a_source_differs_from_nothing():
    assert judge(comparison({"amount": column()}), (*OF_THE_HEADER, *OF_THE_ROWS)) == []


def test_a_column_that_the_mapping_needs_stops_the_file_whatever_is_said_of_missing_columns():
    (found,) = columns_needed(comparison({"day": column()}, column_missing={"on": "ignore"}))
    assert (found.severity, found.text.split(",")[0]) == ("stop", "lacks the column amount")


def test_a_column_is_added_when_none_of_the_deliveries_before_had_it():
    here = {"amount": column(), "tip": column()}
    assert changes(columns_added(comparison(here, {"amount": column()}))) == [("tip", "added", "warn")]
    assert columns_added(comparison(here, here, {"amount": column()})) == []


def test_a_column_is_missing_when_the_delivery_before_had_it():
    there = {"amount": column(), "clerk": column()}
    now = {"amount": column()}
    assert changes(columns_missing(comparison(now, there))) == [("clerk", "missing", "warn")]
    assert columns_missing(comparison(now, there, now)) == []


def test_rows_that_name_their_own_columns_have_an_empty_one_not_a_missing_one():
    there = {"amount": column(), "clerk": column()}
    assert columns_missing(comparison({"amount": column()}, there, has_open_columns=True)) == []


@pytest.mark.parametrize(
    ("before", "now", "is_told"),
    [
        ("number with a point", "number with a comma", True),
        ("day as 2025-12-31", "day as 31.12.2025", True),
        ("whole number", "text", True),
        ("whole number", "number with a point", False),
        ("text", "whole number", False),
        (None, "whole number", False),
    ],
)
def test_a_column_written_in_another_way_is_retyped(before: str | None, now: str, is_told: bool):
    found = columns_retyped(comparison({"amount": column(shape=now)}, {"amount": column(shape=before)}))
    assert changes(found) == ([("amount", "retyped", "warn")] if is_told else [])


def test_codes_that_are_numbers_one_day_and_text_the_next_are_text():
    past = [{"code": column(shape=shape)} for shape in ("whole number",) * 7 + ("text",) * 2 + ("whole number",)]
    assert columns_retyped(comparison({"code": column(shape="text")}, *past[:3])) != []
    assert columns_retyped(comparison({"code": column(shape="text")}, *past[:9])) == []


def test_a_column_of_two_values_says_nothing_of_how_it_is_written():
    now = {"amount": column(2, "text")}
    assert columns_retyped(comparison(now, {"amount": column(shape="whole number")})) == []


def test_a_column_that_is_emptied_is_told_and_one_that_always_was_sparse_is_not():
    emptied = comparison({"clerk": column(0)}, *[{"clerk": column(30)}] * 3)
    assert changes(fill_rates_moved(emptied)) == [("clerk", "emptied", "warn")]
    assert fill_rates_moved(comparison({"clerk": column(0)}, *[{"clerk": column(2)}] * 3)) == []


def test_a_fill_rate_moves_by_more_than_chance_and_more_than_the_threshold():
    before = [{"clerk": column(90)}] * 5
    assert changes(fill_rates_moved(comparison({"clerk": column(50)}, *before))) == [("clerk", "fill rate", "warn")]
    assert fill_rates_moved(comparison({"clerk": column(80)}, *before)) == []
    few = {"clerk": column(2, rows=4)}
    assert fill_rates_moved(comparison(few, *before)) == []
    assert fill_rates_moved(comparison({"clerk": column(50)}, *before[:4])) == []


def test_a_fill_rate_that_goes_up_and_down_by_itself_has_not_moved():
    before = [{"clerk": column(filled)} for filled in (90, 60, 75, 50, 95)]
    assert fill_rates_moved(comparison({"clerk": column(35)}, *before)) == []
    assert changes(fill_rates_moved(comparison({"clerk": column(0)}, *before))) == [("clerk", "emptied", "warn")]


def test_what_moved_is_told_once():
    moved = [{"clerk": column(90)}] * 5 + [{"clerk": column(50)}]
    assert fill_rates_moved(comparison({"clerk": column(50)}, *moved)) == []


def test_a_least_fill_rate_holds_whatever_was_before():
    low = comparison({"clerk": column(15)}, {"clerk": column(15)}, fill_rate={"least": {"clerk": 0.2}, "on": "stop"})
    assert changes(fill_rates_moved(low)) == [("clerk", "fill rate", "stop")]


def test_a_new_value_is_told_once_the_list_of_values_has_settled():
    settled = [{"way": column(values=["card", "cash"])}] * 5
    found = values_never_seen(comparison({"way": column(values=["card", "voucher"])}, *settled))
    assert [one.found for one in found] == ["voucher"]
    growing = [{"way": column(values=["card", *map(str, range(at))])} for at in range(5)]
    assert values_never_seen(comparison({"way": column(values=["voucher"])}, *growing)) == []
    assert values_never_seen(comparison({"way": column(values=["voucher"])}, *settled[:2])) == []


def test_a_named_column_is_coded_from_the_second_delivery_on():
    now = {"way": column(values=["voucher"])}
    found = values_never_seen(comparison(now, {"way": column(values=["card"])}, new_values={"columns": ["way"]}))
    assert changes(found) == [("way", "new values", "warn")]


def test_ten_times_the_rows_and_none_of_them_are_unusual_and_a_good_week_is_not():
    usual = [100, 110, 90, 105, 95]
    assert [one.found for one in volume_out_of_range(comparison({}, rows=1000, past_rows=usual))] == ["1,000"]
    assert [one.found for one in volume_out_of_range(comparison({}, rows=0, past_rows=usual))] == ["0"]
    assert volume_out_of_range(comparison({}, rows=250, past_rows=usual)) == []


def test_of_four_deliveries_nobody_can_say_what_is_usual():
    assert volume_out_of_range(comparison({}, rows=10_000, past_rows=[100] * 4)) == []


def test_a_source_whose_deliveries_differ_much_is_given_more_room():
    assert volume_out_of_range(comparison({}, rows=1000, past_rows=[10, 300, 50, 900, 100])) == []


def test_one_odd_delivery_does_not_move_what_is_usual():
    odd = [100, 100, 5000, 100, 100, 100]
    assert len(volume_out_of_range(comparison({}, rows=5000, past_rows=odd))) == 1


def test_a_sunday_is_held_against_sundays():
    weeks = [100, 100, 100, 100, 100, 400, 5] * 4
    sunday = comparison({}, rows=6, past_rows=weeks, name="till_2025-06-29.csv")
    assert volume_out_of_range(sunday) == []
    (found,) = volume_out_of_range(comparison({}, rows=100, past_rows=weeks, name="till_2025-06-29.csv"))
    assert "of a Sunday held 5 in the middle" in found.text


def test_what_is_to_stop_stops_and_what_is_ignored_is_not_told():
    now, before = {"amount": column(), "tip": column()}, {"amount": column()}
    with pytest.raises(DriftStopped, match=r"^it has a column 'tip' .* nothing of it was loaded"):
        judge(comparison(now, before, column_added={"on": "stop"}), OF_THE_HEADER)
    assert judge(comparison(now, before, column_added={"on": "ignore"}), OF_THE_HEADER) == []


def test_a_file_that_is_accepted_is_loaded_and_told():
    now, before = {"amount": column(), "tip": column()}, {"amount": column()}
    accepted = comparison(now, before, column_added={"on": "stop"}, accepted={"now*": "tips begin today"})
    assert changes(judge(accepted, OF_THE_HEADER)) == [("tip", "added", "accepted")]
