"""An API is read page by page and window by window, whatever happens meanwhile."""

from datetime import timedelta

import pytest

from tasks import ingest
from tasks.errors import SourceRefused, SourceUnreachable, UnreadableFile
from tasks.extract import api
from tasks.quarantine import replay
from tests.http_server import Asked, Reply, paged
from tests.tasks.extract.desk import NOON, OFFSET, Desk, case, cases


def test_every_page_is_read_and_every_record_is_loaded_once(desk: Desk) -> None:
    done = desk.ingest(OFFSET)
    assert desk.tickets == [*range(1, 11)]
    assert [load.rows_extracted for load in done.loads] == [7, 3]
    assert desk.cursors == {"window": "", "position": ""}
    # Asked again, it says the same: that is no delivery.
    assert not desk.ingest(OFFSET, NOON + timedelta(days=1)).is_new


def test_what_changes_is_a_new_version_and_the_rest_is_unchanged(desk: Desk) -> None:
    desk.ingest(OFFSET)
    desk.server.answers = paged([*cases(*range(1, 10)), case(10, status="closed"), case(11)])
    (load,) = desk.ingest(OFFSET, NOON + timedelta(days=1)).loads
    assert (load.rows_extracted, load.rows_accepted, load.rows_unchanged) == (4, 2, 2)
    assert desk.rows("select status from record.tickets where ticket_id = '10'") == [("closed",)]


def test_an_answer_that_goes_back_to_what_it_was_is_believed(desk: Desk) -> None:
    stood = []
    for day, status in enumerate(["open", "closed", "open"]):
        desk.server.answers = lambda _, status=status: Reply([case(1, status=status), case(2, status="lost")])
        desk.ingest("", NOON + timedelta(days=day))
        stood += desk.rows("select status from record.tickets")
    assert stood == [("open",), ("closed",), ("open",)]
    refused = "select batch_id like '%-r1', status, count(*) from operations.quarantine group by all order by all"
    assert desk.rows(refused) == [(False, "open", 1), (False, "replayed", 1), (True, "open", 1)]


def test_nested_objects_are_read_by_the_mapping_and_numbers_keep_their_digits(desk: Desk) -> None:
    body = '[{"id": 12345678901234567890, "place": {"city": "Bergen", "height": 1.10}, "status": null}]'
    desk.server.answers = lambda _: Reply(body)
    desk.ingest("")
    (row,) = desk.rows("select ticket_id, category, subject, status from record.tickets")
    assert row == ("12345678901234567890", "Bergen", "1.10", "open")


def test_a_run_that_is_cut_off_goes_on_with_the_part_that_was_not_loaded(desk: Desk) -> None:
    whole = desk.server.answers
    desk.server.answers = lambda asked: Reply(status=500) if asked.query["$offset"] == "6" else whole(asked)
    with pytest.raises(SourceUnreachable, match="500"):
        desk.ingest(OFFSET)
    assert desk.tickets == [*range(1, 8)]
    assert desk.cursors["position"].startswith("offset 7 ")
    desk.server.answers, desk.server.asked[:] = whole, []
    desk.ingest(OFFSET)
    assert desk.tickets == [*range(1, 11)]
    assert [asked.query["$offset"] for asked in desk.server.asked] == ["6", "9"]
    (twice,) = desk.rows("select sum(rows_unchanged) from operations.loads")
    assert twice == (0,)


