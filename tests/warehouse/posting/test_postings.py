"""Proves that the ledger only grows, that a correction is a reversal and a new entry, and that every entry balances."""

from datetime import date
from decimal import Decimal

import pytest

from tests.warehouse.posting.conftest import Books
from warehouse.postings import UnbalancedEntry

ENTRIES = "select entry_no, entry_id, reverses_entry_no, sum(amount) from store.ledger_lines group by all order by 1"


def journal(books: Books, *amounts: object, **values: object) -> None:
    for line_no, amount in enumerate(amounts, start=1):
        row = {"journal_id": "J1", "entry_date": "2025-05-01", "account_code": "1000", "account_type": "bank"}
        books.give("journal_lines", **(row | {"line_no": line_no, "amount": amount} | values))


def test_posting_again_adds_nothing(books, sell):
    sell()
    assert books.post().entries_added == 1
    before = books.ask("from store.ledger_lines")
    again = books.post()
    assert (again.entries_added, again.lines_added, again.entries_reversed) == (0, 0, 0)
    assert books.ask("from store.ledger_lines") == before


def test_a_changed_document_is_reversed_and_posted_again(books, sell):
    sell()
    books.post()
    books.connection.execute("update record.invoices set net_amount = 50, gross_amount = 69")
    posting = books.post()
    assert (posting.entries_added, posting.entries_reversed) == (1, 1)
    assert books.ask(ENTRIES) == [
        (1, "sales_invoice/R1/anna", None, Decimal(0)),
        (2, "sales_invoice/R1/anna#1r", 1, Decimal(0)),
        (3, "sales_invoice/R1/anna#2", None, Decimal(0)),
    ]
    owed = "select sum(amount) from store.ledger_lines where account_code = '1100'"
    assert books.ask(owed) == [(Decimal(69),)]
    assert books.post().entries_added == 0


def test_a_document_that_is_as_it_was_at_first_is_a_third_version(books, sell):
    sell()
    books.post()
    for gross in (69, 119):
        books.connection.execute("update record.invoices set net_amount = ? - 19, gross_amount = ?", [gross, gross])
        books.post()
    assert [entry_id for _, entry_id, _, _ in books.ask(ENTRIES)] == [
        "sales_invoice/R1/anna", "sales_invoice/R1/anna#1r", "sales_invoice/R1/anna#2", "sales_invoice/R1/anna#2r",
        "sales_invoice/R1/anna#3",
    ]  # fmt: skip


def test_a_document_that_vanished_is_reversed(books, sell):
    sell()
    books.post()
    books.connection.execute("delete from record.invoices")
    assert (books.post().entries_reversed, books.post().entries_reversed) == (1, 0)
    assert (
        books.ask("select account_code, sum(amount) from store.ledger_lines group by 1 having sum(amount) <> 0") == []
    )


def test_no_line_of_the_ledger_is_ever_changed(books, sell):
    sell()
    books.post()
    before = books.ask("from store.ledger_lines order by entry_no, line_no")
    books.connection.execute(
        "update record.invoices set net_amount = 50, gross_amount = 69, document_date = '2025-05-03'"
    )
    books.post()
    assert books.ask("from store.ledger_lines where entry_no = 1 order by entry_no, line_no") == before


def test_entries_are_numbered_without_gaps(books, sell):
    for number in range(5):
        sell(document_id=f"R{number}")
    books.post()
    books.connection.execute("update record.invoices set gross_amount = 120, tax_amount = 20 where document_id < 'R3'")
    books.post()
    assert books.ask("select list(distinct entry_no order by entry_no) from store.ledger_lines") == [([*range(1, 12)],)]


def test_a_number_that_looks_like_a_correction_is_not_taken_for_one(books, sell):
    sell(document_id="R1")
    sell(document_id="R1", party_id="anna#2")
    assert books.post().entries_added == 2
    again = books.post()
    assert (again.entries_added, again.entries_reversed) == (0, 0)


@pytest.mark.parametrize("amounts", [(10, "-9.9999"), (10,), (10, 10)])
def test_an_entry_that_does_not_balance_is_not_stored_and_is_named(books, sell, amounts):
    sell()
    journal(books, *amounts)
    with pytest.raises(
        UnbalancedEntry, match=r"entry journal/J1 of 2025-05-01, from shop, does not balance: its debits"
    ):
        books.post()
    assert books.ask("from store.ledger_lines") == []


