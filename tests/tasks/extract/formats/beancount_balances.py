"""Asks beancount what each file comes to whose path is given on a line; run as a process of its own."""

import json
import sys
from collections import defaultdict
from decimal import Decimal

from beancount import loader
from beancount.core.data import Transaction


def told(path: str) -> dict[str, list]:
    entries, errors, _ = loader.load_file(path)
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for entry in entries:
        for posting in entry.postings if isinstance(entry, Transaction) else ():
            sums[posting.account, posting.units.currency] += posting.units.number
    return {
        "errors": [error.message for error in errors],
        "balances": [[account, currency, str(amount)] for (account, currency), amount in sums.items() if amount],
    }


for line in sys.stdin:
    print(json.dumps(told(line.strip())), flush=True)
