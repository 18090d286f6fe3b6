"""The statements agree with each other, and each of them with the ledger."""

from schemas.tie_out import TieOut, same

BALANCES = """
    select
        periods.compared_as,
        accounts.account_class,
        accounts.cash_flow_line = 'cash' as is_money,
        case
            when lines.entry_date < periods.first_date then 'brought forward'
            when lines.entry_no in (select entry_no from core.year_end_entries) then 'closing'
            else 'of the year'
        end as part,
        sum(lines.amount) as amount
    from core.ledger_lines as lines
    inner join core.periods as periods on lines.entry_date <= periods.last_date
    inner join core.accounts as accounts on lines.account_code = accounts.account_code
    group by all"""
"""The ledger itself, by class of account."""


def total(statement: str, line: str) -> str:
    """The query of a line of a statement, for the period and for its comparison."""
    return f"""
    select
        unnest(['period', 'comparison']) as compared_as,
        unnest([sum(amount), sum(comparison_amount)]) as amount
    from finance.statement_lines
    where statement = '{statement}' and line = '{line}'"""


def of_ledger(sign: int, where: str) -> str:
    """The query of what the ledger has, for the period and for its comparison."""
    return f"""
    select compared_as, {sign} * sum(amount) as amount
    from ({BALANCES})
    where {where}
    group by compared_as"""


def compared(name: str, sentence: str, here: str, there: str, what: str) -> TieOut:
    """Two figures of the statements, each for the period and for its comparison."""
    return TieOut(name, sentence, same(here, there, "compared_as", f"'{what}, ' || compared_as"))


RESULT = "account_class in ('income', 'expense')"

STATEMENTS = (
    compared(
        "assets_equal_liabilities_and_equity",
        "the assets of the balance sheet equal its liabilities and equity",
        total("balance sheet", "total assets"),
        total("balance sheet", "total equity and liabilities"),
        "total assets",
    ),
    compared(
        "assets_equal_asset_accounts",
        "the assets of the balance sheet are what the ledger has on the accounts of assets",
        total("balance sheet", "total assets"),
        of_ledger(1, "account_class = 'asset'"),
        "total assets",
    ),
    compared(
        "liabilities_equal_liability_accounts",
        "the liabilities of the balance sheet are what the ledger has on the accounts of liabilities",
        total("balance sheet", "total liabilities"),
        of_ledger(-1, "account_class = 'liability'"),
        "total liabilities",
    ),
    compared(
        "profit_equals_income_less_expenses",
        "the profit of the income statement is what the ledger has of income less expenses in the period",
        total("income statement", "profit for the period"),
        of_ledger(-1, f"{RESULT} and part = 'of the year'"),
        "profit for the period",
    ),
    compared(
        "profit_is_the_same_in_both_statements",
        "the profit of the income statement is the profit in the equity of the balance sheet",
        total("income statement", "profit for the period"),
        total("balance sheet", "profit for the year"),
        "profit for the period",
    ),
    compared(
        "equity_keeps_earlier_results",
        "equity is what the ledger has on its accounts, and the results of all years since",
        total("balance sheet", "total equity"),
        of_ledger(-1, f"account_class = 'equity' or {RESULT}"),
        "total equity",
    ),
    *(
        compared(
            f"cash_flow_{method}_is_the_change_in_cash",
            f"the cash flow by the {method} method is what the ledger has of money at the end less at the beginning",
            f"""
    select compared_as, sum(amount) as amount
    from (
        {total(f"cash flow, {method}", "change in cash")}
        union all
        {total(f"cash flow, {method}", "opening balances taken over")}
    )
    group by compared_as""",
            of_ledger(1, "is_money and part <> 'brought forward'"),
            "change in cash",
        )
        for method in ("indirect", "direct")
    ),
    compared(
        "cash_at_the_end_is_the_money_held",
        "the cash flow statement ends with what the ledger has of cash and on bank accounts",
        total("cash flow, direct", "cash at the end"),
        of_ledger(1, "is_money"),
        "cash at the end",
    ),
    TieOut(
        "lines_equal_their_entries",
        "every line of a statement is the sum of the entries to which it leads",
        same(
            """
    select statement, section, line, sum(amount) as amount
    from finance.statement_lines
    where not is_total
    group by all""",
            """
    select statement, section, line, sum(amount) as amount
    from finance.statement_entries
    where compared_as = 'period'
    group by all""",
            "statement, section, line",
            "statement || ': ' || line",
        ),
    ),
    TieOut(
        "every_account_has_its_place",
        "an account stands in the income statement or in the balance sheet, in one line of it",
        """
select 'account ' || accounts.account_code as breaking, sum(lines.amount) as difference
from core.accounts as accounts
inner join core.account_days as lines on accounts.account_code = lines.account_code
where
    (
        select count(*)
        from core.statement_places as places
        where
            places.account_code = accounts.account_code
            and places.statement
            = if(accounts.account_class in ('income', 'expense'), 'income statement', 'balance sheet')
    ) <> 1
group by all""",
    ),
    TieOut(
        "tax_summary_equals_tax_accounts",
        "the tax summary of a month is what the ledger has on the tax accounts",
        same(
            "select month, sum(settled_amount - tax_due_amount) as amount from finance.tax_summary group by month",
            """
    select cast(date_trunc('month', lines.entry_date) as date) as month, sum(lines.amount) as amount
    from core.ledger_lines as lines
    inner join core.accounts as accounts on lines.account_code = accounts.account_code
    where accounts.role in ('output_tax', 'input_tax')
    group by month""",
            "month",
            "'tax of ' || strftime(month, '%Y-%m')",
        ),
    ),
)
