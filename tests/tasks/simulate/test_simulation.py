"""The simulated company: the same files each time, a world that fits together, and a word on what is simulated."""

import csv
import gzip
import time
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tasks.simulate import COMPANY, AnswerKey, simulate
from tasks.simulate.company.calendar import DAYS_COUNT, LAST_DAY
from tasks.simulate.company.firm import Firm, simulate_firm
from tasks.simulate.simulation import SEED
from tasks.simulate.systems import SYSTEMS
from tasks.source import chosen
from warehouse.home import Home

LINES = 6_000


@pytest.fixture(scope="module")
def firm() -> Firm:
    """The firm before any system wrote it down."""
    return simulate_firm(SEED, 20_000)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, AnswerKey]:
    """A small company's files, which the tests only read."""
    home = Home(tmp_path_factory.mktemp("company"))
    return home, simulate(home, lines_count=LINES)


def files_of(home: Home) -> dict[str, bytes]:
    """All files of the inbox."""
    return {str(file.relative_to(home.inbox)): file.read_bytes() for file in home.inbox.rglob("*") if file.is_file()}


def test_the_same_seed_gives_the_same_bytes(company: tuple[Home, AnswerKey], tmp_path: Path) -> None:
    home, key = company
    assert simulate(Home(tmp_path), lines_count=LINES) == key
    assert files_of(Home(tmp_path)) == files_of(home)


def test_another_seed_gives_another_firm() -> None:
    assert not simulate_firm(1, LINES).payments.equals(simulate_firm(2, LINES).payments)


def test_only_files_that_are_not_right_are_written(tmp_path: Path) -> None:
    home = Home(tmp_path)
    simulate(home, lines_count=LINES)
    orders = home.inbox / "mail_order" / "orders"
    (orders / "orders_2025-10.csv").write_text("spoiled")
    (orders / "left over.csv").write_text("of an older simulation")
    before = {file: file.stat().st_mtime_ns for file in home.inbox.rglob("*") if file.is_file()}
    simulate(home, lines_count=LINES)
    after = {file: file.stat().st_mtime_ns for file in home.inbox.rglob("*") if file.is_file()}
    assert {file.name for file, at in before.items() if after.get(file) != at} == {
        "orders_2025-10.csv",
        "left over.csv",
    }
    assert set(before) - set(after) == {orders / "left over.csv"}


def test_a_company_that_is_right_is_not_made_again(company: tuple[Home, AnswerKey]) -> None:
    home, key = company
    before = {file: file.stat().st_mtime_ns for file in home.inbox.rglob("*")}
    started = time.process_time()
    assert simulate(home, lines_count=LINES) == key
    assert time.process_time() - started < 0.5
    assert {file: file.stat().st_mtime_ns for file in home.inbox.rglob("*")} == before


def test_a_firm_whose_systems_make_no_mistakes_has_no_dirt(tmp_path: Path) -> None:
    key = simulate(Home(tmp_path), lines_count=LINES, is_dirty=False)
    assert (key.kinds, key.missing) == ((), ())
    assert not [load for load in key.loads if load.rows_quarantined or load.rows_out_of_scope]
    contents = list(files_of(Home(tmp_path)).values())
    assert len(set(contents)) == len(contents)


def test_everything_says_that_it_is_simulated(company: tuple[Home, AnswerKey]) -> None:
    home, key = company
    assert "simulated" in COMPANY == key.company
    assert "simulated" in (home.inbox / "mail_order" / "README.txt").read_text()
    assert all(source.description.startswith("Simulated.") for source in chosen(["mail_order_*"]))


def test_each_system_has_its_source() -> None:
    sources = {source.source: set(source.records) for source in chosen(["mail_order_*"])}
    assert sources == {system.source: {system.record} for system in SYSTEMS}


def test_there_are_not_too_many_files(company: tuple[Home, AnswerKey]) -> None:
    assert 60 <= len(files_of(company[0])) <= 240


def test_plain_readers_find_the_rows_that_the_key_counts(company: tuple[Home, AnswerKey]) -> None:
    home, key = company
    folder = home.inbox / "mail_order"
    counts = {load.file: load.rows_extracted for load in key.loads}
    with gzip.open(folder / "orders" / "orders_2024-03.csv.gz", "rt", errors="replace", newline="") as orders:
        assert len(list(csv.reader(orders))) - 1 == counts["orders_2024-03.csv.gz"]
    with (folder / "uk" / "uk_2025_Q1.txt").open(encoding="utf-16", newline="") as uk:
        assert len(list(csv.reader(uk, delimiter="\t"))) - 1 == counts["uk_2025_Q1.txt"]
    with (folder / "crm" / "kunden_2024-01-01.csv").open(encoding="cp1252", newline="") as crm:
        assert len(list(csv.reader(crm, delimiter=";"))) - 1 == counts["kunden_2024-01-01.csv"]
    assert (
        pl.read_parquet(folder / "contacts" / "contacts_2024_q2.parquet").height == counts["contacts_2024_q2.parquet"]
    )
    catalogue = pl.read_excel(
        folder / "catalogue" / "catalogue_2025_q1.xlsx", sheet_name="Price list", has_header=False
    )
    assert catalogue.height - 2 == counts["catalogue_2025_q1.xlsx"]


