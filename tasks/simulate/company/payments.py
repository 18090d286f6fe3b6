"""The payments: most customers pay in time, some late, some in part, a few twice or never; returns are paid back."""

import numpy as np
import polars as pl

from tasks.simulate.company.calendar import DAYS_COUNT, FIRST_DAY
from tasks.simulate.company.chance import chance_of, pick

HABITS = {"in time": 70, "late": 22, "in part": 1, "in two": 4, "too much": 1, "never": 2}
"""How a customer with an open account pays; enough of the late and the never to fill every bucket of the ageing."""

WEB_HABITS = {"at once": 970, "charged back": 5, "late": 20, "never": 5}

SUPPLIER_HABITS = {"in time": 84, "late": 9, "in two": 3, "in part": 1, "too much": 1.5, "never": 1.5}
"""How the firm pays: what it pays too much comes back, what it disputes stays open."""

LATE_DAYS = 24
"""Mean of the delay of a late payer, counted from the due day."""

FORGOTTEN_REFERENCE_PCT = 1
"""So many payers of a hundred name no invoice."""


def simulate_payments(seed: int, invoices: pl.DataFrame) -> pl.DataFrame:
    """One row a payment up to the last day, by day; amounts are cents, always positive."""
    chance = chance_of(seed, "payments")
    habits = habits_of(chance, invoices)
    first = first_payments(chance, invoices, habits)
    rest = second_payments(chance, invoices, habits, first)
    payments = pl.concat([first, rest]).filter((pl.col("day") < DAYS_COUNT) & (pl.col("amount") > 0))
    payments = payments.sort("day", "document_id", "nth")
    is_short = pl.Series(chance.integers(0, 100, payments.height) < FORGOTTEN_REFERENCE_PCT)
    forgot = is_short & (payments["direction"] == "in") & (payments["settles"] == "receivable")
    return payments.with_columns(
        payment_id=pl.lit("Z") + pl.int_range(700_001, 700_001 + pl.len()).cast(pl.String),
        payment_date=pl.lit(FIRST_DAY) + pl.duration(days="day"),
        reference=pl.when(forgot).then(pl.lit("Many thanks")).otherwise(pl.lit("Invoice ") + pl.col("document_id")),
        document_id=pl.when(forgot).then(None).otherwise("document_id"),
    )


def habits_of(chance: np.random.Generator, invoices: pl.DataFrame) -> np.ndarray:
    """How each document gets paid."""
    is_credit_note = (invoices["document_type"] == "credit_note").to_numpy()
    is_payable = (invoices["direction"] == "payable").to_numpy()
    is_prepaid = (invoices["due_day"] == invoices["day"]).to_numpy()
    account, web, supplier = (pick(chance, of, invoices.height) for of in (HABITS, WEB_HABITS, SUPPLIER_HABITS))
    refund = np.where(chance.integers(0, 100, invoices.height) < 97, "paid back", "never")
    return np.select([is_credit_note, is_payable, is_prepaid], [refund, supplier, web], account)


def first_payments(chance: np.random.Generator, invoices: pl.DataFrame, habits: np.ndarray) -> pl.DataFrame:
    """The only or first payment of each document that gets one."""
    day, due = invoices["day"].to_numpy(), invoices["due_day"].to_numpy()
    late = due + 1 + chance.exponential(LATE_DAYS, len(day)).astype(np.int64)
    in_time = np.maximum(day, due - chance.integers(0, 10, len(day)))
    soon = day + chance.integers(4, 15, len(day))
    gross = np.abs(invoices["gross"].to_numpy())
    share = np.select([habits == "in part", habits == "in two"], [40, 50], 100)
    tip = np.where(habits == "too much", 500, 0)
    amount = np.where(habits == "never", 0, gross * share // 100 + tip)
    is_at_once = np.isin(habits, ["at once", "charged back"])
    when = np.select([is_at_once, habits == "late", habits == "paid back"], [day, late, soon], in_time)
    return payments_of(invoices, when, amount, method_of(chance, invoices, habits), nth=1)


def second_payments(
    chance: np.random.Generator, invoices: pl.DataFrame, habits: np.ndarray, first: pl.DataFrame
) -> pl.DataFrame:
    """The second half of those who pay in two, and what goes back: charged-back cards, what a supplier got too much."""
    gross, paid, day = np.abs(invoices["gross"].to_numpy()), first["amount"].to_numpy(), first["day"].to_numpy()
    is_returned = (habits == "too much") & (invoices["direction"] == "payable").to_numpy()
    amount = np.select(
        [habits == "in two", habits == "charged back", is_returned], [gross - paid, paid, paid - gross], 0
    )
    when = day + chance.integers(10, 45, len(day))
    second = payments_of(invoices, when, amount, first["method_code"].to_numpy(), nth=2)
    turned = pl.when(pl.col("direction") == "in").then(pl.lit("out")).otherwise(pl.lit("in"))
    goes_back = pl.Series((habits == "charged back") | is_returned)
    return second.with_columns(direction=pl.when(goes_back).then(turned).otherwise("direction"))


def method_of(chance: np.random.Generator, invoices: pl.DataFrame, habits: np.ndarray) -> np.ndarray:
    """Cards in the web shop, transfers elsewhere, now and then a cheque or cash."""
    other = pick(chance, {"transfer": 80, "direct_debit": 14, "cheque": 4, "cash": 2}, invoices.height)
    is_card = np.isin(habits, ["at once", "charged back"])
    is_plain = np.isin(habits, ["paid back"]) | (invoices["direction"] == "payable").to_numpy()
    return np.select([is_card, is_plain], ["card", "transfer"], other)


def payments_of(
    invoices: pl.DataFrame, when: np.ndarray, amount: np.ndarray, method: np.ndarray, nth: int
) -> pl.DataFrame:
    """A row a document, in its currency; money goes out to a supplier and for a customer's credit note."""
    is_out = (pl.col("document_type") == "credit_note") != (pl.col("direction") == "payable")
    return invoices.select(
        direction=pl.when(is_out).then(pl.lit("out")).otherwise(pl.lit("in")),
        settles="direction",
        party_id="party_id",
        document_id="document_id",
        day=pl.Series(when.astype(np.int64)),
        nth=pl.lit(nth),
        method_code=pl.Series(method.astype(str)),
        currency_code="currency_code",
        amount=pl.Series(amount.astype(np.int64)),
    )
