"""The book of runs."""

from datetime import UTC, date, datetime
from pathlib import Path

from tasks.store import open_store
from warehouse.home import Home
from warehouse.runs import Run, begin_run, end_run

FIVE, SIX, SEVEN = (datetime(2025, 7, 1, hour, tzinfo=UTC) for hour in (5, 6, 7))
DAY = date(2025, 6, 30)


def test_a_run_is_written_down_when_it_begins_and_when_it_ends(tmp_path: Path):
    with open_store(Home(tmp_path)) as connection:
        begin_run(connection, Run("one", "business-day", DAY, FIVE))
        end_run(connection, "one", SIX, "completed", "aaaaaaaaaaaa")
        rows = connection.execute("select * from operations.runs").fetchall()
    assert rows == [("one", "business-day", DAY, FIVE, SIX, "completed", "aaaaaaaaaaaa")]


def test_a_killed_run_is_crashed_as_soon_as_the_next_one_begins(tmp_path: Path):
    with open_store(Home(tmp_path)) as connection:
        begin_run(connection, Run("killed", "ingest", None, FIVE))
        begin_run(connection, Run("next", "ingest", None, SEVEN))
        rows = connection.execute("select run_id, status, ended_at from operations.runs order by started_at").fetchall()
    assert rows == [("killed", "crashed", SEVEN), ("next", "running", None)]
