"""The firm as a whole: all that happened in its two years, before any of its systems wrote it down."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from tasks.simulate.company.budget import BudgetLine, simulate_budget
from tasks.simulate.company.cases import Case, simulate_cases
from tasks.simulate.company.contacts import simulate_contacts
from tasks.simulate.company.customers import simulate_customers, simulate_moves
from tasks.simulate.company.expenses import Expense, simulate_expenses
from tasks.simulate.company.invoices import simulate_invoices
from tasks.simulate.company.journals import JournalLine, simulate_journals
from tasks.simulate.company.orders import Orders, simulate_orders
from tasks.simulate.company.payments import simulate_payments
from tasks.simulate.company.products import simulate_products
from tasks.simulate.company.purchases import Purchases, simulate_purchases
from tasks.simulate.company.rates import simulate_rates
from tasks.simulate.company.staff import Employee, Payslip, simulate_employees, simulate_payslips
from tasks.simulate.company.statements import StatementLine, simulate_statements
from tasks.simulate.company.stock import simulate_stock
from tasks.simulate.company.suppliers import simulate_suppliers
from tasks.simulate.company.taxes import monthly_tax

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
    suppliers: pl.DataFrame
    purchases: Purchases
    stock: pl.DataFrame
    rates: dict[date, int]
    employees: list[Employee]
    payslips: list[Payslip]
    expenses: list[Expense]
    journals: list[JournalLine]
    statements: list[StatementLine]
    budget: list[BudgetLine]


def simulate_firm(seed: int, lines_count: int) -> Firm:
    """Everything follows from the seed and the number of sales lines."""
    customers = simulate_customers(seed, max(1500, lines_count // 12))
    products = simulate_products(seed, PRODUCTS_COUNT)
    orders = simulate_orders(seed, lines_count, customers, products)
    suppliers, rates, stock = simulate_suppliers(seed), simulate_rates(seed), simulate_stock(seed, orders, products)
    purchases = simulate_purchases(seed, suppliers, stock)
    invoices = simulate_invoices(orders, purchases)
    payments = simulate_payments(seed, invoices)
    employees = simulate_employees(seed)
    payslips, expenses = simulate_payslips(employees), simulate_expenses(seed, employees)
    tax = monthly_tax(invoices, expenses)
    names = dict(
        [
            *customers.select("customer_id", "customer_name").iter_rows(),
            *suppliers.select("supplier_id", "supplier_name").iter_rows(),
        ]
    )
    return Firm(
        customers=customers,
        moves=simulate_moves(seed, customers),
        products=products,
        orders=orders,
        invoices=invoices,
        payments=payments,
        contacts=simulate_contacts(seed, max(400, lines_count // 16), customers),
        cases=simulate_cases(seed, max(200, lines_count // 40), customers),
        suppliers=suppliers,
        purchases=purchases,
        stock=stock,
        rates=rates,
        employees=employees,
        payslips=payslips,
        expenses=expenses,
        journals=simulate_journals(stock, tax, rates),
        statements=simulate_statements(seed, payments, names, payslips, expenses, tax, rates),
        budget=simulate_budget(int(orders.lines["net"].sum()) // 24),
    )
