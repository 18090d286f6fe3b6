"""What passes is waited for as the server wishes, what does not is told at once."""

import socket
from datetime import UTC, datetime

import pytest

from tasks.errors import SourceRefused, SourceUnreachable
from tests.http_server import Reply, in_turn
from tests.tasks.extract.desk import Desk, cases

GOOD = Reply(cases(1))


def test_a_server_that_fails_is_asked_again_later_and_later(desk: Desk) -> None:
    desk.server.answers = in_turn(Reply(status=500), Reply(status=502), Reply(status=408), GOOD)
    assert desk.lines() == ['{"id": "1"}']
    assert desk.waits.waited == [0.5, 1.0, 2.0]


def test_a_server_that_keeps_failing_is_given_up(desk: Desk) -> None:
    desk.server.answers = in_turn(Reply(status=503))
    with pytest.raises(SourceUnreachable) as given_up:
        desk.lines("  limits: {attempts: 3}")
    assert str(given_up.value) == f"desk: {desk.server.url}/cases answers 503 (Service Unavailable), asked 3 times"
    assert len(desk.server.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422, 501])
def test_a_server_that_says_no_is_asked_once(desk: Desk, status: int) -> None:
    desk.server.answers = in_turn(Reply(status=status))
    with pytest.raises(SourceRefused, match=f"^desk: http://127.0.0.1:[0-9]+/cases answers {status} "):
        desk.lines()
    assert len(desk.server.asked) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_waited_for(desk: Desk, status: int) -> None:
    date = {"Date": "Sun, 01 Jun 2025 12:00:00 GMT", "Retry-After": "Sun, 01 Jun 2025 12:01:30 GMT"}
    past = {"Date": "Sun, 01 Jun 2025 12:00:00 GMT", "Retry-After": "Sat, 31 May 2025 12:00:00 GMT"}
    replies = [Reply(status=status, headers=headers) for headers in ({"Retry-After": "7"}, date, past)]
    desk.server.answers = in_turn(*replies, Reply(status=status, headers={"Retry-After": "soon"}), GOOD)
    assert desk.lines() == ['{"id": "1"}']
    # The last one did not say when: our own wait, the fourth, is taken.
    assert desk.waits.waited == [7.0, 90.0, 4.0]


@pytest.mark.parametrize("wish", ["3600", "9" * 400])
def test_a_server_that_wishes_to_be_left_alone_is(desk: Desk, wish: str) -> None:
    desk.server.answers = in_turn(Reply(status=429, headers={"Retry-After": wish}))
    with pytest.raises(SourceRefused, match=r"wishes to be left alone for .* seconds; a later run goes on"):
        desk.lines()
    assert desk.waits.waited == []
    assert len(desk.server.asked) == 1


def test_a_server_that_always_wishes_to_be_left_alone_is(desk: Desk) -> None:
    desk.server.answers = in_turn(Reply(status=429, headers={"Retry-After": "2"}))
    with pytest.raises(SourceRefused, match=r"429 .* wishes to be left alone for 2 seconds"):
        desk.lines("  limits: {attempts: 3}")
    assert desk.waits.waited == [2.0, 2.0]


def test_a_source_has_so_much_time_and_no_more(desk: Desk) -> None:
    desk.server.answers = in_turn(Reply(status=429, headers={"Retry-After": "50"}))
    with pytest.raises(SourceUnreachable, match=r"longer than limits\.source"):
        desk.lines("  limits: {source: 1 minute}")
    assert desk.waits.waited == [50.0, 50.0]


def test_no_more_is_asked_in_a_minute_than_is_allowed(desk: Desk) -> None:
    desk.lines(
        "  pagination: {offset: {parameter: $offset, limit_parameter: $limit, limit: 4}}\n"
        "  limits: {requests_a_minute: 30}"
    )
    assert desk.waits.waited == [2.0, 2.0, 2.0]


def test_where_nobody_listens_the_source_is_unreachable(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("DESK_URL", f"http://127.0.0.1:{free.getsockname()[1]}")
    with pytest.raises(SourceUnreachable, match="could not be reached, asked 5 times"):
        desk.lines()


def test_waiting_has_its_chance_and_its_bound() -> None:
    from tasks.extract.http.passing import asked_wait, wait_before

    assert [wait_before(attempt, 1.0) for attempt in (1, 2, 3, 7, 40)] == [1.0, 2.0, 4.0, 60.0, 60.0]
    assert wait_before(1, 0.0) == 0.5
    now = datetime(2025, 6, 1, tzinfo=UTC)
    assert asked_wait({"retry-after": f"{now:%a, %d %b %Y %H:%M:%S GMT}"}) is None
    assert asked_wait({}) is None
