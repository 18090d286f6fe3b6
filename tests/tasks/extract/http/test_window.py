"""Windows follow each other without a gap, also when a run is cut off in the middle of one."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import SourceRefused
from tasks.extract.fetching import Asking, Window
from tasks.extract.http.window import spelled, stretches
from tasks.source.extracts.api import ApiExtract, AskedWindow
from tests.http_server import Asked, Reply, paged
from tests.tasks.extract.desk import NOON, Desk, case, cases
from warehouse.home import Home

WINDOW = """
  query: {since: "{from}", until: "{to}"}
  window: {first: 2025-05-30, step: 1 day, overlap: 2 hours}
"""

ONLY_FROM = """
  query: {since: "{from}"}
  window: {first: 2025-05-30}
"""

DAY = timedelta(days=1)


def windows(desk: Desk) -> list[tuple[str, str]]:
    return [(asked.query["since"], asked.query["until"]) for asked in desk.server.asked]


def test_the_first_time_all_is_asked_for_in_steps_and_then_what_is_new(desk: Desk) -> None:
    desk.server.answers = lambda asked: Reply(cases(int(asked.query["since"][8:10])))
    parts = list(desk.fetch(WINDOW))
    assert windows(desk) == [
        ("2025-05-30T00:00:00Z", "2025-05-31T00:00:00Z"),
        ("2025-05-31T00:00:00Z", "2025-06-01T00:00:00Z"),
        ("2025-06-01T00:00:00Z", "2025-06-01T12:00:00Z"),
    ]
    assert parts[-1].cursors == {"until": "2025-06-01T12:00:00Z", "window": "", "position": ""}
    assert parts[0].place == "${DESK_URL}/cases 2025-05-30T00:00:00Z/2025-05-31T00:00:00Z all"
    desk.server.asked.clear()
    list(desk.fetch(WINDOW, parts[-1].cursors, NOON + DAY / 2))
    assert windows(desk) == [("2025-06-01T10:00:00Z", "2025-06-02T00:00:00Z")]


def test_a_window_without_records_is_remembered_too(desk: Desk) -> None:
    desk.server.answers = lambda _: Reply([])
    assert not desk.ingest(WINDOW).is_new
    assert desk.cursors["until"] == "2025-06-01T12:00:00Z"


def test_late_rows_are_found_by_the_overlap_and_the_others_are_unchanged(desk: Desk) -> None:
    desk.server.answers = lambda _: Reply(cases(1, 2))
    window = WINDOW.replace("step: 1 day, ", "")
    desk.ingest(window)
    desk.server.answers = lambda _: Reply([*cases(1, 2), case(3)])
    (load,) = desk.ingest(window, NOON + DAY).loads
    assert (load.rows_extracted, load.rows_accepted, load.rows_unchanged) == (3, 1, 2)
    assert windows(desk)[1] == ("2025-06-01T10:00:00Z", "2025-06-02T12:00:00Z")


HALF = """
  query: {since: "{from}", until: "{to}"}
  window: {first: 2025-05-30}
  pagination: {offset: {parameter: $offset, limit_parameter: $limit, limit: 4}}
  limits: {pages_a_part: 1}
