"""Names of accounts as plain-text accounting programs take them, from which the code can be read again."""

import re

from tasks.export.books import Account

ROOTS = {"asset": "Assets", "liability": "Liabilities", "equity": "Equity", "income": "Income", "expense": "Expenses"}
"""The five accounts under which hledger and beancount keep all others."""

HLEDGER_KEEPS = re.compile(r"[^\w .,&/+-]|_| (?= )|^ | $")
"""What an hledger account may not hold as it is: two blanks end it, a colon divides it, a semicolon ends the line."""

BEANCOUNT_KEEPS = re.compile(r"[^A-Za-z0-9]")
"""What a part of a beancount account may not hold, and the dash, by which it is spelled."""

NO_CAPITAL = "X--"
"""How a part begins that would begin neither with a capital nor with a digit; no other part has two dashes there."""


def hledger_name(account: Account) -> str:
    """`Assets:1100 Trade debtors`: the code up to the first blank, then the name; other characters as `_2e_`."""
    code = _hledger_part(account.account_code).replace(" ", "_20_")
    return f"{ROOTS[account.account_class]}:{code} {_hledger_part(account.account_name)}".rstrip()


def hledger_code(name: str) -> str:
    """The account code in a name that `hledger_name` gave."""
    return _unspelled(name.partition(":")[2].partition(" ")[0], "_")


def beancount_name(account: Account) -> str:
    """`Assets:1100`: the code, with other characters than ASCII's letters and digits as `-2e-`."""
    part = BEANCOUNT_KEEPS.sub(lambda found: _spelled(found[0], "-"), account.account_code)
    begins_well = re.match("[A-Z0-9]", part)
    return f"{ROOTS[account.account_class]}:{part if begins_well else NO_CAPITAL + part}"


def beancount_code(name: str) -> str:
    """The account code in a name that `beancount_name` gave."""
    return _unspelled(name.partition(":")[2].removeprefix(NO_CAPITAL), "-")


def _hledger_part(text: str) -> str:
    return HLEDGER_KEEPS.sub(lambda found: _spelled(found[0], "_"), text)


def _spelled(character: str, mark: str) -> str:
    return f"{mark}{ord(character):x}{mark}"


def _unspelled(text: str, mark: str) -> str:
    return re.sub(f"{mark}([0-9a-f]+){mark}", lambda found: chr(int(found[1], 16)), text)
