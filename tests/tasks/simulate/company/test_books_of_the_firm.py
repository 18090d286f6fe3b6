"""What the simulated firm buys, pays and keeps fits together before any of its systems writes it down."""

from collections import defaultdict
from datetime import date

import polars as pl
import pytest

from tasks.simulate.company.calendar import LAST_DAY
from tasks.simulate.company.firm import Firm, simulate_firm
from tasks.simulate.company.journals import OPENING_BANK
from tasks.simulate.company.rates import in_euros, rate_on
from tasks.simulate.simulation import SEED


@pytest.fixture(scope="module")
def firm() -> Firm:
    """A tenth of the firm."""
    return simulate_firm(SEED, 20_000)


def test_bills_come_to_the_sum_of_their_lines_and_stand_among_the_open_items(firm: Firm) -> None:
    lines = firm.purchases.lines.group_by("document_id", "supplier_id").agg(pl.sum("net", "tax"))
    bills = firm.invoices.filter(pl.col("direction") == "payable").select("document_id", "party_id", "net", "tax")
    assert lines.sort("document_id").rows() == bills.sort("document_id").rows()
    assert bills.height > 2_500


def test_bills_are_those_of_known_suppliers_in_their_currency(firm: Firm) -> None:
    bills = firm.purchases.documents.join(firm.suppliers, on="supplier_id", how="left", suffix="_of_supplier")
    assert bills.filter(pl.col("currency_code").ne_missing(pl.col("currency_code_of_supplier"))).is_empty()
    assert set(bills["currency_code"]) == {"EUR", "GBP"}


def test_numbers_of_bills_and_credit_notes_have_no_gaps(firm: Firm) -> None:
    ids = firm.purchases.documents.select(
        prefix=pl.col("document_id").str.head(2), number=pl.col("document_id").str.slice(3).cast(pl.Int64)
    )
    spans = ids.group_by("prefix").agg(pl.len(), span=pl.max("number") - pl.min("number") + 1)
    assert sorted(spans["prefix"]) == ["EG", "ER"]
    assert spans.filter(pl.col("len") != pl.col("span")).is_empty()


def test_suppliers_are_paid_whole_in_part_and_too_much_and_pay_back(firm: Firm) -> None:
    paid = firm.payments.filter(pl.col("settles") == "payable")
    signed = pl.when(pl.col("direction") == "out").then("amount").otherwise(-pl.col("amount"))
    sums = paid.group_by("document_id").agg(paid=signed.sum(), count=pl.len())
    bills = firm.invoices.filter(pl.col("direction") == "payable").join(sums, on="document_id")
    assert bills.filter(pl.col("paid") == pl.col("gross")).height > 2_000
    assert bills.filter((pl.col("gross") > 0) & (pl.col("paid") < pl.col("gross"))).height > 0
    assert bills.filter((pl.col("gross") > 0) & (pl.col("count") == 2)).height > 50
    assert bills.filter((pl.col("gross") < 0) & (pl.col("paid") == pl.col("gross"))).height > 0
    assert set(paid["direction"]) == {"in", "out"}


def test_nothing_leaves_the_stock_that_is_not_there(firm: Firm) -> None:
    held = firm.stock.sort("movement_date", "quantity", descending=[False, True]).with_columns(
        held=pl.col("quantity").cum_sum().over("product_id")
    )
    assert held.filter(pl.col("held") < 0).is_empty()


def test_what_was_sold_left_the_stock_and_what_came_back_is_in_it(firm: Firm) -> None:
    moved = dict(firm.stock.group_by("movement_type").agg(pl.sum("quantity")).iter_rows())
    quantity = firm.orders.lines["quantity"]
    assert moved["issue"] == -quantity.filter(quantity > 0).sum()
    assert moved["return"] == -quantity.filter(quantity < 0).sum()


def test_every_journal_entry_balances_in_euros_and_in_pounds(firm: Firm) -> None:
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for line in firm.journals:
        sums[line.journal_id][0] += line.amount
        sums[line.journal_id][1] += line.pence or 0
    assert set(map(tuple, sums.values())) == {(0, 0)}


@pytest.mark.parametrize(("currency", "opening"), [("EUR", OPENING_BANK), ("GBP", 0)])
def test_the_balance_after_each_statement_line_is_the_one_before_and_its_amount(
    firm: Firm, currency: str, opening: int
) -> None:
    balance, numbers = opening, defaultdict(list)
    for line in (line for line in firm.statements if line.currency == currency):
        balance += line.amount
        assert line.balance == balance
        assert line.amount != 0
        numbers[line.statement_id].append(line.line_no)
    assert all(of == list(range(1, len(of) + 1)) for of in numbers.values())
    assert len(numbers) == 24


def test_the_statements_show_every_payment_that_has_reached_the_bank(firm: Firm) -> None:
    signed = pl.when(pl.col("direction") == "in").then("amount").otherwise(-pl.col("amount"))
    sure = firm.payments.filter(pl.col("method_code").is_in(["transfer", "direct_debit"]))
    expected = dict(sure.group_by("currency_code").agg(signed.sum()).iter_rows())
    shown: defaultdict[str, int] = defaultdict(int)
    for line in firm.statements:
        if line.kind in ("transfer", "direct_debit") and not line.name.startswith("payer unknown"):
            shown[line.currency] += line.amount
    assert shown == expected


def test_money_under_way_on_the_last_day_is_on_no_statement_yet(firm: Firm) -> None:
    assert max(line.booking_date for line in firm.statements) <= LAST_DAY
    late = firm.payments.filter((pl.col("method_code") == "card") & (pl.col("payment_date") == LAST_DAY))
    assert late.height > 0


def test_pay_is_what_is_earned_less_what_is_kept_back(firm: Firm) -> None:
    months = {slip.first_date for slip in firm.payslips}
    assert len(months) == 24
    assert {sum(slip.first_date == month for slip in firm.payslips) for month in months} == {20}
    paid = -sum(line.amount for line in firm.statements if line.kind == "payroll")
    assert paid == sum(slip.net for slip in firm.payslips)


def test_pounds_become_euros_at_the_rate_of_the_day_and_half_a_cent_goes_up() -> None:
    rates = {date(2024, 1, 5): 80_000}
    assert rate_on(rates, date(2024, 1, 7)) == 80_000
    assert [in_euros(pence, 80_000) for pence in (80, 1, -1, 2, -2)] == [100, 1, -1, 3, -3]


def test_the_revised_plan_changes_lines_of_the_first(firm: Firm) -> None:
    first = {(line.budget_id, line.line_no): line for line in firm.budget if not line.is_revised}
    revised = [line for line in firm.budget if line.is_revised]
    assert revised
    assert all(first[line.budget_id, line.line_no].account_code == line.account_code for line in revised)
    assert all(first[line.budget_id, line.line_no].amount != line.amount for line in revised)
