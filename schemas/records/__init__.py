"""The records the company keeps, each in a file of its own name."""

from schemas.record import Record
from schemas.records.bank_transactions import BankTransactions
from schemas.records.budget_lines import BudgetLines
from schemas.records.customers import Customers
from schemas.records.departments import Departments
from schemas.records.employees import Employees
from schemas.records.expense_claims import ExpenseClaims
from schemas.records.interactions import Interactions
from schemas.records.invoices import Invoices
from schemas.records.payments import Payments
from schemas.records.payslips import Payslips
from schemas.records.products import Products
from schemas.records.purchase_lines import PurchaseLines
from schemas.records.sales_lines import SalesLines
from schemas.records.stock_movements import StockMovements
from schemas.records.suppliers import Suppliers
from schemas.records.ticket_events import TicketEvents
from schemas.records.tickets import Tickets

RECORDS: dict[str, type[Record]] = {
    record.about().name: record
    for record in (
        Customers,
        Suppliers,
        Employees,
        Departments,
        Products,
        SalesLines,
        PurchaseLines,
        Invoices,
        Payments,
        ExpenseClaims,
        Payslips,
        BankTransactions,
        StockMovements,
        BudgetLines,
        Interactions,
        Tickets,
        TicketEvents,
    )
}
