"""An API is read page by page and window by window, whatever its server does meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tasks.extract import api
from tasks.extract.fetching import Window
from tasks.extract.http.clock import Clock
from tasks.ingest import Ingestion, ingest_source
from tasks.source import Source
from tasks.source.checking import load_source
from tests.http_server import Server, paged, serving
from warehouse.connection import connect
from warehouse.home import Home

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)

TICKETS = """
source: desk
description: Cases of a desk
owner: customer service
extract:
  connector: api
  url: "${DESK_URL}/cases"
  key: [id]
%s
records:
  tickets:
    columns:
      desk: "'customer_service'"
      ticket_id: id
      status: coalesce(status, 'open')
      priority: priority
      category: place ->> '$.city'
      subject: json_extract_string(place, '$.height')
      opened_at: "timestamp '2025-01-01 00:00:00'"
"""

OFFSET = """
  pagination: {offset: {parameter: $offset, limit_parameter: $limit, limit: 4}}
  limits: {pages_a_part: 2}
"""


@dataclass
class Waits:
    """A clock that goes on only while something waits for it."""

    now: float = 0.0
    waited: list[float] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now, self._wait, lambda: 0.0)

    def _wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


@dataclass
class Desk:
    """A desk's API, the source that reads it, and the warehouse that it is read into."""

    root: Path
    server: Server
    waits: Waits = field(default_factory=Waits)

    def describe(self, extract: str) -> Source:
        """What its source file says."""
        file = self.root / "desk.yml"
        file.write_text(TICKETS % extract.strip("\n"), encoding="utf-8")
        return load_source(file)

    @property
    def home(self) -> Home:
        return Home(self.root / "home")

    def ingest(self, extract: str, at: datetime = NOON, window: Window | None = None) -> Ingestion:
        """Take in what is new."""
        return ingest_source(self.home, self.describe(extract), at, window=window)

    def rows(self, query: str) -> list[tuple]:
        """What the warehouse answers."""
        with connect(self.home.warehouse, read_only=True) as connection:
            return connection.execute(query).fetchall()

    @property
    def tickets(self) -> list[str]:
        return [number for (number,) in self.rows("select ticket_id from record.tickets order by ticket_id::integer")]

    @property
    def cursors(self) -> dict[str, str]:
        return dict(self.rows("select name, arg_max(value, cursor_no) from operations.cursors group by name"))


def case(number: int, **more: object) -> dict:
    return {"id": str(number), **more}


def numbers(*given: int) -> list[str]:
    return [str(number) for number in given]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk whose server has ten cases."""
    with serving(paged([case(number) for number in range(1, 11)])) as server:
        desk = Desk(tmp_path, server)
        monkeypatch.setenv("DESK_URL", server.url)
        monkeypatch.setattr(api, "fetch", partial(api.fetch, clock=desk.waits.clock))
        yield desk


def test_every_page_is_read_and_every_record_is_loaded_once(desk: Desk) -> None:
    done = desk.ingest(OFFSET)
    assert desk.tickets == numbers(*range(1, 11))
    assert [load.rows_extracted for load in done.loads] == [7, 3]
    assert desk.cursors == {"window": "", "position": ""}
    # Asked again, it says the same: that is no delivery.
    assert not desk.ingest(OFFSET, NOON + timedelta(days=1)).is_new
