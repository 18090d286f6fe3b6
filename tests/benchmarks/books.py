"""A ledger of any size: invoices, payments, purchases, pay and rent over three years, the same rows every time."""

from __future__ import annotations

from pathlib import Path

from tasks.store import stored_records
from warehouse.connection import Connection, connect
from warehouse.tables import create_tables

LINES_A_ROUND = 14
"""An invoice, its payment, a purchase, its payment, a payslip and the rent."""

ROUND = """
    values
    (1, 1, 'sales', 'sales_invoice', 'receivable', '1100', 121, null, 0),
    (1, 2, 'sales', 'sales_invoice', 'revenue', '4000', -100, 'S21', 0),
    (1, 3, 'sales', 'sales_invoice', 'tax', '2200', -21, 'S21', 0),
    (2, 1, 'bank', 'customer_payment', 'bank', '1000', 121, null, 20),
    (2, 2, 'bank', 'customer_payment', 'receivable', '1100', -121, null, 20),
    (3, 1, 'purchases', 'purchase_invoice', 'payable', '2000', -60.5, null, 3),
    (3, 2, 'purchases', 'purchase_invoice', 'expense', '5100', 50, 'P21', 3),
    (3, 3, 'purchases', 'purchase_invoice', 'tax', '1150', 10.5, 'P21', 3),
    (4, 1, 'bank', 'supplier_payment', 'bank', '1000', -60.5, null, 25),
    (4, 2, 'bank', 'supplier_payment', 'payable', '2000', 60.5, null, 25),
    (5, 1, 'payroll', 'payslip', 'wages', '6000', 20, null, 7),
    (5, 2, 'payroll', 'payslip', 'net_pay', '2300', -20, null, 7),
    (6, 1, 'bank', 'bank_transaction', 'other_side', '6100', 5, null, 9),
    (6, 2, 'bank', 'bank_transaction', 'bank', '1000', -5, null, 9)
"""

LINES = f"""
    insert into store.ledger_lines by name
    with round (entry, line_no, journal, document_kind, leg, account_code, factor, tax_code, days) as ({ROUND})
    select
        6 * rounds.number + round.entry as entry_no,
        round.document_kind || '/' || entry_no as entry_id,
        round.line_no,
        date '2023-01-01' + cast(rounds.number * 1060 // $rounds + round.days as integer) as entry_date,
        round.journal,
        round.document_kind,
        'D' || entry_no as document_id,
        'C' || rounds.number % 5000 as party_id,
        round.account_code,
        cast(round.factor * (1 + rounds.number % 97) as decimal(18, 4)) as amount,
        'EUR' as currency_code,
        amount as currency_amount,
        round.tax_code,
        round.document_kind || ' D' || entry_no as description,
        round.leg,
        'bench' as _source,
        rounds.number as _row,
        timestamptz '2026-01-01 00:00:00+00' as recorded_at
    from range($rounds) as rounds (number)
    cross join round
"""


def write(file: Path, lines: int) -> int:
    """A warehouse whose ledger has about so many lines; how many they are."""
    with connect(file) as connection:
        create_tables(connection, stored_records())
        connection.execute(LINES, {"rounds": max(lines // LINES_A_ROUND, 1)})
        connection.execute("checkpoint")
        return counted(connection)


def counted(connection: Connection) -> int:
    """The lines of the ledger."""
    return int(connection.execute("select count(*) from store.ledger_lines").fetchall()[0][0])