"""


def test_a_window_that_is_half_read_is_read_to_its_end_first(desk: Desk) -> None:
    parts = desk.fetch(HALF)
    half = next(parts).cursors
    parts.close()
    assert half["window"] == "2025-05-30T00:00:00Z/2025-06-01T12:00:00Z"
    desk.server.asked.clear()
    later = list(desk.fetch(HALF, half, NOON + DAY))
    assert windows(desk)[0] == ("2025-05-30T00:00:00Z", "2025-06-01T12:00:00Z")
    assert desk.server.asked[0].query["$offset"] == "3"
    assert windows(desk)[-1] == ("2025-06-01T11:00:00Z", "2025-06-02T12:00:00Z")
    assert [part.cursors.get("until") for part in later if "until" in part.cursors] == [
        "2025-06-01T12:00:00Z",
        "2025-06-02T12:00:00Z",
    ]


def test_a_clock_that_was_ahead_once_does_not_silence_the_source(desk: Desk) -> None:
    desk.lines(WINDOW, cursors={"until": "2031-06-01T12:00:00Z"})
    assert windows(desk) == [("2025-06-01T10:00:00Z", "2025-06-01T12:00:00Z")]


def test_a_reading_left_half_done_by_a_file_without_a_window_is_none(desk: Desk) -> None:
    desk.lines(WINDOW, cursors={"window": "2025-06-01T11:00:00Z", "position": "all"})
    assert "{from}" not in str([asked.query for asked in desk.server.asked])


def test_a_past_window_is_fetched_by_itself(desk: Desk) -> None:
    """And what is new is read from where it was."""
    asked = {"cursors": {"until": "2025-06-01T00:00:00Z"}, "window": Window("2024-02-28", "2024-03-01T00:00:00Z")}
    parts = list(desk.fetch(WINDOW, **asked))
    assert windows(desk)[:2] == [
        ("2024-02-28T00:00:00Z", "2024-02-29T00:00:00Z"),
        ("2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"),
    ]
    assert [dict(part.cursors) for part in parts] == [
        {"past 2024-02-28T00:00:00Z/2024-02-29T00:00:00Z": "read"},
        {"past 2024-02-29T00:00:00Z/2024-03-01T00:00:00Z": "read"},
    ]


def test_a_past_window_that_is_half_read_goes_on(desk: Desk) -> None:
    parts = desk.fetch(HALF, window=Window("2024-02-28", "2024-02-29"))
    half = next(parts).cursors
    parts.close()
    desk.server.asked.clear()
    list(desk.fetch(HALF, half, window=Window("2024-02-28", "2024-02-29")))
    assert desk.server.asked[0].query["$offset"] == "3"


def test_a_past_window_needs_a_window_and_two_ends(desk: Desk) -> None:
    with pytest.raises(SourceRefused, match=r"^desk: a past range cannot be asked for: its file has no `window`$"):
        desk.lines("", window=Window("2024-01-01", "2024-01-02"))
    with pytest.raises(SourceRefused, match=r"its file has no \{to\} in its `query`$"):
        desk.lines(ONLY_FROM, window=Window("2024-01-01", "2024-01-02"))
    with pytest.raises(SourceRefused, match="'last year' is no end of a window"):
        desk.lines(WINDOW, window=Window("last year", "2024-01-02"))


def test_moments_are_spelled_as_the_api_wants_them() -> None:
    moment = datetime.fromisoformat("2025-06-01T12:30:15.999Z")

    def written(**said: str) -> str:
        return spelled(moment, AskedWindow.model_validate({"first": "2025-01-01"} | said))

    assert written() == "2025-06-01T12:30:15Z"
    assert written(spelled="%Y-%m-%dT%H:%M:%S", zone="America/New_York") == "2025-06-01T08:30:15"
    assert written(spelled="%d.%m.%Y") == "01.06.2025"
    assert written(spelled="epoch") == "1748781015"
    assert written(spelled="epoch milliseconds") == "1748781015000"


def test_an_end_stands_anywhere_in_the_question(desk: Desk) -> None:
    desk.server.answers = lambda _: Reply([])
    desk.lines("  query: {$where: \"at between '{from}' and '{to}'\"}\n  window: {first: 2025-06-01}")
    assert desk.server.asked[0].query == {"$where": "at between '2025-06-01T00:00:00Z' and '2025-06-01T12:00:00Z'"}


def test_without_an_end_all_that_is_new_is_asked_for(desk: Desk) -> None:
    (part,) = desk.fetch(ONLY_FROM)
    list(desk.fetch(ONLY_FROM, part.cursors, NOON + DAY))
    assert [asked.query["since"] for asked in desk.server.asked] == ["2025-05-30T00:00:00Z", "2025-06-01T11:00:00Z"]


def test_what_is_asked_of_a_page_does_not_lose_the_window(desk: Desk) -> None:
    rows = paged(cases(*range(1, 11)))

    def answer(asked: Asked) -> Reply:
        assert asked.query["since"] == "2025-05-30T00:00:00Z"
        return rows(asked)

    desk.server.answers = answer
    assert len(desk.lines(HALF)) == 10


@settings(deadline=None, max_examples=60)
@given(
    runs=st.lists(st.integers(1, 100_000), min_size=1, max_size=6),
    step=st.integers(1, 50_000),
    overlap=st.integers(0, 20_000),
    kills=st.lists(st.integers(0, 4), min_size=6, max_size=6),
)
def test_windows_cover_every_moment(runs: list[int], step: int, overlap: int, kills: list[int]) -> None:
    """Property: whatever runs are killed, what was read to its end leaves no second out."""
    window = {"first": NOON, "step": timedelta(seconds=step), "overlap": timedelta(seconds=overlap)}
    asked = {"connector": "api", "url": "https://desk.example/{from}/{to}", "window": window}
    extract = ApiExtract.model_validate(asked)
    cursors: Mapping[str, str] = {}
    covered, now = NOON, NOON
    for seconds, killed_after in zip(runs, kills, strict=False):
        now += timedelta(seconds=seconds)
        for number, stretch in enumerate(stretches(extract, Asking(Home(Path("/")), now, cursors))):
            assert stretch.first is not None
            assert stretch.last is not None
            assert stretch.first <= covered
            if number == killed_after:
                cursors = {**cursors, **stretch.cursors("page 2")}
                break
            covered = max(covered, stretch.last)
            cursors = {**cursors, **stretch.cursors(None)}
        else:
            assert covered == now
