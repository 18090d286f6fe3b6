"""A period that is closed: what is filed stays, and what comes later is kept out of it or shows."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tasks import close as closing_task
from tasks.build import build_warehouse
from tasks.close import Filing, aside_home, check_closable, file_period, set_aside
from tasks.errors import ClosingRefused, FiledFileChanged, UsageError
from tasks.filed import copy_filed, read_filed
from tasks.ingest import ingest_source
from tasks.known import take_back
from tasks.periods import read_period
from tasks.post import post_documents
from tasks.publish import publish_building
from tasks.quarantine import replay
from tasks.tie_out import tie_out
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publication import Company, current_publication

REFUSING = Company("Corner shop", "EUR")
ALLOWING = Company("Corner shop", "EUR", late_entries="allow")
MARCH = read_period("2025-03", REFUSING)
MOMENT = datetime(2025, 6, 2, 6, tzinfo=UTC)
LATER = datetime(2025, 6, 9, 6, tzinfo=UTC)
AS_OF = date(2025, 6, 30)

SOURCE = """
source: shop
description: Sales and journals of a shop
owner: accounting
extract: {connector: files, path: "${COUNTINGHOUSE_HOME}/inbox/*", format: csv}
records:
  sales_lines:
    columns:
      document_id: id
      line_no: "'1'"
      document_type: "'invoice'"
      document_date: day
      customer_id: "'anna'"
      product_id: "'mug'"
      quantity: "'1'"
      unit_price_amount: amount
      net_amount: amount
      currency_code: "'EUR'"
    out_of_scope:
      journals: account is not null
  journal_lines:
    columns:
      {journal_id: id, line_no: line, entry_date: day, account_code: account, amount: amount, currency_code: "'EUR'"}
    out_of_scope:
      sales: account is null
