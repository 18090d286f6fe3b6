"""The chart of accounts that a company keeps itself."""

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from schemas.record import About, Record, column, rule

ACCOUNT_CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "asset": ("bank", "current_asset", "inventory", "fixed_asset", "non_current_asset"),
        "liability": ("current_liability", "non_current_liability"),
        "equity": ("equity",),
        "income": ("revenue", "other_income"),
        "expense": ("direct_costs", "expense", "depreciation", "finance_costs", "income_tax"),
    }
)
"""The five classes of accounts, each with its types."""

ACCOUNT_TYPES = tuple(account_type for types in ACCOUNT_CLASSES.values() for account_type in types)
"""Every type of account; the type says where in the statements the account stands."""

ROLES = (
    "bank", "receivables", "payables", "output_tax", "input_tax", "revenue", "cost_of_sales", "purchases",
    "inventory", "goods_received", "stock_differences", "wages", "social_security", "wages_payable",
    "payroll_tax_payable", "employee_payable", "expense_claims", "bank_fees", "interest_income", "interest_expense",
    "exchange_gain_realised", "exchange_gain_unrealised", "depreciation", "accumulated_depreciation", "fixed_assets",
    "accruals", "prepayments", "suspense", "opening_balance", "retained_earnings", "share_capital", "income_tax",
    "disposal_of_assets",
)  # fmt: skip
"""What posting rules ask an account for; a role has one account in a chart."""


class Accounts(Record):
    """One row is an account of the company's own chart."""

    _about = About(
        name="accounts",
        grain="one row is an account of the company's own chart",
        key=("account_code",),
        is_document=False,
        owner="accounting",
        retention="ten years after the last entry",
    )

    account_code: pl.String = column("Number of the account.", str_length={"min_value": 1, "max_value": 100})
    account_name: pl.String = column("Name of the account.", str_length={"min_value": 1})
    account_type: pl.String = column("Kind of account, which says where it stands.", isin=list(ACCOUNT_TYPES))
    account_class: pl.String = column(
        "Which side of the books it is on; without it, that of its type.", nullable=True, isin=list(ACCOUNT_CLASSES)
    )
    statement_line: pl.String = column(
        "Line of the balance sheet or income statement; without it, that of its type.", nullable=True
    )
    cash_flow_line: pl.String = column("Line of the cash flow statement; without it, that of its type.", nullable=True)
    role: pl.String = column("What posting rules use it for; one account a role.", nullable=True, isin=list(ROLES))

    @rule("account_class is the class of account_type")
    def account_class_is_that_of_its_type() -> pl.Expr:
        return pl.any_horizontal(
            (pl.col("account_class") == name) & pl.col("account_type").is_in(list(types))
            for name, types in ACCOUNT_CLASSES.items()
        )
