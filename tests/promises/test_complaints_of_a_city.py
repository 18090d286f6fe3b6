"""Promise 1 on the recorded answer of a public API: every complaint is accounted for, however the server behaves.

The data are those of COUNTINGHOUSE_REAL_DATA; without them the tests skip and say so.
"""

import json
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from tasks.errors import SourceUnreachable
from tasks.extract import api
from tasks.extract.http.clock import Clock
from tasks.ingest import ingest_source
from tasks.source import chosen
from tests.http_server import Asked, Reply, serving
from warehouse.connection import connect
from warehouse.home import Home

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)

ROWS = 1_000
CLOSED_BEFORE_OPENED = 7
CHANNEL_UNKNOWN = 186
NOT_ASKED_FOR_MORE_THAN = 100


class Soda:
    """A server that pages as the recorded API does, at most a hundred rows at a time, and fails as it is told."""

    def __init__(self, body: bytes) -> None:
        self.rows = json.loads(body)
        self.fails_at: list[int] = []

    def __call__(self, asked: Asked) -> Reply:
        """The rows of a page; those asked for since yesterday are none."""
        offset, limit = int(asked.query["$offset"]), int(asked.query["$limit"])
        if self.fails_at and offset >= self.fails_at[0]:
            del self.fails_at[0]
            return Reply(raw=lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[{"))
        is_first_window = "'2010-01-01T00:00:00Z'" in asked.query["$where"]
        page = self.rows[offset : offset + min(limit, NOT_ASKED_FOR_MORE_THAN)] if is_first_window else []
        return Reply(page)


@pytest.fixture(scope="module")
def city(real_data, tmp_path_factory):
    """The recorded answer, page by page: a connection that is cut off now and then, then until the run gives up."""
    soda = Soda((real_data / "nyc311_soda_response.json").read_bytes())
    home = Home(tmp_path_factory.mktemp("nyc311"))
    (source,) = chosen(["nyc311"])
    with pytest.MonkeyPatch.context() as patch, serving(soda) as server:
        patch.setenv("NYC311_URL", server.url)
        patch.setattr(api, "fetch", partial(api.fetch, clock=Clock(wait=lambda _: None)))
        soda.fails_at = [300, 500, *[700] * 5]
        with pytest.raises(SourceUnreachable, match="broke off"):
            ingest_source(home, source, NOON)
        whole = ingest_source(home, source, NOON)
        again = ingest_source(home, source, NOON + timedelta(days=1))
    return home, whole, again


def ask(home, query):
    with connect(home.warehouse, read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_every_complaint_is_accounted_for(city):
    home, _, _ = city
    ends = "sum(rows_extracted), sum(rows_accepted), sum(rows_unchanged), sum(rows_quarantined), sum(rows_out_of_scope)"
    by_record = f"select record, {ends} from operations.loads group by record order by record"
    assert ask(home, by_record) == [
        ("interactions", ROWS, ROWS - CHANNEL_UNKNOWN, 0, 0, CHANNEL_UNKNOWN),
        ("tickets", ROWS, ROWS - CLOSED_BEFORE_OPENED, 0, CLOSED_BEFORE_OPENED, 0),
    ]


def test_complaints_closed_before_they_were_opened_are_in_quarantine(city):
    home, _, _ = city
    reasons = ask(home, "select rules, count(*) from operations.quarantine group by all")
    assert reasons == [(["opened_first"], CLOSED_BEFORE_OPENED)]


def test_the_clocks_of_the_city_become_utc(city):
    home, _, _ = city
    moments = "select opened_at, closed_at from record.tickets"
    assert ask(home, f"{moments} where ticket_id = '24445308'") == [
        (datetime(2012, 11, 20, 12, 50, 59, tzinfo=UTC), datetime(2012, 11, 20, 20, 19, 9, tzinfo=UTC))
    ]


def test_what_is_landed_is_each_record_as_it_stood(city, real_data):
    home, _, _ = city
    lines = [line for file in (home.landing / "nyc311").iterdir() for line in file.read_text().splitlines()]
    recorded = json.loads((real_data / "nyc311_soda_response.json").read_bytes())
    assert sorted(lines) == sorted(json.dumps(row) for row in recorded)


def test_the_next_day_asks_for_what_is_new(city):
    home, _, again = city
    assert not again.is_new
    cursors = "select arg_max(value, cursor_no) from operations.cursors where name = 'until'"
    assert ask(home, cursors) == [("2025-06-02T12:00:00Z",)]


def test_without_an_address_the_source_is_skipped(monkeypatch):
    monkeypatch.delenv("NYC311_URL", raising=False)
    (source,) = chosen(["nyc311"])
    assert (api.absent(source) or "").startswith("nyc311: skipped, NYC311_URL is not set")
