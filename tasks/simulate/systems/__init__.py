"""The firm's systems, one module each: what its files look like and what is wrong with them."""

from tasks.simulate.system import System
from tasks.simulate.systems.accounting import ACCOUNTING
from tasks.simulate.systems.bank import BANK
from tasks.simulate.systems.catalogue import CATALOGUE
from tasks.simulate.systems.contacts import CONTACTS
from tasks.simulate.systems.crm import CRM
from tasks.simulate.systems.orders import ORDERS
from tasks.simulate.systems.service_desk import SERVICE_DESK
from tasks.simulate.systems.service_log import SERVICE_LOG
from tasks.simulate.systems.shop import SHOP
from tasks.simulate.systems.uk import UK

SYSTEMS: tuple[System, ...] = (ORDERS, SHOP, UK, CRM, CATALOGUE, ACCOUNTING, BANK, CONTACTS, SERVICE_DESK, SERVICE_LOG)
