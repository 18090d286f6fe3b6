"""Run by itself: what beancount makes of a file: balances, income statement and balance sheet by account, as JSON."""

import json
import sys
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from beancount import loader
from beancount.core import data
from beancount.ops import summarize

path, first, last = sys.argv[1], date.fromisoformat(sys.argv[2]), date.fromisoformat(sys.argv[3])
entries, errors, options = loader.load_file(path)
if errors:
    sys.exit("\n".join(str(error.message) for error in errors))
codes = {entry.account: entry.meta["code"] for entry in entries if isinstance(entry, data.Open)}


def held(some: list, classes: tuple[str, ...]) -> dict[str, str]:
    balances: dict[str, Decimal] = defaultdict(Decimal)
    for entry in some:
        for posting in entry.postings if isinstance(entry, data.Transaction) else ():
            if posting.account.startswith(classes) and posting.account in codes:
                balances[codes[posting.account]] += posting.units.number
    return {code: str(amount) for code, amount in balances.items() if amount}


every = ("Assets", "Liabilities", "Equity", "Income", "Expenses")
until = summarize.truncate(entries, last + timedelta(days=1))
of_period, _ = summarize.clamp_opt(entries, first, last + timedelta(days=1), options)
closed = summarize.cap_opt(of_period, options)
print(json.dumps([held(until, every), held(of_period, every[3:]), held(closed, every[:3])]))
