"""The same ledger as a journal, and the same statements by hledger; say how long its commands took."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from books import write

from warehouse.connection import connect

COMMANDS = ("balance", "balancesheet", "incomestatement", "cashflow")
"""The trial balance and the statements; hledger reads the journal for each."""

JOURNAL = """
    copy (
        select
            entry_date || ' ' || any_value(description) || chr(10)
            || string_agg(
                '    ' || names.name || '  ' || cast(amount as decimal(18, 2)) || ' EUR', chr(10) order by line_no
            )
            || chr(10) as entry
        from store.ledger_lines
        inner join (values
            ('1000', 'assets:bank'), ('1100', 'assets:receivables'), ('1150', 'assets:input tax'),
            ('2000', 'liabilities:payables'), ('2200', 'liabilities:output tax'), ('2300', 'liabilities:wages'),
            ('4000', 'revenues:sales'), ('5100', 'expenses:purchases'), ('6000', 'expenses:wages'),
            ('6100', 'expenses:rent')
        ) as names (account_code, name) using (account_code)
        group by entry_no, entry_date
        order by entry_no
    ) to '{}' (header false, quote '', delimiter '\t')
"""

LIMIT_SECONDS = 120.0


def main() -> None:
    """Write the journal, time each command, and stop when two minutes are over."""
    file, lines = Path(sys.argv[1]), int(sys.argv[2])
    if shutil.which("hledger") is None:
        print(json.dumps({"seconds": None, "why": "hledger is not installed"}))
        return
    counted = write(file, lines)
    journal = file.with_suffix(".journal")
    with connect(file, read_only=True) as connection:
        connection.execute(JOURNAL.format(journal))
    started = time.perf_counter()
    for command in COMMANDS:
        left = LIMIT_SECONDS - (time.perf_counter() - started)
        try:
            subprocess.run(
                ["hledger", "-f", str(journal), command], check=True, capture_output=True, timeout=max(left, 0.1)
            )
        except subprocess.TimeoutExpired:
            print(json.dumps({"seconds": None, "why": "longer than two minutes", "lines": counted}))
            return
    print(json.dumps({"seconds": time.perf_counter() - started, "lines": counted}))


if __name__ == "__main__":
    main()
