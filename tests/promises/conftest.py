"""A company small enough to run many times, run by the real command in processes of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from warehouse.connection import connect

REPOSITORY = Path(__file__).resolve().parents[2]
AS_OF = "2025-03-31"

SOURCE = """
source: corner_shop
description: A corner shop, for the tests of promises
owner: the shopkeeper
extract: {connector: files, path: "${COUNTINGHOUSE_HOME}/inbox/*.csv", format: csv}
records:
  sales_lines:
    columns:
      document_id: document
      line_no: line
      document_type: "case when cast(quantity as decimal(18, 4)) < 0 then 'credit_note' else 'invoice' end"
      document_date: day
      customer_id: customer
      product_id: product
      quantity: quantity
      unit_price_amount: price
      net_amount: cast(quantity as decimal(18, 4)) * cast(price as decimal(18, 4))
      currency_code: "'EUR'"
      country_code: "'DE'"
"""

HEADER = "document,line,day,customer,product,quantity,price\n"


def day_of_sales(day: int) -> str:
    """A day's lines, one of them wrong."""
    lines = [
        f"R{day:02}{number:02},{line},2025-03-{day:02},C{number % 4},P{line},{number + line},{line}.{day:02}\n"
        for number in range(1, 9)
        for line in range(1, 4)
    ]
    return HEADER + "".join(lines) + f"R{day:02}99,1,2025-03-{day:02},C1,P1,1,-1\n"


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    (folder / "corner_shop.yml").write_text(SOURCE, encoding="utf-8")
    (folder / "company.yml").write_text("name: Corner shop\nreporting_currency: EUR\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def deliver() -> Callable[[Path, range], None]:
    """Drop some days' files into a home's inbox."""

    def drop(home: Path, days: range) -> None:
        (home / "inbox").mkdir(parents=True, exist_ok=True)
        for day in days:
            (home / "inbox" / f"{day:02}.csv").write_text(day_of_sales(day), encoding="utf-8")

    return drop


@pytest.fixture(scope="session")
def environment(sources: Path) -> dict[str, str]:
    return os.environ | {"COUNTINGHOUSE_SOURCES": str(sources), "PYTHONPATH": str(REPOSITORY)}


@pytest.fixture(scope="session")
def countinghouse(environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command on a home; `dying=(step, place, nth)` kills it there."""

    def run(home: Path, dying: tuple[str, str, int] | None = None) -> subprocess.CompletedProcess[str]:
        arguments = ["run", "--home", str(home), "--as-of", AS_OF]
        started = (
            ["-c", "from flows.command import main; main()"]
            if dying is None
            else [str(Path(__file__).with_name("killed_run.py")), dying[0], dying[1], str(dying[2])]
        )
        return subprocess.run(
            [sys.executable, *started, *arguments],
            env=environment,
            cwd=home,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def published_tables() -> Callable[[Path], dict[str, pl.DataFrame]]:
    """Every published table of a home, less what says when something happened on somebody's clock."""

    def read(home: Path) -> dict[str, pl.DataFrame]:
        with connect(home / "published" / "countinghouse.duckdb", read_only=True) as connection:
            names = connection.execute(
                "select schema_name, table_name from duckdb_tables() union all "
                "select schema_name, view_name from duckdb_views() where not internal order by all"
            ).fetchall()
            return {
                f"{schema}.{table}": _without_clocks(
                    pl.DataFrame(
                        pl.from_arrow(connection.execute(f'select * from "{schema}"."{table}"').to_arrow_table())
                    )
                )
                for schema, table in names
                if f"{schema}.{table}" != "operations.runs"
            }

    return read


def _without_clocks(frame: pl.DataFrame) -> pl.DataFrame:
    # Files of two homes were written at two moments and lie at two paths; all else must be equal.
    clocks = {"_recorded_at", "_superseded_at", "recorded_at", "received_at", "loaded_at", "posted_at", "published_at"}
    places = {"modified_at", "modified_ns", "path", "last_loaded_at", "last_received_at"}
    kept = frame.select(name for name in frame.columns if name not in clocks | places)
    return kept.sort(pl.all().cast(pl.String), nulls_last=True) if kept.width and not _has_lists(kept) else kept


def _has_lists(frame: pl.DataFrame) -> bool:
    return any(isinstance(of, pl.List) for of in frame.dtypes)
