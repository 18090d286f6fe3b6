"""The firm as a whole: all that happened in its two years, before any of its systems wrote it down."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from tasks.simulate.company.cases import Case, simulate_cases
from tasks.simulate.company.contacts import simulate_contacts
from tasks.simulate.company.customers import simulate_customers, simulate_moves
from tasks.simulate.company.invoices import simulate_invoices
from tasks.simulate.company.orders import Orders, simulate_orders
from tasks.simulate.company.payments import simulate_payments
from tasks.simulate.company.products import simulate_products

PRODUCTS_COUNT = 800


@dataclass(frozen=True)
class Firm:
    """Everything true about the simulated firm; amounts are cents."""

    customers: pl.DataFrame
    moves: dict[str, tuple[date, str]]
    products: pl.DataFrame
    orders: Orders
    invoices: pl.DataFrame
    payments: pl.DataFrame
    contacts: pl.DataFrame
    cases: list[Case]


def simulate_firm(seed: int, lines_count: int) -> Firm:
    """Everything follows from the seed and the number of sales lines."""
    customers = simulate_customers(seed, max(1500, lines_count // 12))
    products = simulate_products(seed, PRODUCTS_COUNT)
    orders = simulate_orders(seed, lines_count, customers, products)
    invoices = simulate_invoices(seed, orders)
    return Firm(
        customers=customers,
        moves=simulate_moves(seed, customers),
        products=products,
        orders=orders,
        invoices=invoices,
        payments=simulate_payments(seed, invoices),
        contacts=simulate_contacts(seed, max(400, lines_count // 16), customers),
        cases=simulate_cases(seed, max(200, lines_count // 40), customers),
    )
