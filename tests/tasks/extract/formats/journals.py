"""Journals that hypothesis thinks of, in the words of hledger or of beancount, and what other programs make of them."""

import csv
import io
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from tests.tasks.extract.conftest import Reading

ACCOUNTS = ("Assets:Bank", "Assets:Bank:Savings", "Liabilities:Card", "Equity:Opening", "Income:Sales", "Expenses:Food")
COMMODITIES = ("EUR", "USD", "XAU")
FIRST = date(2024, 1, 1)

Balances = dict[tuple[str, str], Decimal]


@dataclass(frozen=True)
class Posted:
    """A line of an entry: what stands behind its account; nothing where the amount is left out."""

    account: str
    text: str | None


@dataclass(frozen=True)
class Entered:
    """An entry of a journal."""

    day: date
    lines: tuple[Posted, ...]


def amounts() -> st.SearchStrategy[Decimal]:
    """Amounts of two decimals that are not nothing."""
    return st.decimals(-(10**6), 10**6, places=2).filter(bool)


@st.composite
def entries(draw: st.DrawFn) -> Entered:
    """An entry in one commodity, with or without its last amount; or with a price of one kind or the other."""
    day = FIRST + timedelta(days=draw(st.integers(0, 90)))
    names = draw(st.lists(st.sampled_from(ACCOUNTS), min_size=2, max_size=4))
    kind = draw(st.sampled_from(["whole", "left out", "at a price", "for a total", "at cost"]))
    mine, theirs = draw(st.permutations(COMMODITIES))[:2]
    told = [draw(amounts()) for _ in names[1:]]
    if kind in ("whole", "left out"):
        texts = [f"{amount} {mine}" for amount in told]
        last = None if kind == "left out" else f"{-sum(told)} {mine}"
        return Entered(day, (*map(Posted, names[1:], texts), Posted(names[0], last)))
    price = draw(st.decimals(1, 1000, places=4))
    quantity = draw(amounts())
    worth = (quantity * price).quantize(Decimal("0.01"))
    bought = {
        "at a price": f"{quantity} {mine} @ {price} {theirs}",
        "for a total": f"{quantity} {mine} @@ {abs(worth)} {theirs}",
        "at cost": f"{quantity} {mine} {{{price} {theirs}}}",
    }[kind]
    # A rest of less than a cent is left over, which every program forgives.
    return Entered(day, (Posted(names[0], bought), Posted(names[1], f"{-worth} {theirs}")))


def journals() -> st.SearchStrategy[list[Entered]]:
    """Entries in no order."""
    return st.lists(entries(), min_size=1, max_size=8)


def as_hledger(journal: list[Entered]) -> str:
    """The entries as a journal of hledger."""
    return "\n".join(
        "\n".join([f"{entry.day} an entry", *(f"    {line.account}  {line.text or ''}" for line in entry.lines), ""])
        for entry in journal
    )


def as_beancount(journal: list[Entered]) -> str:
    """The entries as a file of beancount; lots are not looked for."""
    opened = "".join(f'2023-01-01 open {account} {",".join(COMMODITIES)} "NONE"\n' for account in ACCOUNTS)
    return opened + "\n".join(
        "\n".join([f'{entry.day} * "an entry"', *(f"  {line.account}  {line.text or ''}" for line in entry.lines), ""])
        for entry in journal
    )


def balances(reading: Reading, number: str = "quantity", commodity: str = "commodity") -> Balances:
    """What the postings of a reading come to, by account and commodity, without those that are nothing."""
    found: Balances = defaultdict(Decimal)
    for row in said(reading):
        if row["part"] == "posting":
            found[row["account"], row[commodity] or ""] += Decimal(row[number])
    return {name: amount for name, amount in found.items() if amount}


def said(reading: Reading) -> list[dict[str, str]]:
    """The rows of a reading by the names of their columns."""
    return [dict(zip(reading.header, row, strict=True)) for row in reading.rows.values()]


def hledger_balances(path: Path) -> Balances | str:
    """What hledger makes of a journal: its balances, or what it has against it."""
    styles = ["-c", "1000.00 EUR", "-c", "$1000.00"]
    command = ["hledger", "-f", str(path), "balance", "--flat", "--no-elide", "-N", "-O", "csv", "--layout=bare"]
    done = subprocess.run([*command, *styles], capture_output=True, text=True, check=False, timeout=60)
    if done.returncode:
        return done.stderr
    rows = list(csv.reader(io.StringIO(done.stdout)))[1:]
    return {(name, commodity): Decimal(amount) for name, commodity, amount in rows if Decimal(amount)}


class Beancount:
    """beancount's own loader in a process of its own, asked for one file after the other."""

    def __init__(self) -> None:
        script = Path(__file__).parent / "beancount_balances.py"
        self._process = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def balances(self, path: Path) -> Balances | str:
        """What it makes of a file: its balances, or what it has against it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        if told["errors"]:
            return "; ".join(told["errors"])
        return {(account, commodity): Decimal(amount) for account, commodity, amount in told["balances"]}

    def end(self) -> None:
        """Let it go."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()


def asked() -> Iterator[Beancount]:
    """A loader for as long as it is needed."""
    loader = Beancount()
    yield loader
    loader.end()
