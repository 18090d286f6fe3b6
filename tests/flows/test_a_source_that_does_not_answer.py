"""A database that does not answer fails its own run; the others are loaded, and the day ends with exit code 1."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows import business_day as day
from flows.commands.telling import tell_day
from tasks.errors import SourceUnreachable
from tasks.ingest import ingest_source
from tasks.source import chosen
from tasks.waiting import what_waits
from tests.flows.conftest import FIRST_DAY, SHOP
from warehouse.home import Home

MOMENT = datetime(2025, 7, 2, 5, 30, tzinfo=UTC)

TILL = """\
source: a_till
description: Database of a till
owner: sales operations
extract:
  connector: database
  system: sqlite
  path: "${COUNTINGHOUSE_HOME}/till.db"
  tables: {takings: {table: takings, key: [id]}}
records:
  payments:
    columns: {payment_id: id, direction: "'in'", payment_date: day, currency_code: "'EUR'", amount: amount}
"""


@pytest.fixture
def ingestions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What becomes of a till that does not answer, and of a shop after it, in the order of a business day."""
    (tmp_path / "corner_shop.yml").write_text(SHOP)
    (tmp_path / "a_till.yml").write_text(TILL)
    home = Home(tmp_path / "home")
    (home.inbox / "corner_shop").mkdir(parents=True)
    (home.inbox / "corner_shop" / "2025-06-02.csv").write_text(FIRST_DAY)

    def at_once(name, root, moment):
        # The run of the source without Prefect, which would try it again for half a minute.
        return ingest_source(Home(root), chosen([name], tmp_path)[0], moment)

    monkeypatch.setattr(day, "ingest", at_once)
    return [day.ingest_what_waits(one, home, MOMENT) for one in what_waits(home, chosen(None, tmp_path))]


def test_the_sources_after_it_are_loaded(ingestions):
    till, shop = ingestions
    assert till.unreachable.startswith("a_till: there is no SQLite file at ")
    assert [load.rows_accepted for load in shop.loads] == [2]


def test_a_file_that_may_not_be_read_stops_its_source_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def forbidden(*_: object):
        raise PermissionError(13, "Permission denied", "2025-06-02.csv")

    monkeypatch.setattr(day, "ingest", forbidden)
    waiting = SimpleNamespace(source=SimpleNamespace(source="a_shop"), is_due=True)
    told = day.ingest_what_waits(waiting, Home(tmp_path), MOMENT)
    assert told.unreachable == "a_shop: [Errno 13] Permission denied: '2025-06-02.csv'"


def test_the_day_tells_it_last_as_an_error_that_gives_exit_code_1(ingestions):
    publication = SimpleNamespace(is_new=True, publication_id="p", path="w")
    told = SimpleNamespace(ingestions=ingestions, publication=publication, reports=None, index="i", as_of=MOMENT.date())
    with pytest.raises(SourceUnreachable, match="a_till: there is no SQLite file at"):
        tell_day(told)
