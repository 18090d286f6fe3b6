"""The simulated company's answer key: a whole ingest ends, row by row, where the key says that it must."""

import itertools
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.records import RECORDS
from tasks.build import build_warehouse, load_company
from tasks.export import Request, export_ledger
from tasks.ingest import Ingestion, ingest_source
from tasks.post import post_documents
from tasks.simulate import AnswerKey, Kind, Outcome, read_answer_key, simulate
from tasks.simulate.books.balances import YEAR_ENDS
from tasks.simulate.books.entry import EXCHANGE_DIFFERENCES
from tasks.simulate.dirt import Dirt
from tasks.simulate.system import FileDirt, System
from tasks.simulate.systems import SYSTEMS
from tasks.source import chosen
from tests.tasks.export.others import OTHERS, other
from tests.tasks.export.published import agree_with_the_published_statements
from warehouse.connection import Connection, connect
from warehouse.home import Home

__all__ = ["other"]

LINES = 30_000
"""A seventh of the firm; every kind of dirt is there as often as in the whole of it."""

RECORDED_AT = datetime(2026, 1, 1, tzinfo=UTC)

ROW_DIRT = [(system, dirt) for system in SYSTEMS for dirt in system.dirt]
FILE_DIRT = [(system, dirt) for system in SYSTEMS for dirt in system.file_dirt]

STRUCTURE = {"structure:columns", "structure:encoding", "structure:json"}

Row = tuple[str, str, int]
"""Source, file name and number of a row."""


