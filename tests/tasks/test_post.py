"""Proves that documents are posted as their source says, and that the real company's books come to its known totals."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.build import build_warehouse
from tasks.errors import BrokenPromise
from tasks.ingest import ingest_source
from tasks.post import post_documents
from tasks.source import chosen
from warehouse.connection import Connection, connect
from warehouse.home import Home
from warehouse.publication import Company

MOMENT = datetime(2021, 4, 1, 6, tzinfo=UTC)
AS_OF = date(2021, 3, 31)
COMPANY = Company("A company in Canada", "CAD", "02-29")

JOURNALS = """
source: program
description: The journals of an accounting program
owner: accounting
extract: {connector: files, path: "${COUNTINGHOUSE_HOME}/inbox/*", format: csv}
records:
  journal_lines:
    columns:
      {journal_id: id, line_no: line, entry_date: day, account_code: account, amount: amount, currency_code: "'CAD'"}
"""


@pytest.fixture(scope="session")
def real_books(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """The published tables of a real company, made from its journals, invoices, accounts and contacts."""
    home = Home(tmp_path_factory.mktemp("real") / "home")
    home.root.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNTINGHOUSE_REAL_DATA", str(real_data))
        for source in chosen(["xero_books*"]):
            assert not ingest_source(home, source, MOMENT).refused
    post_documents(home, COMPANY, AS_OF, MOMENT)
    building = build_warehouse(home, AS_OF, COMPANY, MOMENT)
    assert building is not None
    with connect(building.path, read_only=True) as connection:
        yield connection


def test_the_trial_balance_of_a_real_company_comes_to_its_known_totals(real_books: Connection):
    found = real_books.execute(
        "select account_type, sum(closing_balance) from finance.trial_balance "
        "group by all having sum(closing_balance) <> 0"
    ).fetchall()
    assert dict(found) == {
        "revenue": Decimal("-566973.74"),
        "expense": Decimal("57790.57"),
        "direct_costs": Decimal("7031.28"),
        "bank": Decimal("98968.93"),
        "current_asset": Decimal("145596.16"),
        "current_liability": Decimal("212169.94"),
        "equity": Decimal("29990.00"),
        "fixed_asset": Decimal("15426.86"),
    }


@pytest.mark.parametrize(("ageing", "documents", "amount"), [("receivables", 13, "42841.00"), ("payables", 3, "73.86")])
def test_the_ageing_of_a_real_company_comes_to_its_known_totals(
    real_books: Connection, ageing: str, documents: int, amount: str
):
    found = real_books.execute(f"select count(*), sum(open_amount) from finance.{ageing}_ageing").fetchall()
    assert found == [(documents, Decimal(amount))]


def test_documents_that_their_own_journals_post_are_not_posted_twice(real_books: Connection):
    kinds = real_books.execute("select document_kind, count(distinct entry_no) from core.ledger_lines group by all")
    assert kinds.fetchall() == [("journal", 1685)]


def test_our_rules_come_to_the_same_as_the_journals_but_for_a_credit_note_that_was_not_delivered(
    real_books: Connection,
):
    compared = real_books.execute(
        """
        select count(distinct document_id), sum(amount) filter (where role = 'receivables'),
            sum(amount) filter (where account_type = 'revenue'), sum(amount) filter (where role = 'output_tax')
        from store.comparison_lines inner join core.accounts using (account_code)
        where document_kind in ('sales_invoice', 'purchase_invoice')
        """
    ).fetchall()
    assert compared == [(592, Decimal("566973.74"), Decimal("-566973.74"), Decimal("2909.52"))]
    differences = real_books.execute(
        "select document_kind, measure, difference_amount, reason from finance.posting_differences order by measure"
    ).fetchall()
    why = "the journals name a document that was not delivered"
    assert differences == [
        ("purchase_credit_note", "costs and other accounts", Decimal("98.91"), why),
        ("purchase_credit_note", "payables", Decimal("-118.99"), why),
        ("purchase_credit_note", "tax", Decimal("20.08"), why),
    ]


def test_an_entry_that_does_not_balance_is_told_in_one_sentence_and_nothing_is_posted(shop):
    shop.describe(JOURNALS.replace("program", "shop"))
    shop.deliver("journals.csv", "id,line,day,account,amount\nJ7,1,2021-03-01,1000,10\nJ7,2,2021-03-01,4000,-9.99\n")
    shop.ingest()
    said = (
        r"^entry journal/J7 of 2021-03-01, from shop, does not balance: its debits less its credits are 0\.0100; "
        r"nothing was posted\. Mend it where it was written and deliver it again$"
    )
    with pytest.raises(BrokenPromise, match=said):
        post_documents(shop.home, COMPANY, AS_OF, MOMENT)
    assert shop.rows("select count(*) from store.ledger_lines") == [(0,)]


def test_a_source_file_says_who_posts_its_documents_and_is_remembered_when_it_is_gone(shop, tmp_path):
    folder = tmp_path / "sources"
    folder.mkdir()
    shop.deliver("payments.csv", "id,day,currency,amount,payer\nP1,2021-03-01,CAD,5,\n")
    shop.ingest()
    text = (tmp_path / "shop.yml").read_text()
    posted = []
    for says in (text + "posting: own journals\n", None, text):
        (folder / "shop.yml").write_text(says) if says else (folder / "shop.yml").unlink()
        posted.append(post_documents(shop.home, COMPANY, AS_OF, MOMENT, folder).entries_added)
    assert posted == [0, 0, 1]


def test_the_same_record_is_not_looked_at_twice(shop, monkeypatch):
    shop.deliver("payments.csv", "id,day,currency,amount,payer\nP1,2021-03-01,CAD,5,\n")
    shop.ingest()
    first = post_documents(shop.home, COMPANY, AS_OF, MOMENT)
    assert (first.entries_added, first.lines_added) == (1, 2)
    with monkeypatch.context() as patch:
        patch.setattr("tasks.post.post", lambda *_: pytest.fail("there is nothing new to post"))
        for day in (AS_OF, date(2021, 1, 1)):
            assert post_documents(shop.home, COMPANY, day, MOMENT).lines_added == 0
    shop.deliver("more.csv", "id,day,currency,amount,payer\nP2,2021-03-02,CAD,6,\n")
    shop.ingest()
    assert post_documents(shop.home, COMPANY, AS_OF, MOMENT).entries_added == 1
    assert shop.rows("select entries_added_count from operations.postings order by posting_no") == [(1,), (1,)]
