"""The finance pack: what was invoiced, what is owed, what was paid, and what is earned so far as known."""

from __future__ import annotations

from tasks.report.finance.ageing import payables, receivables
from tasks.report.finance.cash_received import cash_received
from tasks.report.finance.gross_margin import gross_margin
from tasks.report.finance.sales_ledger import sales_ledger
from tasks.report.finance.tiles import cash_tile, gross_profit_tile, receivables_tile, revenue_tile
from tasks.report.page import Pack, Sheet

FINANCE = Pack(
    name="finance",
    title="Finance",
    question="What was invoiced, what customers owe and since when, what they paid, and what is left after cost.",
    tiles=(revenue_tile, gross_profit_tile, receivables_tile, cash_tile),
    sections=(sales_ledger, receivables, payables, cash_received, gross_margin),
    sheets={
        "sales_ledger": Sheet("finance.sales_ledger", "month, currency_code, basis, document_type desc"),
        "receivables_ageing": Sheet("finance.receivables_ageing", "days_overdue desc, document_id"),
        "payables_ageing": Sheet("finance.payables_ageing", "days_overdue desc, document_id"),
        "cash_received": Sheet("finance.cash_received", "month, currency_code, method_code"),
        "gross_margin": Sheet("sales.gross_margin", "currency_code, month, line_no"),
    },
)
