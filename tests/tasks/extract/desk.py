"""A desk's API on loopback, the source that reads it, and the warehouse that it is read into."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tasks.extract import api
from tasks.extract.fetching import Asking, Window
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
%s
records:
  tickets:
    columns:
      desk: "'customer_service'"
      ticket_id: id
      status: coalesce(status, 'open')
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


@dataclass(frozen=True)
class Part:
    """What a part held, and what is to be remembered after it."""

    lines: list[str]
    place: str
    cursors: Mapping[str, str]


@dataclass
class Desk:
    """A desk whose server a test writes."""

    root: Path
    server: Server
    waits: Waits = field(default_factory=Waits)

    def describe(self, extract: str, seconds: float | None = None) -> Source:
        """What its source file says; its answers may be bound to less than a file can say."""
        file = self.root / "desk.yml"
        file.write_text(TICKETS % extract.strip("\n"), encoding="utf-8")
        source = load_source(file)
        if seconds is None:
            return source
        limits = source.extract.limits.model_copy(update={"request": timedelta(seconds=seconds)})
        return source.model_copy(update={"extract": source.extract.model_copy(update={"limits": limits})})

    @property
    def home(self) -> Home:
        return Home(self.root / "home")

    def fetch(
        self,
        extract: str,
        cursors: Mapping[str, str] | None = None,
        at: datetime = NOON,
        window: Window | None = None,
        seconds: float | None = None,
    ) -> Iterator[Part]:
        """What the connector fetches, part by part, without a warehouse."""
        asking = Asking(self.home, at, cursors or {}, window)
        for fetched in api.fetch(self.describe(extract, seconds), asking):
            lines = fetched.path.read_bytes().decode("utf-8", "surrogateescape").splitlines() if fetched.path else []
            yield Part(lines, fetched.place, fetched.cursors)

    def lines(self, extract: str = "", **asking: object) -> list[str]:
        """Every record that is fetched."""
        return [line for part in self.fetch(extract, **asking) for line in part.lines]

    def ingest(self, extract: str, at: datetime = NOON, window: Window | None = None) -> Ingestion:
        """Take in what is new."""
        return ingest_source(self.home, self.describe(extract), at, window=window)

    def rows(self, query: str) -> list[tuple]:
        """What the warehouse answers."""
        with connect(self.home.warehouse, read_only=True) as connection:
            return connection.execute(query).fetchall()

    @property
    def tickets(self) -> list[int]:
        return [number for (number,) in self.rows("select ticket_id::integer from record.tickets order by 1")]

    @property
    def cursors(self) -> dict[str, str]:
        """What is remembered now."""
        return dict(self.rows("select name, arg_max(value, cursor_no) from operations.cursors group by name"))


def case(number: int, **more: object) -> dict:
    """A case as the API gives it."""
    return {"id": str(number), **more}


def cases(*given: int) -> list[dict]:
    """Cases of these numbers."""
    return [case(number) for number in given]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk whose server has ten cases."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with serving(paged(cases(*range(1, 11)))) as server:
        desk = Desk(tmp_path, server)
        monkeypatch.setenv("DESK_URL", server.url)
        monkeypatch.setattr(api, "fetch", partial(api.fetch, clock=desk.waits.clock))
        yield desk
