"""Backfill: what is missing of a range, piece by piece, in turns with other runs, and nothing twice."""

import sqlite3
import sys
import threading
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import duckdb
import pytest

from flows.backfill import backfill
from flows.command import main
from flows.ingest import ingest
from tasks.errors import SourceUnreachable
from tasks.source import chosen
from tests.flows.runs import artifacts_of

MOMENT = datetime(2025, 7, 1, 5, 30, tzinfo=UTC)
FIRST, LAST = date(2025, 1, 1), date(2025, 3, 31)

LEDGER = """\
source: ledger
description: Payments in a database
owner: accounting
extract:
  connector: database
  system: sqlite
  path: "${COUNTINGHOUSE_HOME}/ledger.db"
  tables:
    paid: {table: paid, key: [id], cursor: {column: day}}
records:
  payments:
    from: paid
    columns:
      payment_id: id
      direction: "'in'"
      payment_date: day
      currency_code: "'EUR'"
      amount: amount
"""

pytestmark = pytest.mark.usefixtures("prefect")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A company with a database of payments, one in the middle of each month of the year."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "ledger.yml").write_text(LEDGER)
    for module in ("flows.backfill", "flows.ingest", "flows.commands.backfill"):
        monkeypatch.setattr(sys.modules[module], "chosen", partial(chosen, folder=tmp_path / "sources"))
    home = tmp_path / "home"
    home.mkdir()
    with closing(sqlite3.connect(home / "ledger.db")) as connection:
        connection.execute("create table paid (id integer primary key, day text, amount numeric)")
        connection.executemany(
            "insert into paid values (?, ?, ?)", [(month, f"2025-{month:02}-15", month) for month in range(1, 13)]
        )
        connection.commit()
    return home


def answers(home: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_range_is_taken_in_month_by_month_and_a_second_time_nothing_is_asked(home: Path):
    done = backfill("ledger", FIRST, LAST, home=home, recorded_at=MOMENT)
    assert [(str(one.piece.span), one.rows_accepted, one.reason) for one in done] == [
        ("2025-01-01 to 2025-01-31", 1, None),
        ("2025-02-01 to 2025-02-28", 1, None),
        ("2025-03-01 to 2025-03-31", 1, None),
    ]
    assert answers(home, "select first_date, status, len(batch_ids), asked_at from operations.windows order by 1") == [
        (date(2025, month, 1), "loaded", 1, MOMENT) for month in (1, 2, 3)
    ]
    assert answers(home, "select count(*), count(distinct run_id) from operations.runs where status = 'completed'") == [
        (3, 3)
    ]
    assert backfill("ledger", FIRST, LAST, by="week", home=home, recorded_at=MOMENT) == []
    assert len(backfill("ledger", FIRST, date(2025, 4, 30), home=home, recorded_at=MOMENT)) == 1


def test_days_that_are_not_over_are_asked_for_again(home: Path):
    backfill("ledger", date(2025, 6, 1), date(2025, 8, 31), home=home, recorded_at=MOMENT)
    assert answers(home, "select first_date, last_date, status from operations.windows") == [
        (date(2025, 6, 1), date(2025, 6, 29), "loaded")
    ]


def test_what_the_daily_run_brought_already_is_not_stored_twice(home: Path):
    ingest("ledger", home=home, recorded_at=MOMENT)
    done = backfill("ledger", FIRST, LAST, home=home, recorded_at=MOMENT)
    assert [one.rows_accepted for one in done] == [0, 0, 0]
    assert answers(home, "select count(*), count(distinct payment_id) from record.payments") == [(12, 12)]


def test_a_piece_that_fails_is_written_down_the_others_go_on_and_it_alone_is_asked_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    import flows.backfill as module

    filling = module.fill

    def no_february(home, source, piece, recorded_at, progress):
        if piece.span.first.month == 2:
            raise SourceUnreachable("ledger: the server did not answer")
        return filling(home, source, piece, recorded_at, progress)

    monkeypatch.setattr(module, "fill", no_february)
    monkeypatch.setattr(module, "load_piece", module.load_piece.with_options(retries=0))
    with pytest.raises(SourceUnreachable, match=r"1 of 3 pieces failed; the first, 2025-02-01 to 2025-02-28"):
        backfill("ledger", FIRST, LAST, home=home, recorded_at=MOMENT)
    assert answers(home, "select first_date, reason from operations.windows where status = 'failed'") == [
        (date(2025, 2, 1), "ledger: the server did not answer")
    ]
    monkeypatch.setattr(module, "fill", filling)
    again = backfill("ledger", FIRST, LAST, home=home, recorded_at=MOMENT)
    assert [str(one.piece.span) for one in again] == ["2025-02-01 to 2025-02-28"]
    assert answers(home, "select count(*) from record.payments") == [(3,)]


def test_another_run_gets_its_turn_between_two_pieces(home: Path, monkeypatch: pytest.MonkeyPatch):
    import flows.backfill as module

    filling, order, others = module.fill, [], []

    def daily():
        from tasks.writer import one_writer

        with one_writer(home, "the daily run", lambda _sentence: None, 30):
            order.append("daily")

    def slow(home, source, piece, recorded_at, progress):
        if not others:
            others.append(threading.Thread(target=daily))
            others[0].start()
        order.append(piece.span.first.month)
        return filling(home, source, piece, recorded_at, progress)

    monkeypatch.setattr(module, "fill", slow)
    backfill("ledger", FIRST, LAST, home=home, recorded_at=MOMENT)
    others[0].join()
    assert order == [1, "daily", 2, 3]


def test_the_page_of_the_run_shows_each_piece(home: Path):
    from prefect import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName

    backfill("ledger", FIRST, date(2025, 2, 28), home=home, recorded_at=MOMENT)
    with get_client(sync_client=True) as client:
        name = FlowRunFilterName(any_=["backfill ledger 2025-01-01 to 2025-02-28"])
        run = client.read_flow_runs(flow_run_filter=FlowRunFilter(name=name))[0]
    assert "| 2025-01-01 to 2025-01-31 | 1 | 0 |" in artifacts_of(run)["backfill-ledger"]


def test_the_command_says_what_is_missing_and_asks_nothing_when_it_is_only_to_say_so(
    home: Path, capsys: pytest.CaptureFixture[str]
):
    arguments = ["backfill", "ledger", "--from", "2025-01-01", "--to", "2025-02-28", "--home", str(home), "--dry-run"]
    assert main(arguments) == 0
    assert "2025-02-01 to 2025-02-28: to be asked for" in capsys.readouterr().out
    assert not (home / "warehouse.duckdb").exists()
    assert main([*arguments[:5], "2024-12-31", *arguments[6:]]) == 2
