"""A leg of an entry, and where each kind of it stands in the shipped chart of accounts."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

BANK, RECEIVABLES, INPUT_TAX, INVENTORY, SUSPENSE = "1000", "1100", "1150", "1200", "1390"
EQUIPMENT_WRITTEN_OFF = "1529"
PAYABLES, GOODS_RECEIVED, OUTPUT_TAX = "2000", "2050", "2200"
WAGES_PAYABLE, PAYROLL_TAX, CLAIMS_PAYABLE = "2300", "2310", "2320"
REVENUE, COST_OF_SALES, PURCHASES, STOCK_DIFFERENCES = "4000", "5000", "5100", "5200"
WAGES, SOCIAL_SECURITY, BANK_FEES, CLAIMS, DEPRECIATION, INTEREST = "6000", "6010", "6500", "6600", "6700", "7000"

MONETARY = (BANK, RECEIVABLES, PAYABLES)
"""What is held, owed and owing: in another currency it is told at the rate of the last day of a month."""

EXCHANGE_DIFFERENCES = "7100+7110"
"""Realised and unrealised together: what the books need to balance once all else is told in euros."""


class Leg(NamedTuple):
    """An amount on an account, debit positive; `euros` where the entry itself says what it is in euros."""

    account: str
    on: date
    currency: str
    amount: Decimal
    euros: Decimal | None = None