@dataclass(frozen=True)
class Run:
    """The simulated company after one ingest of all its sources."""

    home: Home
    key: AnswerKey
    again: list[Ingestion]
    """What a second run over the same files did."""
    warehouse: Connection
    quarantine: dict[Row, list[str]]
    stored: dict[str, dict[Row, bool]]
    """For each record the rows that were accepted, and whether they are still current."""

    def kind(self, system: System, name: str) -> Kind:
        """The key's entry of a kind of dirt."""
        return next(kind for kind in self.key.kinds if (kind.source, kind.name) == (system.source, name))

    def ask(self, question: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        """The rows that answer a question."""
        return self.warehouse.execute(question, list(values)).fetchall()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """One run for all tests of this module, which only read it."""
    home = Home(tmp_path_factory.mktemp("company"))
    key = simulate(home, lines_count=LINES)
    _, again = ([ingest_source(home, source, RECORDED_AT) for source in chosen(["mail_order_*"])] for _ in range(2))
    warehouse = connect(home.warehouse, read_only=True)
    stored = {name: stored_in(warehouse, name) for name in RECORDS}
    yield Run(home, key, again, warehouse, quarantine_of(warehouse), stored)
    warehouse.close()


@pytest.fixture(scope="module")
def built(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """The tables that analysts read, built from a copy of the run's warehouse."""
    home = Home(tmp_path_factory.mktemp("built"))
    shutil.copy(run.home.warehouse, home.warehouse)
    post_documents(home, load_company(), run.key.last_day, RECORDED_AT)
    building = build_warehouse(home, run.key.last_day, load_company())
    assert building is not None
    warehouse = connect(building.path, read_only=True)
    yield warehouse
    warehouse.close()


def quarantine_of(warehouse: Connection) -> dict[Row, list[str]]:
    """Every refused row with its rules."""
    rows = warehouse.execute(
        "select source, file_name, row, rules"
        " from operations.quarantine join operations.batches using (source, batch_id)"
    ).fetchall()
    return {(source, file, row): sorted(rules) for source, file, row, rules in rows}


def stored_in(warehouse: Connection, record: str) -> dict[Row, bool]:
    """Every accepted row, and whether it is current."""
    rows = warehouse.execute(
        f"select batches.source, batches.file_name, _row, _superseded_at is null from record.{record}_versions"
        " join operations.batches as batches on batch_id = _batch_id"
    ).fetchall()
    return {(source, file, row): is_current for source, file, row, is_current in rows}


def named(case: object) -> str:
    """What a case is called in the list of tests."""
    return case.source if isinstance(case, System) else str(getattr(case, "name", case)).replace(" ", "-")


@pytest.mark.parametrize(("system", "dirt"), ROW_DIRT, ids=named)
def test_rows_of_every_kind_end_where_the_key_says(run: Run, system: System, dirt: Dirt) -> None:
    kind = run.kind(system, dirt.name)
    rows = [(kind.source, place.file, place.row or 0) for place in kind.places]
    stored = run.stored[kind.record]
    assert kind.count == dirt.count
    match kind.outcome:
        case Outcome.QUARANTINED:
            assert [run.quarantine.get(row) for row in rows] == [sorted(kind.rules)] * kind.count
        case Outcome.OUT_OF_SCOPE:
            assert run.ask(
                "select sum(rows) from operations.out_of_scope where source = ? and rule = ?",
                kind.source,
                kind.rules[0],
            ) == [(kind.count,)]
        case Outcome.UNCHANGED:
            assert not [row for row in rows if row in stored or row in run.quarantine]
        case Outcome.ACCEPTED:
            assert [row for row in rows if stored.get(row)] == rows
        case Outcome.NEW_VERSION:
            assert [row for row in rows if row in stored] == rows
        case _:
            pytest.fail(f"no row can end as {kind.outcome}")


@pytest.mark.parametrize(("system", "dirt"), FILE_DIRT, ids=named)
def test_files_of_every_kind_end_where_the_key_says(run: Run, system: System, dirt: FileDirt) -> None:
    kind = run.kind(system, dirt.name)
    (file,) = kind.places
    status = {Outcome.REFUSED: ("new", "refused"), Outcome.DUPLICATE: ("duplicate", "loaded")}[kind.outcome]
    assert run.ask(
        "select deliveries.status, batches.status"
        " from operations.deliveries join operations.batches using (source, file)"
        " where source = ? and deliveries.file_name = ?",
        kind.source,
        file.file,
    ) == [status]


def test_a_refused_file_says_why(run: Run) -> None:
    refused = run.ask("select file_name, reason from operations.batches where status = 'refused'")
    assert {file for file, _ in refused} == {
        place.file for kind in run.key.with_outcome(Outcome.REFUSED) for place in kind.places
    }
    assert all(reason for _, reason in refused)


def test_every_file_gives_the_counts_of_the_key(run: Run) -> None:
    loads = run.ask(
        "select source, record, file_name, rows_extracted, rows_accepted, rows_unchanged, rows_quarantined,"
        " rows_out_of_scope from operations.loads join operations.batches using (source, batch_id)"
    )
    assert sorted(loads) == sorted(
        (
            load.source, load.record, load.file, load.rows_extracted, load.rows_accepted, load.rows_unchanged,
            load.rows_quarantined, load.rows_out_of_scope,
        )
        for load in run.key.loads
    )  # fmt: skip


def test_every_row_of_every_load_of_the_key_is_accounted_for(run: Run) -> None:
    for load in run.key.loads:
        ends = load.rows_accepted, load.rows_unchanged, load.rows_quarantined, load.rows_out_of_scope
        assert sum(ends) == load.rows_extracted, load


def test_nothing_is_quarantined_that_the_key_does_not_name(run: Run) -> None:
    expected = {(k.source, p.file, p.row) for k in run.key.with_outcome(Outcome.QUARANTINED) for p in k.places}
    assert set(run.quarantine) == expected


def test_the_record_holds_as_many_current_rows_as_the_key_says(run: Run) -> None:
    counts = {name: sum(stored.values()) for name, stored in run.stored.items()}
    # The firm uses the chart of accounts that is shipped, its journals name their days line by line, and it keeps
    # neither a register of letters nor the reference data of others.
    empty = ("accounts", "journals", "documents", "currencies", "countries", "vat_rates")
    assert counts == run.key.current_rows | dict.fromkeys(empty, 0)


def test_accepted_sales_come_to_the_keys_amounts(run: Run) -> None:
    amounts = dict(run.ask("select currency_code, sum(net_amount) from record.sales_lines group by currency_code"))
    assert amounts == {currency: Decimal(amount) for currency, amount in run.key.accepted_net_amounts.items()}


def test_documents_that_were_never_delivered_are_not_in_the_record(run: Run) -> None:
    for missing in run.key.missing:
        assert missing.documents
        assert run.ask("select count(*) from record.sales_lines where document_id in ?", list(missing.documents)) == [
            (0,)
        ]
        assert run.ask("select count(*) from record.invoices where document_id in ?", list(missing.documents)) > [(0,)]


def test_a_lost_day_shows_as_a_day_without_sales(run: Run) -> None:
    (lost,) = (missing for missing in run.key.missing if missing.missing_date)
    question = "select count(*) from record.sales_lines where _source = ? and document_date = ?"
    assert run.ask(question, lost.source, lost.missing_date) == [(0,)]


def test_a_column_that_nobody_announced_is_drift(run: Run) -> None:
    drift = run.ask("select distinct column_name, change from operations.drift where source = 'mail_order_orders'")
    assert ("Voucher", "added") in drift


def test_a_header_and_nothing_else_is_a_load_of_no_rows(run: Run) -> None:
    question = "select status, rows from operations.batches where file_name = 'orders_2024-12-25.csv'"
    assert run.ask(question) == [("loaded", 0)]


def test_a_second_run_finds_nothing_new(run: Run) -> None:
    assert len(run.again) == len(SYSTEMS)
    assert not [ingestion.source for ingestion in run.again if ingestion.is_new]


def test_the_key_is_read_back_as_it_was_written(run: Run) -> None:
    assert read_answer_key(run.home.inbox / "mail_order" / "answer_key.json") == run.key


def test_there_are_at_least_thirty_kinds_of_dirt(run: Run) -> None:
    assert len({kind.name for kind in run.key.kinds}) >= 30
    assert {kind.outcome for kind in run.key.kinds} == set(Outcome)


def test_no_row_is_of_two_kinds(run: Run) -> None:
    places = [(kind.source, place) for kind in run.key.kinds for place in kind.places if place.row]
    assert len(places) == len(set(places))


def test_every_rule_of_the_key_exists(run: Run) -> None:
    scope = {
        source.source: set(itertools.chain(*(r.out_of_scope for r in source.records.values())))
        for source in chosen(None)
    }
    for kind in run.key.kinds:
        record = RECORDS[kind.record]
        casts = {f"{column.name}:cast" for column in record.columns()}
        assert set(kind.rules) <= set(record.rules()) | casts | STRUCTURE | scope[kind.source], kind.name


def test_files_of_the_company_stay_below_a_folder_of_their_own(run: Run) -> None:
    assert [folder.name for folder in Path(run.home.inbox).iterdir()] == ["mail_order"]


def test_the_compliance_report_counts_every_reason_as_the_key_does(run: Run, built: Connection) -> None:
    expected: Counter[tuple[str, str, str]] = Counter()
    for kind in run.key.with_outcome(Outcome.QUARANTINED):
        expected.update({(kind.source, kind.record, rule): kind.count for rule in kind.rules})
    counted = built.execute("select source, record, rule, rows_count from compliance.quarantine_reasons").fetchall()
    assert {(source, record, rule): rows for source, record, rule, rows in counted} == expected


def test_the_compliance_report_names_every_duplicate_delivery(run: Run, built: Connection) -> None:
    named_files = built.execute("select source, file_name from compliance.duplicate_deliveries").fetchall()
    expected = {(kind.source, kind.places[0].file) for kind in run.key.with_outcome(Outcome.DUPLICATE)}
    assert sorted(named_files) == sorted(expected)


def test_the_compliance_report_finds_the_gap_around_every_lost_document(run: Run, built: Connection) -> None:
    gaps = built.execute(
        "select source, after_document_id, before_document_id from compliance.document_number_gaps"
    ).fetchall()
    for missing in run.key.missing:
        for document in missing.documents:
            around = [gap for gap in gaps if gap[0] == missing.source and gap[1] < document < gap[2]]
            assert around, document


def test_the_compliance_report_finds_the_lost_day(run: Run, built: Connection) -> None:
    days = built.execute("select source, missing_date from compliance.missing_days").fetchall()
    assert {(missing.source, missing.missing_date) for missing in run.key.missing if missing.missing_date} <= set(days)


def test_what_the_company_is_owed_is_of_every_age(built: Connection) -> None:
    ages = built.execute("select distinct currency_code, bucket from finance.receivables_ageing").fetchall()
    assert len(ages) == 2 * 5


EXCHANGE = {"7100": EXCHANGE_DIFFERENCES, "7110": EXCHANGE_DIFFERENCES}


@pytest.mark.parametrize("as_of", YEAR_ENDS, ids=str)
def test_every_account_has_the_balance_of_the_key_at_each_years_end(run: Run, built: Connection, as_of: date) -> None:
    question = "select account_code, sum(amount) from core.ledger_lines where entry_date <= ? group by all"
    balances: Counter[str] = Counter()
    for account, amount in built.execute(question, [as_of]).fetchall():
        balances[EXCHANGE.get(account, account)] += amount
    expected = {of.account_code: Decimal(of.amount) for of in run.key.balances if of.as_of_date == as_of}
    assert {account: amount for account, amount in balances.items() if amount} == {
        account: amount for account, amount in expected.items() if amount
    }


@pytest.mark.parametrize("as_of", YEAR_ENDS, ids=str)
def test_every_account_holds_the_keys_amount_of_each_currency(run: Run, built: Connection, as_of: date) -> None:
    question = (
        "select account_code, currency_code, sum(currency_amount) from core.ledger_lines"
        " where entry_date <= ? and account_code not in ('7100', '7110') group by all having sum(currency_amount) <> 0"
    )
    held = {(account, currency): amount for account, currency, amount in built.execute(question, [as_of]).fetchall()}
    expected = {
        (of.account_code, currency): Decimal(amount)
        for of in run.key.balances
        if of.as_of_date == as_of
        for currency, amount in of.currency_amounts.items()
    }
    assert held == {place: amount for place, amount in expected.items() if amount}


def test_every_document_of_the_company_is_posted(built: Connection) -> None:
    assert built.execute("select document_kind, document_id, reason from core.unposted_documents").fetchall() == []


def test_other_programs_come_to_the_statements_of_the_company(other: str, built: Connection, tmp_path: Path) -> None:
    ((path,),) = built.execute("select path from duckdb_databases() where path is not null").fetchall()
    home = Home(tmp_path)
    home.publications.mkdir()
    shutil.copyfile(path, home.published)
    owner, last = load_company(), YEAR_ENDS[-1]
    # Of the year before only what it left: half of the time.
    first = owner.financial_year_start(last)
    done = export_ledger(home, owner, other, tmp_path, Request(None, last, "1"), first)
    found = OTHERS[other](done.path, first, last)
    agree_with_the_published_statements(found, home.published)
