"""Promises 1 and 4 on real payments to suppliers: every row and the whole sum are accounted for, in a ledger that ties.

The data are those of COUNTINGHOUSE_REAL_DATA; without them the tests skip and say so.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tasks.ingest import ingest_source
from tasks.post import post_documents
from tasks.source import chosen
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publication import Company

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)

ROWS = 28_145
PAID = Decimal("1000083306.00")


@pytest.fixture(scope="module")
def spend(real_data, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNTINGHOUSE_REAL_DATA", str(real_data))
        home = Home(tmp_path_factory.mktemp("gla_spend"))
        return home, ingest_source(home, chosen(["gla_spend"])[0], NOON)


@pytest.fixture(scope="module")
def posted(spend):
    home, _ = spend
    posting = post_documents(home, Company("City", "GBP"), date(2013, 4, 30), NOON)
    return home, posting


def ask(home, query):
    with connect(home.warehouse, read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_every_row_of_every_record_is_accounted_for_and_none_is_refused(spend):
    _, ingestion = spend
    ends = {
        load.record: (load.rows_extracted, load.rows_accepted + load.rows_out_of_scope, load.rows_quarantined)
        for load in ingestion.loads
    }
    assert ends == dict.fromkeys(("suppliers", "purchase_lines", "invoices", "payments"), (ROWS, ROWS, 0))


def test_lines_bills_and_payments_each_come_to_the_known_sum(spend):
    home, _ = spend
    assert ask(home, "select count(*), sum(net_amount) from record.purchase_lines") == [(ROWS, PAID)]
    assert ask(home, "select sum(gross_amount) from record.invoices where direction = 'payable'") == [(PAID,)]
    signed = "sum(if(direction = 'out', amount, -amount))"
    assert ask(home, f"select count(*), {signed} from record.payments") == [(ROWS, PAID)]


def test_every_bill_and_payment_has_its_supplier(spend):
    home, _ = spend
    for record in ("invoices", "payments"):
        known = "party_id in (select supplier_id from record.suppliers)"
        assert ask(home, f"select count(*) from record.{record} where not {known}") == [(0,)]


def test_the_ledger_of_payables_rises_and_falls_by_the_known_sum_and_ends_at_nothing(posted):
    home, posting = posted
    assert posting.documents_unposted == 0
    balances = dict(ask(home, "select account_code, sum(amount) from store.ledger_lines group by all"))
    assert balances == {"2000": 0, "5100": PAID, "1000": -PAID}
    (owed,) = ask(
        home,
        "select -sum(amount) from store.ledger_lines where account_code = '2000' and journal = 'purchases'",
    )
    assert owed == (PAID,)


def test_every_bill_is_settled_by_its_own_payments(spend):
    home, _ = spend
    unsettled = """
        with paid as (
            select party_id, document_id, sum(if(direction = 'out', amount, -amount)) as amount
            from record.payments
            group by all
        )

        select count(*)
        from record.invoices
        left join paid using (party_id, document_id)
        where paid.amount is distinct from gross_amount
    """
    assert ask(home, unsettled) == [(0,)]
