"""What the record says against what the ledger holds: every document's entry, whatever became of it, comes to it."""

from schemas.tie_out import CURRENT, TieOut

NOT_ELSEWHERE = "_source not in (select source from operations.journal_sources)"
"""Documents of a source whose own journals post them are in the ledger by its journals."""

PAYMENTS = ("customer_payment", "customer_refund", "supplier_payment", "supplier_refund", "employee_payment")
JOURNALS = ("journal", "opening_balance", "accrual", "accrual_reversal")
REVALUATIONS = ("revaluation", "revaluation_reversal")
OF_DOCUMENTS = (
    "sales_invoice", "sales_credit_note", "purchase_invoice", "purchase_credit_note", *PAYMENTS, "bank_fee",
    "bank_transaction", "expense_claim", "payslip", "stock_movement",
)  # fmt: skip


def listed(kinds: tuple[str, ...]) -> str:
    """The kinds, as SQL lists them."""
    return ", ".join(f"'{kind}'" for kind in kinds)


def documents(
    name: str,
    sentence: str,
    kinds: tuple[str, ...],
    figure: str,
    expected: str,
    key: str = "lines.document_id",
) -> TieOut:
    """The entries of some kinds of documents come to what the documents say, figure by figure.

    `figure` says of which of a document's figures a ledger line is part; `expected` selects `key` and a column a
    figure; a document that could not be posted is left to the list of those.
    """
    sql = f"""
with
posted as (
    select
        {key} as key,
        {figure} as figure,
        max(lines.entry_no) as entry_no,
        arg_max(lines.entry_id, lines.entry_no) as entry_id,
        sum(lines.currency_amount) as amount
    from {CURRENT} as lines
    left join core.accounts as accounts using (account_code)
    where
        lines.document_kind in ({listed(kinds)})
        and (lines.leg, accounts.role) is distinct from ('exchange_difference', 'exchange_gain_realised')
    group by all
),
documents as ({expected}),
expected as (
    select key, figure, sum(amount) as amount
    from (
        unpivot (select key, cast(columns(* exclude (key)) as decimal(38, 4)) from documents)
        on columns(* exclude (key)) into name figure value amount
    )
    group by all
),
unposted as (
    select {key} as key from operations.unposted_documents as lines where document_kind in ({listed(kinds)})
)
select
    coalesce('entry ' || posted.entry_no || ' (' || posted.entry_id || ')', 'no entry of ' || key) as breaking,
    coalesce(posted.amount, 0) - coalesce(expected.amount, 0) as difference
from posted
full join expected using (key, figure)
where
    (coalesce(posted.amount, 0) <> coalesce(expected.amount, 0) or key not in (select key from documents))
    and key not in (select key from unposted)"""
    return TieOut(name, sentence, sql)


DOCUMENTS = (
    documents(
        "sales_equal_revenue_accounts",
        "what the sales documents say was sold, taxed and owed is what their entries hold on the accounts",
        ("sales_invoice", "sales_credit_note"),
        "case accounts.role when 'receivables' then 'owed' when 'output_tax' then 'tax' else 'sold' end",
        f"""
    select
        document_id || coalesce('/' || party_id, '') as key,
        gross_amount as owed, -tax_amount as tax, -net_amount as sold
    from record.invoices
    where direction = 'receivable' and {NOT_ELSEWHERE}
    union all
    select
        document_id || coalesce('/' || min(customer_id), ''),
        sum(net_amount + coalesce(tax_amount, 0)), -coalesce(sum(tax_amount), 0), -sum(net_amount)
    from record.sales_lines
    where
        document_id not in (select document_id from record.invoices where direction = 'receivable')
        and {NOT_ELSEWHERE}
    group by document_id, currency_code""",
        "lines.document_id || coalesce('/' || lines.party_id, '')",
    ),
    documents(
        "purchases_equal_cost_accounts",
        "what the purchase documents say was bought, taxed and owed is what their entries hold on the accounts",
        ("purchase_invoice", "purchase_credit_note"),
        "case accounts.role when 'payables' then 'owed' when 'input_tax' then 'tax' else 'bought' end",
        f"""
    select
        document_id || coalesce('/' || party_id, '') as key,
        -gross_amount as owed, tax_amount as tax, net_amount as bought
    from record.invoices
    where direction = 'payable' and {NOT_ELSEWHERE}
    union all
    select
        document_id || '/' || supplier_id,
        -sum(net_amount + coalesce(tax_amount, 0)), coalesce(sum(tax_amount), 0), sum(net_amount)
    from record.purchase_lines
    where
        (supplier_id, document_id) not in (
            select (party_id, document_id) from record.invoices where direction = 'payable'
        )
        and {NOT_ELSEWHERE}
    group by document_id, supplier_id, currency_code""",
        "lines.document_id || coalesce('/' || lines.party_id, '')",
    ),
    documents(
        "payments_equal_bank_accounts",
        "what the payments say came in and went out is what their entries hold on the bank accounts",
        PAYMENTS,
        "if(accounts.account_type = 'bank', 'money', 'paid')",
        f"""
    select
        payment_id as key,
        if(direction = 'in', amount, -amount) as money, if(direction = 'in', -amount, amount) as paid
    from record.payments
    where {NOT_ELSEWHERE}""",
    ),
    documents(
        "bank_statement_equals_bank_accounts",
        "the statement lines that are their own document are what their entries hold on the bank account",
        ("bank_fee", "bank_transaction"),
        "if((lines.leg, accounts.account_type) = ('bank', 'bank'), 'money', 'other')",
        f"""
    select bank_account_id || '/' || statement_id || '/' || line_no as key, amount as money, -amount as other
    from record.bank_transactions
    where (account_code is not null or transaction_type_code in ('fee', 'interest')) and {NOT_ELSEWHERE}""",
    ),
    documents(
        "payroll_register_equals_payroll_accounts",
        "what the payslips say was earned, kept back and is to be paid is what their entries hold on the accounts",
        ("payslip",),
        "case accounts.role when 'wages_payable' then 'net_pay' when 'payroll_tax_payable' then 'kept_back' "
        "else 'cost' end",
        f"""
    select
        payslip_id as key,
        gross_pay_amount + employer_social_amount as cost, -net_pay_amount as net_pay,
        -employee_tax_amount - employee_social_amount - employer_social_amount as kept_back
    from record.payslips
    where {NOT_ELSEWHERE}""",
    ),
    documents(
        "expense_claims_equal_expense_accounts",
        "what the expense claims say was spent, taxed and is owed is what their entries hold on the accounts",
        ("expense_claim",),
        "case accounts.role when 'employee_payable' then 'owed' when 'input_tax' then 'tax' else 'spent' end",
        f"""
    select
        claim_id as key,
        -sum(gross_amount) as owed, coalesce(sum(tax_amount), 0) as tax, sum(net_amount) as spent
    from record.expense_claims
    where {NOT_ELSEWHERE}
    group by claim_id""",
    ),
    documents(
        "stock_movements_equal_inventory_account",
        "the stock movements at cost are what their entries hold on the inventory account",
        ("stock_movement",),
        "if(accounts.role = 'inventory', 'stock', 'other')",
        f"""
    select movement_id as key, round(quantity * unit_cost_amount, 2) as stock, -stock as other
    from record.stock_movements
    where {NOT_ELSEWHERE}""",
    ),
)