def test_invoices_come_to_the_sum_of_their_lines(firm: Firm) -> None:
    lines = (
        firm.orders.lines.join(firm.orders.documents, on="document").group_by("document_id").agg(pl.sum("net", "tax"))
    )
    invoices = firm.invoices.filter(pl.col("direction") == "receivable").select("document_id", "net", "tax")
    assert lines.sort("document_id").equals(invoices.sort("document_id"))


def test_credit_notes_take_back_what_was_sold(firm: Firm) -> None:
    lines = firm.orders.lines.join(firm.orders.documents, on="document")
    assert lines.filter((pl.col("quantity") < 0) != (pl.col("document_type") == "credit_note")).is_empty()
    credit_notes = firm.orders.documents.filter(pl.col("document_type") == "credit_note")
    sold = firm.orders.documents.select(
        pl.col("document").cast(pl.Int64).alias("corrects"), sold_day="day", buyer="customer_id"
    )
    both = credit_notes.join(sold, on="corrects", how="left")
    assert both.filter(~((pl.col("day") > pl.col("sold_day")) & (pl.col("buyer") == pl.col("customer_id")))).is_empty()


def test_document_numbers_have_no_gaps_before_the_files_are_written(firm: Firm) -> None:
    ids = firm.orders.documents["document_id"]
    numbers = pl.DataFrame({"prefix": ids.str.head(2), "number": ids.str.tail(6).cast(pl.Int64)})
    spans = numbers.group_by("prefix").agg(pl.len(), span=pl.max("number") - pl.min("number") + 1)
    assert spans.height == 6
    assert spans.filter(pl.col("len") != pl.col("span")).is_empty()


def test_nobody_buys_before_being_registered(firm: Firm) -> None:
    bought = firm.orders.documents.join(firm.customers, on="customer_id", how="left")
    assert bought.filter(
        pl.col("registered_date").is_null() | (pl.col("registered_date") > pl.col("document_date"))
    ).is_empty()
    assert not bought["never_bought"].any()


def test_payments_settle_invoices_in_their_currency_and_their_time(firm: Firm) -> None:
    paid = firm.payments.filter(pl.col("document_id").is_not_null()).join(
        firm.invoices, on="document_id", how="left", suffix="_of_invoice"
    )
    assert paid.filter(pl.col("document_date").is_null()).is_empty()
    assert paid.filter(pl.col("currency_code") != pl.col("currency_code_of_invoice")).is_empty()
    assert paid.filter(pl.col("payment_date") < pl.col("document_date")).is_empty()
    assert firm.payments["payment_date"].max() <= LAST_DAY
    assert firm.payments.filter(pl.col("document_id").is_null()).height > 0


def test_open_items_stand_in_every_bucket_of_the_ageing(firm: Firm) -> None:
    signed = pl.when(pl.col("direction") == "in").then("amount").otherwise(-pl.col("amount"))
    settled = firm.payments.group_by("document_id").agg(settled=signed.sum())
    receivables = firm.invoices.filter(pl.col("direction") == "receivable").join(settled, on="document_id", how="left")
    still_open = receivables.filter((pl.col("gross") - pl.col("settled").fill_null(0)) > 0)
    overdue = (DAYS_COUNT - 1 - still_open["due_day"]).to_list()
    assert {min(max((days + 29) // 30, 0), 4) for days in overdue} == {0, 1, 2, 3, 4}


def test_more_is_sold_before_christmas_than_in_summer(firm: Firm) -> None:
    months = dict(firm.orders.documents.group_by(pl.col("document_date").dt.month()).len().iter_rows())
    assert months[12] > 1.5 * months[7]


def test_every_event_of_a_case_follows_the_one_before(firm: Firm) -> None:
    for case in firm.cases:
        moments = [event.at for event in case.events]
        assert moments == sorted(moments)
        assert [event.no for event in case.events] == list(range(1, len(moments) + 1))
    assert max(case.events[-1].at.date() for case in firm.cases) <= date(2025, 12, 31)
