"""Where each account stands in the Norwegian business statement, which SAF-T asks of every account."""

from tasks.export.books import Account

OF_ROLE = {
    "receivables": ("balanseverdiForOmloepsmiddel", "1500"),
    "payables": ("kortsiktigGjeld", "2400"),
    "output_tax": ("kortsiktigGjeld", "2740"),
    "input_tax": ("kortsiktigGjeld", "2740"),
    "payroll_tax_payable": ("kortsiktigGjeld", "2600"),
    "wages_payable": ("kortsiktigGjeld", "2949"),
    "employee_payable": ("kortsiktigGjeld", "2910"),
    "share_capital": ("egenkapital", "2000"),
    "wages": ("loennskostnad", "5000"),
    "social_security": ("loennskostnad", "5400"),
    "interest_income": ("finansinntekt", "8050"),
    "exchange_gain_realised": ("finansinntekt", "8060"),
    "exchange_gain_unrealised": ("finansinntekt", "8060"),
}
"""Category and code by role, where the role says more than the type."""

OF_TYPE = {
    "bank": ("balanseverdiForOmloepsmiddel", "1920"),
    "current_asset": ("balanseverdiForOmloepsmiddel", "1570"),
    "inventory": ("balanseverdiForOmloepsmiddel", "1400"),
    "fixed_asset": ("balanseverdiForAnleggsmiddel", "1290"),
    "non_current_asset": ("balanseverdiForAnleggsmiddel", "1390"),
    "current_liability": ("kortsiktigGjeld", "2990"),
    "non_current_liability": ("langsiktigGjeld", "2290"),
    "equity": ("egenkapital", "2050"),
    "revenue": ("salgsinntekt", "3000"),
    "other_income": ("annenDriftsinntekt", "3900"),
    "direct_costs": ("varekostnad", "4005"),
    "expense": ("annenDriftskostnad", "7700"),
    "depreciation": ("annenDriftskostnad", "6000"),
    "finance_costs": ("finanskostnad", "8150"),
    "income_tax": ("skattekostnad", "8300"),
}
"""Category and code by type of account, from the tax office's code list of 2024."""


def grouping(account: Account) -> tuple[str, str]:
    """Category and code of an account."""
    return OF_ROLE.get(account.role or "") or OF_TYPE[account.account_type]
