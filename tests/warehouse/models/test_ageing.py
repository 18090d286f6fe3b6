"""Proves on generated books that open items are what was billed less what was paid, to the last decimal."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.records import RECORDS
from warehouse.build import make_table, set_variables
from warehouse.connection import Connection, connect
from warehouse.models import read_models
from warehouse.publication import Company

AS_OF = date(2025, 6, 30)
MADE = (
    "core.allocations",
    "core.ageing_buckets",
    "core.open_documents",
    "finance.receivables_ageing",
    "finance.payables_ageing",
)
MODELS = {model.name: model for model in read_models()}

amounts = st.decimals(Decimal("0.0001"), Decimal("99999999999.9999"), places=4)
days = st.dates(AS_OF - timedelta(days=400), AS_OF + timedelta(days=20))


class Invoice(NamedTuple):
    direction: str
    document_id: str
    gross_amount: Decimal
    document_date: date
    credit_days: int


class Payment(NamedTuple):
    direction: str
    document_id: str
    amount: Decimal
    payment_date: date


documents = st.builds(
    Invoice,
    st.sampled_from(["receivable", "payable"]),
    st.sampled_from(["1", "2", "3", "4", "5"]),
    st.one_of(amounts, amounts.map(lambda amount: -amount)),
    days,
    st.integers(0, 90),
)
payments = st.builds(Payment, st.sampled_from(["in", "out"]), st.sampled_from(["1", "2", "3", "9"]), amounts, days)


@pytest.fixture(scope="module")
def books() -> Iterator[Connection]:
    with connect(None, threads=1) as connection:
        connection.execute("create schema record")
        for name in ("invoices", "payments"):
            columns = ", ".join(f"{column.name} {column.type}" for column in RECORDS[name].columns())
            connection.execute(f"create table record.{name} ({columns})")
        set_variables(connection, AS_OF, Company("Corner shop", "EUR"), "0123456789ab")
        yield connection


def enter(books: Connection, invoices: list[Invoice], paid: list[Payment]) -> None:
    for table in ("record.invoices", "record.payments"):
        books.execute(f"delete from {table}")
    for invoice in invoices:
        books.execute(
            "insert into record.invoices by name select ? as direction, ? as document_id, ? as gross_amount, "
            "? as document_date, ? as due_date, 'EUR' as currency_code, 'anna' as party_id",
            [*invoice[:4], invoice.document_date + timedelta(days=invoice.credit_days)],
        )
    for number, payment in enumerate(paid):
        books.execute(
            "insert into record.payments by name select ? as payment_id, ? as direction, ? as document_id, "
            "? as amount, ? as payment_date, 'EUR' as currency_code, 'anna' as party_id",
            [str(number), *payment],
        )
    for name in MADE:
        books.execute(f"drop table if exists {name}")
        make_table(books, MODELS[name])


def still_open(invoices: list[Invoice], paid: list[Payment]) -> dict[tuple[str, str], Decimal]:
    """The same in plain arithmetic: money out pays a supplier, or a customer back where no supplier has that number."""
    balances = {
        (each.direction, each.document_id): each.gross_amount for each in invoices if each.document_date <= AS_OF
    }
    for payment in paid:
        sides = ("receivable", "payable") if payment.direction == "in" else ("payable", "receivable")
        known = [(side, payment.document_id) for side in sides if (side, payment.document_id) in balances]
        if known and payment.payment_date <= AS_OF:
            balances[known[0]] -= payment.amount if known[0][0] == sides[0] else -payment.amount
    return {document: balance for document, balance in balances.items() if balance}


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    invoices=st.lists(documents, max_size=8, unique_by=lambda each: each[:2]),
    paid=st.lists(payments, max_size=8),
)
def test_open_items_are_what_was_billed_less_what_was_paid(
    books: Connection, invoices: list[Invoice], paid: list[Payment]
):
    enter(books, invoices, paid)
    listed = books.execute(
        "select 'receivable', document_id, open_amount from finance.receivables_ageing "
        "union all select 'payable', document_id, open_amount from finance.payables_ageing"
    ).fetchall()
    assert {(side, document): amount for side, document, amount in listed} == still_open(invoices, paid)
    assert len(listed) == len(still_open(invoices, paid))
