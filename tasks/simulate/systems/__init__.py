"""The firm's systems, one module each: what its files look like and what is wrong with them."""

from tasks.simulate.system import System
from tasks.simulate.systems.accounting import ACCOUNTING
from tasks.simulate.systems.assets import ASSETS
from tasks.simulate.systems.bank import BANK
from tasks.simulate.systems.bank_euro import BANK_EURO
from tasks.simulate.systems.bank_pound import BANK_POUND
from tasks.simulate.systems.budget import BUDGET
from tasks.simulate.systems.catalogue import CATALOGUE
from tasks.simulate.systems.contacts import CONTACTS
from tasks.simulate.systems.crm import CRM
from tasks.simulate.systems.departments import DEPARTMENTS
from tasks.simulate.systems.expenses import EXPENSES
from tasks.simulate.systems.journals import JOURNALS
from tasks.simulate.systems.orders import ORDERS
from tasks.simulate.systems.payroll import PAYROLL
from tasks.simulate.systems.purchases import PURCHASES
from tasks.simulate.systems.rates import RATES
from tasks.simulate.systems.service_desk import SERVICE_DESK
from tasks.simulate.systems.service_log import SERVICE_LOG
from tasks.simulate.systems.shop import SHOP
from tasks.simulate.systems.staff import STAFF
from tasks.simulate.systems.stock import STOCK
from tasks.simulate.systems.suppliers import SUPPLIERS
from tasks.simulate.systems.tax_codes import TAX_CODES
from tasks.simulate.systems.uk import UK

SYSTEMS: tuple[System, ...] = (
    ORDERS, SHOP, UK, CRM, CATALOGUE, ACCOUNTING, BANK, CONTACTS, SERVICE_DESK, SERVICE_LOG,
    SUPPLIERS, PURCHASES, STOCK, DEPARTMENTS, STAFF, PAYROLL, EXPENSES,
    BANK_EURO, BANK_POUND, RATES, TAX_CODES, ASSETS, JOURNALS, BUDGET,
)  # fmt: skip
"""The first ten sell and serve, the rest keep the books."""
