"""The records the company keeps, each in a file of its own name."""

from schemas.record import Record
from schemas.records.accounts import Accounts
from schemas.records.bank_transactions import BankTransactions
from schemas.records.budget_lines import BudgetLines
from schemas.records.countries import Countries
from schemas.records.currencies import Currencies
from schemas.records.customers import Customers
from schemas.records.departments import Departments
from schemas.records.documents import Documents
from schemas.records.employees import Employees
from schemas.records.exchange_rates import ExchangeRates
from schemas.records.expense_claims import ExpenseClaims
from schemas.records.fixed_assets import FixedAssets
from schemas.records.interactions import Interactions
from schemas.records.invoices import Invoices
from schemas.records.journal_lines import JournalLines
from schemas.records.journals import Journals
from schemas.records.payments import Payments
from schemas.records.payslips import Payslips
from schemas.records.products import Products
from schemas.records.purchase_lines import PurchaseLines
from schemas.records.sales_lines import SalesLines
from schemas.records.stock_movements import StockMovements
from schemas.records.suppliers import Suppliers
from schemas.records.tax_codes import TaxCodes
from schemas.records.ticket_events import TicketEvents
from schemas.records.tickets import Tickets
from schemas.records.vat_rates import VatRates

RECORDS: dict[str, type[Record]] = {
    record.about().name: record
    for record in (
        Customers,
        Suppliers,
        Employees,
        Departments,
        Accounts,
        TaxCodes,
        ExchangeRates,
        Currencies,
        Countries,
        VatRates,
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
        Journals,
        JournalLines,
        FixedAssets,
        Interactions,
        Tickets,
        TicketEvents,
        Documents,
    )
}
