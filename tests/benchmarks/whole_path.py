"""The whole path with every promise on: landed, mapped, checked, quarantined, loaded and committed, inside a flow."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.server import prefect_api
from warehouse.home import Home

if TYPE_CHECKING:
    from tasks.ingest import Load

SOURCE = """
source: bench
description: Generated sales lines of a shop, one file a delivery
owner: nobody
extract: {{connector: files, path: "{inbox}/*.csv", format: csv, delimiter: ","}}
records:
  sales_lines:
    columns:
      document_id: InvoiceNo
      line_no: Line
      document_type: replace("Type", ' ', '_')
      document_date: InvoiceDate
      ordered_at: OrderedAt
      customer_id: Customer
      product_id: Product
      description: Description
      quantity: Quantity
      unit_price_amount: UnitPrice
      net_amount: NetAmount
      tax_amount: TaxAmount
      currency_code: Currency
      country_code: Country
      note: Note
"""


def prepare(root: Path) -> Home:
    """Make a home folder with the one source that reads its inbox."""
    home = Home(root)
    home.inbox.mkdir(parents=True)
    (root / "sources").mkdir()
    (root / "sources" / "bench.yml").write_text(SOURCE.format(inbox=home.inbox))
    return home


def load(home: Home) -> dict[str, object]:
    """Ingest what lies in the inbox; the seconds run from the delivered file to the committed record."""
    from tasks.ingest import ingest_source
    from tasks.source import load_sources

    (source,) = load_sources(home.root / "sources")
    started, cpu_started = time.perf_counter(), time.process_time()
    ingestion = ingest_source(home, source, datetime.now(UTC))
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
    return {"seconds": seconds, "cpu_seconds": cpu_seconds, "loads": [accounted(done) for done in ingestion.loads]}


def accounted(done: Load) -> dict[str, int]:
    """Where the rows of one load ended up."""
    return {
        "extracted": done.rows_extracted,
        "accepted": done.rows_accepted,
        "unchanged": done.rows_unchanged,
        "quarantined": done.rows_quarantined,
        "out_of_scope": done.rows_out_of_scope,
    }


def main() -> None:
    """Prepare a home, or run the load as a flow, as a schedule would."""
    task, root = sys.argv[1], Path(sys.argv[2])
    if task == "prepare":
        prepare(root)
        print(json.dumps({"seconds": 0}))
        return
    with prefect_api(root) as api:
        # As the command does it: what the flow needs is imported while its API starts.
        from prefect import flow

        import tasks.ingest  # noqa: F401

        with api.recording():
            print(json.dumps(flow(name="bench", validate_parameters=False)(load)(Home(root))))


if __name__ == "__main__":
    main()
