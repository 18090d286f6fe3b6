"""Make every statement over a ledger, as a publication makes it; say how long the statements took."""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path

from books import write

from warehouse.build import make_table, set_variables
from warehouse.connection import Connection, connect
from warehouse.models import Model, order_models, read_models
from warehouse.publication import Company

AS_OF = date(2025, 12, 31)
STATEMENTS = (
    "finance.trial_balance", "finance.income_statement", "finance.balance_sheet", "finance.cash_flow",
    "finance.tax_summary", "finance.financial_ratios", "finance.statement_accounts",
)  # fmt: skip
GIVEN = ("core.as_of", "core.accounts", "core.ledger_lines")
"""What the statements are made of: the ledger as it is published, and its chart."""


def made_of(name: str, models: dict[str, Model]) -> set[str]:
    """The model and all that it reads."""
    return {name}.union(*(made_of(read, models) for read in models[name].references & models.keys()))


def make(connection: Connection, names: set[str]) -> int:
    """Make the models of these names in their order; how many rows they have."""
    models = [model for model in read_models() if model.name in names]
    there = {
        f"{schema}.{name}"
        for schema, name in connection.execute(
            "select table_schema, table_name from information_schema.tables"
        ).fetchall()
    }
    for model in order_models(models, there):
        make_table(connection, model)
    tables = [model.name for model in models if not model.is_view]
    counts = [connection.execute(f"select count(*) from {name}").fetchall()[0][0] for name in tables]
    return sum(counts)


def main() -> None:
    """Write the ledger, publish it, and time the statements alone."""
    file, lines = Path(sys.argv[1]), int(sys.argv[2])
    counted = write(file, lines)
    models = {model.name: model for model in read_models()}
    given = set().union(*(made_of(name, models) for name in GIVEN))
    wanted = set().union(*(made_of(name, models) for name in STATEMENTS)) - given
    with connect(file) as connection:
        set_variables(connection, AS_OF, Company("Bench", "EUR"), "0123456789ab")
        make(connection, given)
        connection.execute("checkpoint")
        started, cpu = time.perf_counter(), time.process_time()
        rows = make(connection, wanted)
        seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu
        ((off,),) = connection.execute("select sum(closing_balance) from finance.trial_balance").fetchall()
    if off:
        raise SystemExit(f"the trial balance is {off} off")
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds, "rows": rows, "lines": counted}))


if __name__ == "__main__":
    main()
