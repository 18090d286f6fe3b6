"""The finance pack: the statements of the books, what was invoiced, what is owed, and what was paid."""

from __future__ import annotations

from tasks.report.finance.ageing import payables, receivables
from tasks.report.finance.bank_reconciliation import bank_reconciliation
from tasks.report.finance.budget import budget
from tasks.report.finance.cash_received import cash_received
from tasks.report.finance.changes_since_filed import changes_since_filed
from tasks.report.finance.corrections import corrections
from tasks.report.finance.expenses import expenses
from tasks.report.finance.gross_margin import gross_margin
from tasks.report.finance.payroll import payroll
from tasks.report.finance.ratios import ratios
from tasks.report.finance.sales_ledger import sales_ledger
from tasks.report.finance.statement_accounts import statement_accounts
from tasks.report.finance.statements import balance_sheet, cash_flow, income_statement
from tasks.report.finance.taxes import taxes
from tasks.report.finance.tie_outs import tie_outs
from tasks.report.finance.tiles import cash_tile, gross_profit_tile, receivables_tile, revenue_tile
from tasks.report.finance.trial_balance import trial_balance
from tasks.report.page import Pack, Sheet

STATEMENTS = {
    "income_statement": "income statement",
    "balance_sheet": "balance sheet",
    "cash_flow_indirect": "cash flow, indirect",
    "cash_flow_direct": "cash flow, direct",
}
"""The sheets of the statements, with the name of each in `finance.statement_lines`."""

FINANCE = Pack(
    name="finance",
    title="Finance",
    question="What the company earned, owns and owes, what customers owe and since when, and what they paid.",
    tiles=(revenue_tile, gross_profit_tile, receivables_tile, cash_tile),
    sections=(
        income_statement,
        balance_sheet,
        cash_flow,
        receivables,
        payables,
        cash_received,
        bank_reconciliation,
        sales_ledger,
        gross_margin,
        budget,
        payroll,
        expenses,
        taxes,
        ratios,
        statement_accounts,
        trial_balance,
        corrections,
        changes_since_filed,
        tie_outs,
    ),
    sheets={
        **{
            name: Sheet(
                "finance.statement_lines", "line_no", without=("statement",), where=f"statement = '{statement}'"
            )
            for name, statement in STATEMENTS.items()
        },
        "statement_accounts": Sheet(
            "finance.statement_accounts", "statement, section_no, line_order, line, account_code"
        ),
        "trial_balance": Sheet("finance.trial_balance", "account_code", is_totalled=True),
        "tax_summary": Sheet("finance.tax_summary", "month, tax_code", is_totalled=True),
        "financial_ratios": Sheet("finance.financial_ratios", "ratio_no"),
        "sales_ledger": Sheet("finance.sales_ledger", "month, currency_code, basis, document_type desc"),
        "receivables_ageing": Sheet("finance.receivables_ageing", "days_overdue desc, document_id"),
        "payables_ageing": Sheet("finance.payables_ageing", "days_overdue desc, document_id"),
        "cash_received": Sheet("finance.cash_received", "month, currency_code, method_code"),
        "bank_reconciliation_summary": Sheet("finance.bank_reconciliation_summary", "account_code, currency_code"),
        "bank_unmatched": Sheet(
            "finance.bank_reconciliation", "side, line_date, line_id", where="not is_matched", without=("match_id",)
        ),
        "budget_against_actual": Sheet("finance.budget_against_actual", "account_code, department_id, month"),
        "payroll_register": Sheet(
            "finance.payroll_register",
            "period_start_date, payslip_id",
            without=("_source", "_file", "_row"),
            is_totalled=True,
        ),
        "expense_report": Sheet(
            "finance.expense_report", "month, employee_id, category_code, currency_code, status", is_totalled=True
        ),
        "journal_of_corrections": Sheet("finance.journal_of_corrections", "reversal_no"),
        "changes_since_filed": Sheet("finance.changes_since_filed", "period, statement, section, line, account_code"),
        "entries_since_filed": Sheet(
            "finance.entries_since_filed",
            "period, statement, line, account_code, entry_no, line_no",
            without=("description",),
        ),
        "gross_margin": Sheet("sales.gross_margin", "currency_code, month, line_no"),
    },
)