def test_a_run_that_is_killed_in_a_load_repeats_that_part(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        calls = iter(range(9))
        written = ingest.write_cursors
        patch.setattr(ingest, "write_cursors", lambda *told: written(*told) if next(calls) == 0 else killed())
        with pytest.raises(KeyboardInterrupt):
            desk.ingest(OFFSET)
    assert desk.tickets == [*range(1, 8)]
    desk.server.asked.clear()
    desk.ingest(OFFSET)
    assert desk.tickets == [*range(1, 11)]
    assert [asked.query["$offset"] for asked in desk.server.asked] == ["6", "9"]
    assert not [*desk.home.landing.rglob("*.part")]


def killed() -> None:
    raise KeyboardInterrupt


def test_a_reading_of_yesterday_is_finished_and_all_is_read_again(desk: Desk) -> None:
    parts = desk.fetch(OFFSET)
    half = next(parts).cursors
    parts.close()
    later = list(desk.fetch(OFFSET, half, NOON + timedelta(days=1)))
    assert [len(part.lines) for part in later] == [3, 7, 3]
    # Begun again in the same run, what was left half read is all there is to do.
    assert [len(part.lines) for part in desk.fetch(OFFSET, half)] == [3]


def test_a_record_that_comes_again_changed_follows_its_first_version(desk: Desk) -> None:
    rows = [[case(1, status="open"), case(2)], [case(1, status="closed")], []]
    desk.server.answers = lambda asked: Reply(rows[int(asked.query["page"]) - 1])
    done = desk.ingest("  key: [id]\n  pagination: {page: {}}")
    assert [load.rows_accepted for load in done.loads] == [2, 1]
    assert desk.rows("select status from record.tickets where ticket_id = '1'") == [("closed",)]
    assert desk.rows("select count(*) from operations.quarantine") == [(0,)]


def test_a_record_that_is_none_is_refused_alone(desk: Desk) -> None:
    body = b'[{"id": "1"}, 7, {"id": "2", "id": "3"}, {"id": "4", "place": "\xff"},\n {"id":\n "5"}]'
    desk.server.answers = lambda _: Reply(body)
    (load,) = desk.ingest("").loads
    assert (load.rows_extracted, load.rows_accepted) == (5, 2)
    rules = desk.rows("select row, rules from operations.quarantine order by row")
    assert rules == [(2, ["structure:json"]), (3, ["structure:json"]), (4, ["structure:encoding"])]


def test_an_answer_that_could_not_be_read_is_told_each_time_that_it_is_given(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object) -> None:
        raise UnreadableFile("it differs too much")

    with monkeypatch.context() as patch:
        patch.setattr(ingest, "load_file", unreadable)
        assert [one.reason for one in desk.ingest("").refused] == ["it differs too much"]
    again = desk.ingest("", NOON + timedelta(days=1))
    assert [one.reason for one in again.refused] == ["it differs too much"]
    replay(desk.home, desk.describe(""), NOON + timedelta(days=2))
    assert desk.ingest("", NOON + timedelta(days=3)).refused == []


def test_an_empty_answer_is_no_delivery(desk: Desk) -> None:
    for reply in (Reply([]), Reply(status=204)):
        desk.server.answers = lambda _, reply=reply: reply
        assert [(part.lines, dict(part.cursors)) for part in desk.fetch("")] == [([], {"window": "", "position": ""})]


def test_without_its_address_or_its_secret_the_source_is_skipped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    source = desk.describe('  authentication: {bearer: "${DESK_TOKEN}"}')
    assert api.absent(source) == "desk: skipped, DESK_TOKEN is not set"
    monkeypatch.setenv("DESK_TOKEN", "secret")
    assert api.absent(source) is None
    monkeypatch.delenv("DESK_URL")
    absent = "desk: skipped, DESK_URL is not set; set it to the address of the API"
    assert (desk.ingest("").skipped or "").startswith(absent)


def test_a_key_in_the_query_is_neither_written_down_nor_logged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DESK_KEY", "s3cr3t k3y+")
    caplog.set_level("INFO")

    def echoing(asked: Asked) -> Reply:
        if asked.query.get("page") == "3":
            return Reply(status=403)
        page = int(asked.query.get("page", "1"))
        return Reply({"items": cases(page), "next": f"/cases?page={page + 1}&key=s3cr3t%20k3y%2B"})

    desk.server.answers = echoing
    paging = "  records_at: items\n  pagination: {next_url: next}\n  limits: {pages_a_part: 1}"
    with pytest.raises(SourceRefused):
        desk.ingest(f'{paging}\n  query: {{key: "${{DESK_KEY}}"}}')
    assert desk.server.asked[0].query["key"] == "s3cr3t k3y+"
    assert desk.tickets == [1, 2]
    assert desk.cursors["position"] == "link"
    written = b"".join(file.read_bytes() for file in desk.home.root.rglob("*") if file.is_file())
    assert b"s3cr3t" not in written
    assert "s3cr3t" not in caplog.text


def test_no_secret_and_no_host_is_written_down(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_TOKEN", "s3cr3t-t0ken")

    def echoing(asked: Asked) -> Reply:
        if asked.query.get("page") == "3":
            return Reply(status=403)
        page = int(asked.query.get("page", "1"))
        link = f"/cases?page={page + 1}&token=s3cr3t-t0ken"
        return Reply({"items": cases(page), "next": link})

    desk.server.answers = echoing
    paging = "  records_at: items\n  pagination: {next_url: next}\n  limits: {pages_a_part: 1}"
    with pytest.raises(SourceRefused) as refused:
        desk.ingest(f'{paging}\n  authentication: {{bearer: "${{DESK_TOKEN}}"}}')
    assert str(refused.value) == f"desk: {desk.server.url}/cases answers 403 (Forbidden)"
    assert desk.tickets == [1, 2]
    # The link cannot be remembered, so the next run begins at the first page.
    assert desk.cursors["position"] == "link"
    written = b"".join(file.read_bytes() for file in desk.home.root.rglob("*") if file.is_file())
    assert b"s3cr3t" not in written
    assert b"127.0.0.1" not in written
