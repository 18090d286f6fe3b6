"""The records the company keeps, each in a file of its own name."""

from schemas.record import Record
from schemas.records.customers import Customers
from schemas.records.interactions import Interactions
from schemas.records.invoices import Invoices
from schemas.records.payments import Payments
from schemas.records.products import Products
from schemas.records.sales_lines import SalesLines
from schemas.records.ticket_events import TicketEvents
from schemas.records.tickets import Tickets

RECORDS: dict[str, type[Record]] = {
    record.about().name: record
    for record in (Customers, Products, SalesLines, Invoices, Payments, Interactions, Tickets, TicketEvents)
}
