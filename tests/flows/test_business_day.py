"""A business day: what it brings about the first time, the second time, and when its audit refuses."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from prefect import get_client
from prefect.client.schemas.objects import FlowRun

from flows.business_day import BusinessDay, business_day
from tasks.errors import AuditRefused
from tests.flows.runs import artifacts_of, children_of, last_run_of, runs_of

AS_OF = date(2025, 6, 30)
LATER = datetime(2025, 7, 2, 5, 30, tzinfo=UTC)
LATEST = datetime(2025, 7, 3, 5, 30, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("own_sources")


def test_every_row_is_accounted_for_and_the_tables_are_published(first_day: BusinessDay):
    (load,) = first_day.ingestions[0].loads
    assert (load.rows_extracted, load.rows_accepted, load.rows_quarantined, load.rows_out_of_scope) == (4, 2, 1, 1)
    assert first_day.publication.is_new
    with duckdb.connect(str(first_day.publication.path), read_only=True) as published:
        assert published.execute("select net_amount::varchar from sales.daily_sales").fetchall() == [("12.2000",)]
    assert first_day.index.exists()


def test_a_source_whose_data_is_not_here_is_said_to_be_skipped(first_day: BusinessDay):
    assert first_day.ingestions[1].skipped is not None
    assert "ELSEWHERE_DATA is not set" in first_day.ingestions[1].skipped


def test_runs_have_names_that_people_use_and_tags_to_find_them_by(first_day: BusinessDay, shop: Path):
    children = children_of(last_run_of_first_day(shop))
    assert {run.name for run in children} == {"ingest corner_shop", "publish 2025-06-30", "report 2025-06-30"}
    assert all("2025-06" in run.tags for run in children)
    assert {"corner_shop", "2025-06"} in [set(run.tags) for run in children]


def last_run_of_first_day(shop: Path) -> FlowRun:
    with duckdb.connect(str(shop / "warehouse.duckdb"), read_only=True) as connection:
        ((run_id,),) = connection.execute("select arg_min(run_id, started_at) from operations.runs").fetchall()
    with get_client(sync_client=True) as client:
        return client.read_flow_run(run_id)


def test_a_run_shows_its_loads_its_audit_and_its_reports(first_day: BusinessDay, shop: Path):
    run = last_run_of_first_day(shop)
    shown = artifacts_of(run, *children_of(run))
    assert {"business-day", "loads-corner-shop", "audit", "reports", "reports-index"} <= set(shown)
    assert "| corner_shop | sales_lines | 1 | 4 | 2 | 0 | 1 | 1 |" in shown["business-day"]
    assert "passed; it may be published" in shown["audit"]


def test_a_second_run_starts_nothing_and_leaves_the_published_file_alone(first_day: BusinessDay, shop: Path):
    before = first_day.publication.path.stat()
    second = business_day(as_of=AS_OF, home=shop, recorded_at=LATER)
    assert not second.publication.is_new
    assert second.reports is None
    assert [run.name for run in children_of(last_run_of(shop))] == ["publish 2025-06-30"]
    after = first_day.publication.path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_refused_audit_publishes_nothing_says_why_and_is_not_tried_again(copy: Path, monkeypatch: pytest.MonkeyPatch):
    (copy / "inbox" / "corner_shop" / "2025-06-03.csv").write_text(
        "receipt,line,day,article,quantity,price\nR3,1,2025-06-03,mug,1,4.50\n"
    )
    published = copy / "published" / "countinghouse.duckdb"
    before = published.stat().st_ino
    audited = []

    def refuse(_home: object, _path: Path, publication_id: str) -> SimpleNamespace:
        audited.append(publication_id)
        line = SimpleNamespace(
            severity="fail", is_success=False, table_name="sales.daily_sales", column_name="net_amount",
            sentence="the days add up to the record", unexpected_count=1, observed="1.00",
        )  # fmt: skip
        return SimpleNamespace(results=[line], failures=[line], is_passed=False)

    monkeypatch.setattr("tasks.audit.audit", refuse)
    with pytest.raises(AuditRefused, match=r"sales\.daily_sales: the days add up to the record"):
        business_day(as_of=AS_OF, home=copy, recorded_at=LATEST)
    assert published.stat().st_ino == before
    assert len(audited) == 1
    assert runs_of(copy)[-1][:3] == ("business-day", AS_OF, "failed")
    assert "the days add up to the record" in artifacts_of(last_run_of(copy))["failure"]


@pytest.mark.usefixtures("few_tables_audited_once")
def test_a_wrong_entry_in_the_ledger_stops_the_publication_in_one_sentence_that_names_it(copy: Path):
    """A reversal that nobody posted: posting mends what it knows of, the tie-outs find the rest."""
    published = copy / "published" / "countinghouse.duckdb"
    before = published.stat().st_ino
    with duckdb.connect(str(copy / "warehouse.duckdb")) as connection:
        connection.execute(
            """
            insert into store.ledger_lines
            select * replace (
                entry_no + 1 as entry_no, entry_id || '#1r' as entry_id, 2 * -amount as amount,
                2 * -currency_amount as currency_amount, entry_no as reverses_entry_no
            )
            from store.ledger_lines
            """
        )
    with pytest.raises(AuditRefused) as refused:
        business_day(as_of=AS_OF, home=copy, recorded_at=LATEST)
    assert str(refused.value).startswith(
        "the books do not tie out, so nothing was published: reversals_mirror_what_they_reverse: a reversal takes back "
        "every line of an earlier entry, on the same account, in both currencies; broken by entry 2 "
        "(sales_invoice/R1#1r); entry 2 (sales_invoice/R1#1r), difference of 24.4000"
    )
    assert published.stat().st_ino == before
    assert runs_of(copy)[-1][:3] == ("business-day", AS_OF, "failed")
