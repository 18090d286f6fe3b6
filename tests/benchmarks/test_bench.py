"""Proves that the bench measures what it says: its counts, at a size that takes seconds."""

import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tasks.ingest import ingest_source
from tasks.source import load_sources
from tests.benchmarks import extraction, floor, generated, whole_path, with_copy
from tests.servers import Absent, postgresql, server_folder

ROWS = 10_000
SEVERAL_BLOCKS = 150_000
"""More than the reader takes in at once."""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("generated") / "first.csv"
    generated.write(file, ROWS)
    return file


def test_one_row_in_two_hundred_is_bad_and_every_kind_of_badness_occurs(first: Path):
    with first.open(newline="") as file:
        lengths = [len(row) for row in csv.reader(file)][1:]
    assert len(lengths) == ROWS
    assert generated.bad_rows(ROWS) == 50
    assert {length: lengths.count(length) for length in set(lengths)} == {15: ROWS - 10, 13: 5, 17: 5}


def test_the_same_rows_are_generated_every_time(first: Path, tmp_path: Path):
    generated.write(tmp_path / "again.csv", ROWS)
    assert sorted(first.read_bytes().splitlines()) == sorted((tmp_path / "again.csv").read_bytes().splitlines())


@pytest.mark.parametrize("is_order_kept", [True, False])
def test_the_floor_loads_every_row_that_can_be_typed(first: Path, tmp_path: Path, is_order_kept: bool):
    answer = floor.load(first, tmp_path / "floor.duckdb", is_order_kept=is_order_kept)
    assert answer["rows"] == generated.readable_rows(ROWS) == ROWS - 25


def test_the_whole_path_accounts_for_every_row_of_every_delivery(first: Path, tmp_path: Path):
    home = whole_path.prepare(tmp_path / "home")
    (home.inbox / "sales_lines_1.csv").write_bytes(first.read_bytes())
    assert whole_path.load(home)["loads"] == [generated.accounted(ROWS)]

    generated.write(home.inbox / "sales_lines_2.csv", ROWS, changed_pct=1)
    assert whole_path.load(home)["loads"] == [generated.accounted(ROWS, changed_pct=1)]
    assert whole_path.load(home)["loads"] == []


def test_every_bad_row_is_refused_by_the_rules_made_for_it(first: Path, tmp_path: Path):
    home = whole_path.prepare(tmp_path / "home")
    (home.inbox / "sales_lines.csv").write_bytes(first.read_bytes())
    (source,) = load_sources(home.root / "sources")
    ingest_source(home, source, datetime(2026, 1, 1, tzinfo=UTC))
    with duckdb.connect(home.warehouse, read_only=True) as connection:
        refused = connection.execute("select rules, count(*) from operations.quarantine group by all").fetchall()
    wanted: dict[tuple[str, ...], int] = {}
    for rules in generated.KINDS.values():
        wanted[rules] = wanted.get(rules, 0) + generated.bad_rows(ROWS) // len(generated.KINDS)
    assert {tuple(sorted(rules)): count for rules, count in refused} == wanted


def test_rows_keep_their_numbers_in_a_file_of_several_blocks(tmp_path: Path):
    home = whole_path.prepare(tmp_path / "home")
    generated.write(home.inbox / "sales_lines.csv", SEVERAL_BLOCKS)
    assert whole_path.load(home)["loads"] == [generated.accounted(SEVERAL_BLOCKS)]
    with duckdb.connect(home.warehouse, read_only=True) as connection:
        misnumbered = connection.execute("""
            select _row from record.sales_lines where (_row - 1) // 5 <> substr(document_id, 4)::integer
            union all select row from operations.quarantine where row % 200 <> 8
        """).fetchall()
    assert misnumbered == []


def test_the_statements_are_made_of_a_balanced_ledger_of_the_asked_size(tmp_path: Path):
    answer = run("statements.py", tmp_path / "ledger.duckdb", "5000")
    assert answer["lines"] == 4998
    assert answer["rows"] > 0
    assert answer["seconds"] > 0


def test_hledger_is_given_the_same_ledger_where_it_is_installed(tmp_path: Path):
    if shutil.which("hledger") is None:
        pytest.skip("hledger is not installed; apt-get install hledger")
    answer = run("with_hledger.py", tmp_path / "ledger.duckdb", "1400")
    assert answer["lines"] == 1400
    assert answer["seconds"] > 0
    with duckdb.connect(tmp_path / "ledger.duckdb", read_only=True) as connection:
        ((money,),) = connection.execute(
            "select sum(amount) from store.ledger_lines where account_code = '1000'"
        ).fetchall()
    command = ["hledger", "-f", tmp_path / "ledger.journal", "balance", "assets:bank", "--no-total", "-O", "csv"]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert str(money.quantize(Decimal("0.01"))) in told


def test_a_table_of_postgresql_is_copied_and_extracted_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    try:
        with server_folder("postgresql") as folder, postgresql(folder) as server:
            for name, value in server.environment().items():
                monkeypatch.setenv(name, value)
            server.ask(with_copy.FILL.format(rows=1000))
            assert with_copy.copy(tmp_path)["rows"] == 1000
            assert extraction.extract(tmp_path / "home")["rows"] == 1000
    except Absent as reason:
        pytest.skip(str(reason))


def run(script: str, *arguments: str | Path) -> dict:
    """A script of the bench, run to its end; what it answered."""
    folder = Path(__file__).parent
    environment = os.environ | {"PYTHONPATH": str(folder.parents[1])}
    command = [sys.executable, str(folder / script), *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, check=True, text=True, env=environment)
    return json.loads(ended.stdout.splitlines()[-1])
