"""What hledger and beancount make of an exported file, each in a process of its own, beside plain arithmetic."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.export.account_names import hledger_code
from tests.tasks.export.ledgers import CLASSES, Ledger, d

CREDITS = ("Liabilities:", "Equity:", "Income:")
ROOTS = ("Assets:", "Expenses:", *CREDITS)


@dataclass(frozen=True)
class Statements:
    """What another program makes of a file: balances by account code, and its two statements."""

    balances: dict[str, Decimal]
    income_statement: dict[str, Decimal]
    balance_sheet: dict[str, Decimal]


def expected(ledger: Ledger, first: date, last: date) -> Statements:
    """The same by plain arithmetic over the lines; accounts that hold nothing are left out."""
    balances: dict[str, Decimal] = {}
    result: dict[str, Decimal] = {}
    for day, _, _, lines in ledger.entries:
        for line in lines:
            is_result = CLASSES[ledger.accounts[line.account_code][1]] in {"income", "expense"}
            if day <= last:
                balances[line.account_code] = balances.get(line.account_code, d("0")) + line.amount
            if is_result and first <= day <= last:
                result[line.account_code] = result.get(line.account_code, d("0")) + line.amount
    sheet = {
        code: held for code, held in balances.items() if CLASSES[ledger.accounts[code][1]] not in {"income", "expense"}
    }
    return Statements(*({c: a for c, a in one.items() if a} for one in (balances, result, sheet)))


def run(command: Sequence[str | Path]) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def beancount_statements(path: Path, first: date, last: date) -> Statements:
    """What beancount makes of a file, in a process of its own."""
    told = run([sys.executable, Path(__file__).parent / "beancount_statements.py", path, first, last])
    return Statements(*({code: Decimal(amount) for code, amount in one.items()} for one in json.loads(told)))


def hledger_statements(path: Path, first: date, last: date) -> Statements:
    """What hledger makes of a file: its balance, incomestatement and balancesheet commands."""
    until = last + timedelta(days=1)

    def asked(*words: str | Path) -> dict[str, Decimal]:
        told = run(["hledger", "-f", path, *words, "--flat", "--no-elide", "-O", "csv", "--layout=bare"])
        amounts = {row[0]: Decimal(row[-1]) for row in csv.reader(io.StringIO(told)) if row[0].startswith(ROOTS)}
        # Its statements show what is usual on each side as positive; its balances are debit positive.
        is_turned = words[0] != "balance"
        return {
            hledger_code(name): -amount if is_turned and name.startswith(CREDITS) else amount
            for name, amount in amounts.items()
            if amount
        }

    return Statements(
        asked("balance", "-e", str(until)),
        asked("incomestatement", "-b", str(first), "-e", str(until)),
        asked("balancesheetequity", "-e", str(until)),
    )


OTHERS = {"hledger": hledger_statements, "beancount": beancount_statements}


@pytest.fixture(params=OTHERS)
def other(request: pytest.FixtureRequest) -> str:
    """A program that keeps books; it is not run where it is not installed, which is said."""
    if request.param == "hledger" and not shutil.which("hledger"):
        pytest.skip("hledger is not installed; on Debian: apt-get install hledger")
    return request.param