"""
HEADER = "id,day,amount,account,line\n"
JOURNAL = HEADER + "J1,2025-03-30,5,6100,1\nJ1,2025-03-30,-5,1000,2\n"


def sold(*lines: str) -> str:
    return HEADER + "".join(f"{line},,\n" for line in lines)


@pytest.fixture
def books(shop):
    """A shop that sold in March and in April, and posted it; one row of April was refused."""
    shop.describe(SOURCE)
    shop.deliver("a.csv", sold("R1,2025-03-05,10.00", "R2,2025-04-02,7.00", "R9,2025-04-03,ten"))
    shop.ingest()
    post_documents(shop.home, REFUSING, AS_OF, MOMENT)
    return shop


def correct_and_add(books) -> None:
    """A week later: R1 was mapped wrongly, and R3 of March comes late."""
    books.describe(SOURCE.replace("_amount: amount", "_amount: if(id = 'R1', '12.50', amount)"))
    replay(books.home, books.source, LATER)
    books.deliver("b.csv", sold("R3,2025-03-31,1.00"))
    ingest_source(books.home, books.source, LATER)


def close_march(
    home: Home, company: Company = REFUSING, moment: datetime = MOMENT, reason: str | None = None
) -> Filing:
    check_closable(home, MARCH, moment, reason)
    aside = set_aside(home, MARCH)
    building = build_warehouse(aside, MARCH.last, company, moment)
    assert building is not None
    tie_out(building.path)
    publish_building(aside, building)
    return file_period(home, aside, company, MARCH, building.publication_id, moment, reason)


def publish(home: Home, company: Company, moment: datetime = LATER) -> None:
    post_documents(home, company, AS_OF, moment)
    building = build_warehouse(home, AS_OF, company, moment)
    assert building is not None
    tie_out(building.path)
    publish_building(home, building)


def published(home: Home, query: str) -> list[tuple]:
    with connect(home.published, read_only=True) as connection:
        return connection.execute(query).fetchall()


def entries(books) -> list[tuple]:
    return books.rows(
        "select entry_id, entry_date, max(amount) from store.ledger_lines group by entry_no, entry_id, entry_date "
        "order by entry_no"
    )


def filed_bytes(home: Home) -> dict[str, bytes]:
    return {file.file_name: path.read_bytes() for file, path in read_filed(home, "2025-03")[1]}


@pytest.mark.parametrize(
    ("name", "ends", "first", "last"),
    [
        ("2025-11", "12-31", date(2025, 11, 1), date(2025, 11, 30)),
        ("2024-02", "12-31", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-Q4", "12-31", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025", "12-31", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025", "03-31", date(2024, 4, 1), date(2025, 3, 31)),
        ("2025-Q1", "03-31", date(2024, 4, 1), date(2024, 6, 30)),
        ("2025-Q4", "02-29", date(2024, 12, 1), date(2025, 2, 28)),
    ],
)
def test_a_period_is_a_month_or_part_of_the_financial_year(name: str, ends: str, first: date, last: date):
    period = read_period(name, Company("Corner shop", "EUR", ends))
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("name", ["2025-13", "2025-Q5", "march", "2025-3", "../2025"])
def test_what_is_no_period_is_refused(name: str):
    with pytest.raises(UsageError, match="is no period; say a month such as 2025-11"):
        read_period(name, REFUSING)


def test_a_closed_period_is_filed_with_its_figures_and_hashes(books, tmp_path: Path):
    filing = close_march(books.home)
    names = [file.file_name for file in filing.files]
    assert names == sorted(f"{name}.csv" for name in closing_task.STATEMENTS)
    assert "revenue" in (filing.folder / "income_statement.csv").read_text()
    assert all(path.stat().st_mode & 0o222 == 0 for path in filing.folder.iterdir())
    assert books.rows("select line, amount from operations.filed_statements where statement = 'income statement'") == [
        ("revenue", Decimal(10))
    ]
    closing, files = read_filed(books.home, "2025-03")
    assert (closing.last_entry_no, closing.last_date) == (2, MARCH.last)
    copied = copy_filed(files, tmp_path / "copy")
    assert {path.name: path.read_bytes() for path in copied} == filed_bytes(books.home)
    assert current_publication(books.home) is None
    assert [path.name for path in books.home.filed.iterdir()] == ["2025-03"]


def test_a_period_is_closed_once_and_not_before_it_is_over(books):
    close_march(books.home)
    with pytest.raises(ClosingRefused, match=r"^2025-03 was closed on 2025-06-02 06:00 UTC already"):
        check_closable(books.home, MARCH, LATER, None)
    with pytest.raises(ClosingRefused, match=r"^2025-06 is not over: its last day is 2025-06-30$"):
        check_closable(books.home, read_period("2025-06", REFUSING), LATER, None)
    with pytest.raises(UsageError, match=r"^2025-04 is not closed; closed periods: 2025-03$"):
        read_filed(books.home, "2025-04")


@pytest.mark.parametrize(("day", "is_in_the_way"), [("2025-03-09", True), ("2025-04-09", False), ("soon", True)])
def test_a_refused_row_that_may_be_of_the_period_stands_in_its_way_unless_a_reason_is_given(
    books, day: str, is_in_the_way: bool
):
    books.deliver("b.csv", sold(f"R3,{day},ten"))
    books.ingest()
    if is_in_the_way:
        with pytest.raises(
            ClosingRefused, match=r"^2025-03 cannot be closed: 1 refused row\(s\) of shop for sales_lines"
        ):
            check_closable(books.home, MARCH, MOMENT, None)
    check_closable(books.home, MARCH, MOMENT, "a test till" if is_in_the_way else None)


def test_a_document_that_is_not_posted_stands_in_the_way(books):
    books.deliver("b.csv", HEADER + "J2,2025-03-09,5,no such account,1\nJ2,2025-03-09,-5,1000,2\n")
    books.ingest()
    post_documents(books.home, REFUSING, AS_OF, MOMENT)
    with pytest.raises(ClosingRefused, match="not posted: no chart holds account no such account"):
        check_closable(books.home, MARCH, MOMENT, None)


def test_where_late_entries_are_allowed_they_show_as_changes_and_the_filed_bytes_stay(books):
    filing = close_march(books.home, ALLOWING)
    before = filed_bytes(books.home)
    correct_and_add(books)
    publish(books.home, ALLOWING)
    assert filed_bytes(books.home) == before
    assert published(
        books.home,
        "select filed_amount, current_amount, difference_amount, entries_amount, entries "
        "from finance.changes_since_filed where statement = 'income statement'",
    ) == [
        (
            Decimal(10), Decimal("13.5"), Decimal("3.5"), Decimal("3.5"),
            "3 (sales_invoice/R1/anna#1r), 4 (sales_invoice/R1/anna#2), 5 (sales_invoice/R3/anna)",
        )
    ]  # fmt: skip
    # Every statement that holds the sale has changed by it: what is owed, the year's profit, the balances, no money.
    assert published(
        books.home, "select statement, count(*), sum(abs(difference_amount)) from finance.changes_since_filed "
        "where difference_amount = entries_amount and entries_count = 3 group by all order by all"
    ) == [
        ("balance sheet", 2, Decimal(7)),
        ("cash flow, indirect", 2, Decimal(7)),
        ("income statement", 1, Decimal("3.5")),
        ("trial balance", 2, Decimal(7)),
    ]  # fmt: skip
    assert published(books.home, "select count(*) from finance.changes_since_filed") == [(7,)]
    assert filing.closing.last_entry_no == 2


def test_where_late_entries_are_refused_documents_go_to_the_first_open_day_and_stay_there(books):
    close_march(books.home)
    correct_and_add(books)
    publish(books.home, REFUSING)
    first_open = date(2025, 4, 1)
    moved = [
        ("sales_invoice/R1/anna#1r", first_open, Decimal(10)),
        ("sales_invoice/R1/anna#2", first_open, Decimal("12.5")),
        ("sales_invoice/R3/anna", first_open, Decimal(1)),
    ]
    assert entries(books)[2:] == moved
    assert published(books.home, "select count(*) from finance.changes_since_filed") == [(0,)]
    assert published(books.home, "select count(*) from compliance.tie_outs where not is_kept") == [(0,)]
    # Looked at again with something new: nothing moves a second time.
    books.deliver("c.csv", sold("R4,2025-05-01,2.00"))
    books.ingest()
    post_documents(books.home, REFUSING, AS_OF, LATER)
    assert entries(books)[2:] == [*moved, ("sales_invoice/R4/anna", date(2025, 5, 1), Decimal(2))]


def test_a_journal_that_names_a_closed_day_is_refused_in_a_sentence_until_late_entries_are_allowed(books):
    close_march(books.home)
    books.deliver("j.csv", JOURNAL)
    books.ingest()
    publish(books.home, REFUSING)
    assert published(books.home, "select entry_id, reason from core.unposted_documents") == [
        (
            "journal/J1",
            "the books are closed until 2025-03-31; give it a later day, or say `late_entries: allow` in company.yml",
        )
    ]
    publish(books.home, ALLOWING)
    assert entries(books)[-1] == ("journal/J1", date(2025, 3, 30), Decimal(5))
    assert published(books.home, "select count(*) from core.unposted_documents") == [(0,)]


@pytest.mark.parametrize("step", ["write_files", "figures_of", "put_in_place", "write_closing"])
def test_a_closing_that_ends_in_the_middle_has_filed_nothing_and_can_be_done_again(
    books, monkeypatch: pytest.MonkeyPatch, step: str
):
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(closing_task, step, die)
        with pytest.raises(KeyboardInterrupt):
            close_march(books.home)
    for table in ("closings", "filed_files", "filed_statements"):
        assert books.rows(f"select count(*) from operations.{table}") == [(0,)]
    with pytest.raises(UsageError, match="2025-03 is not closed"):
        read_filed(books.home, "2025-03")
    close_march(books.home)
    assert filed_bytes(books.home).keys() == {f"{name}.csv" for name in closing_task.STATEMENTS}
    assert not aside_home(books.home, MARCH).root.exists()


def test_a_filed_file_that_was_changed_or_lost_is_told(books):
    filing = close_march(books.home)
    file = filing.folder / "balance_sheet.csv"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(FiledFileChanged, match=r"balance_sheet\.csv is not what was filed"):
        read_filed(books.home, "2025-03")
    file.unlink()
    with pytest.raises(FiledFileChanged, match=r"balance_sheet\.csv is gone"):
        read_filed(books.home, "2025-03")


def test_the_books_as_known_on_an_earlier_day_are_the_publication_of_that_day(books):
    post_documents(books.home, REFUSING, AS_OF, MOMENT)
    then = build_warehouse(books.home, AS_OF, REFUSING, MOMENT)
    assert then is not None
    publish_building(books.home, then)
    live = books.home.published.stat().st_ino
    correct_and_add(books)
    post_documents(books.home, REFUSING, AS_OF, LATER)
    known = take_back(books.home, REFUSING, AS_OF, MOMENT.date(), MOMENT)
    building = build_warehouse(known, AS_OF, REFUSING, MOMENT)
    assert building is not None
    tie_out(building.path)
    assert building.publication_id == then.publication_id
    publish_building(known, building)
    assert published(known, "select sum(net_amount) from record.sales_lines") == [(Decimal(17),)]
    assert published(known, "select max(entry_no) from core.ledger_lines") == [(2,)]
    assert books.home.published.stat().st_ino == live