def test_an_entry_of_two_days_is_not_stored(books):
    journal(books, 10)
    journal(books, -10, entry_date="2025-05-02")
    with pytest.raises(UnbalancedEntry, match="its lines are of several days"):
        books.post()


def test_an_invoice_that_does_not_add_up_is_not_stored(books, sell):
    sell(gross_amount=120)
    with pytest.raises(UnbalancedEntry, match=r"sales_invoice/R1/anna of 2025-05-02, from shop, does not balance"):
        books.post()


def test_a_document_without_a_rate_waits_and_is_said_to(books, sell):
    sell()
    sell(document_id="R2", currency_code="USD")
    assert (books.post().entries_added, books.post().documents_unposted) == (1, 1)
    assert books.ask("select entry_id, reason from operations.unposted_documents") == [
        ("sales_invoice/R2/anna", "no exchange rate of USD is known for its day or the week before")
    ]
    books.give("exchange_rates", currency_code="USD", base_currency_code="EUR", rate_date="2025-05-01", rate=2)
    posting = books.post()
    assert (posting.entries_added, posting.documents_unposted) == (1, 0)


def test_a_rate_older_than_a_week_is_none(books, sell):
    sell(currency_code="USD")
    books.give("exchange_rates", currency_code="USD", base_currency_code="EUR", rate_date="2025-04-25", rate=2)
    assert books.post().documents_unposted == 1


@pytest.mark.parametrize(
    ("rates", "euros"),
    [
        ([("USD", "EUR", 2)], "59.50"),
        ([("EUR", "USD", 2)], "238"),
        ([("USD", "GBP", 2), ("EUR", "GBP", 4)], "238"),
        ([("USD", "EUR", 2), ("EUR", "USD", 2)], "59.50"),
    ],
)
def test_a_rate_is_found_whichever_way_it_is_quoted(books, sell, rates, euros):
    sell(currency_code="USD")
    for currency, base, rate in rates:
        books.give("exchange_rates", currency_code=currency, base_currency_code=base, rate_date="2025-05-02", rate=rate)
    books.post()
    assert books.ask("select amount from store.ledger_lines where leg = 'receivable'") == [(Decimal(euros),)]


def test_the_rate_on_the_document_goes_before_that_of_the_day(books, sell):
    sell(currency_code="USD", exchange_rate="1.19")
    books.give("exchange_rates", currency_code="USD", base_currency_code="EUR", rate_date="2025-05-02", rate=2)
    books.post()
    assert books.ask("select amount from store.ledger_lines where leg = 'receivable'") == [(Decimal(100),)]


def test_an_account_that_nobody_knows_keeps_its_entry_out(books):
    journal(books, 10, -10, account_code="9999", account_type=None)
    assert books.post().documents_unposted == 1
    assert books.ask("select document_kind, reason from operations.unposted_documents") == [
        ("journal", "no chart holds account 9999")
    ]


def test_a_chart_that_lacks_a_role_keeps_out_what_needs_it(books, sell):
    sell()
    books.give("accounts", account_code="10", account_name="Debtors", account_type="current_asset", role="receivables")
    books.post()
    assert books.ask("select reason from operations.unposted_documents") == [
        ("the chart of accounts has no account with the role revenue",)
    ]


def test_depreciation_goes_as_far_as_somebody_asked_and_never_back(books):
    books.give(
        "fixed_assets", asset_id="A1", asset_name="Press", acquired_date="2025-01-10", cost_amount=120,
        residual_amount=0, useful_life_months=12,
    )  # fmt: skip
    months = [books.post(as_of).entries_added for as_of in (date(2025, 3, 30), date(2025, 6, 30), date(2025, 3, 30))]
    assert months == [2, 4, 0]
    assert books.ask("select max(entry_date) from store.ledger_lines") == [(date(2025, 6, 30),)]


def test_what_its_own_systems_journals_post_is_not_posted_again(books, sell):
    books.own_journals = {"ledger_program": True}
    sell(_source="ledger_program")
    sell(document_id="R2")
    journal(books, 10, -10, _source="ledger_program")
    books.post()
    assert [entry_id for _, entry_id, _, _ in books.ask(ENTRIES)] == ["journal/J1", "sales_invoice/R2/anna"]


def test_a_source_may_be_posted_by_our_rules_from_some_day_on(books, sell):
    sell(_source="ledger_program")
    for own_journals, posted in (({"ledger_program": True}, 0), ({}, 0), ({"ledger_program": False}, 1)):
        books.own_journals = own_journals
        assert books.post().entries_added == posted
