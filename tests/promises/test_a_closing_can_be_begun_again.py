"""Promise 5, of a closing: killed at any step and begun again, it files what an undisturbed one files."""

import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.errors import ClosingRefused
from tasks.filed import read_filed
from tasks.ingest import ingest_source
from tasks.source.checking import load_source
from tests.promises.killed_closing import close_march
from warehouse.connection import connect
from warehouse.home import Home

STEPS = [
    ("warehouse.postings:_write", "after", 1),  # entries written, nothing committed
    ("warehouse.build:make_models", "after", 1),  # the books set aside, the tables built
    ("tasks.close:write_files", "after", 1),  # the files written, not under their name
    ("tasks.close:put_in_place", "after", 1),  # the files under their name, the closing not written down
    ("warehouse.closings:_write_closing", "after", 2),  # written down, not committed
    ("tasks.close:write_closing", "after", 1),  # closed, and what was set aside still there
]
"""Where the closing is killed; each one after it gets as far as the next."""


@pytest.fixture(scope="module")
def books(tmp_path_factory, deliver, sources) -> Path:
    """A home whose month waits to be closed."""
    home = tmp_path_factory.mktemp("books")
    deliver(home, range(3, 5))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNTINGHOUSE_HOME", str(home))
        ingest_source(Home(home), load_source(sources / "corner_shop.yml"), datetime(2025, 4, 1, tzinfo=UTC))
    return home


@pytest.fixture(scope="module")
def undisturbed(books: Path, sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The month, closed in peace."""
    home = Home(shutil.copytree(books, tmp_path_factory.mktemp("undisturbed") / "home"))
    close_march(home, sources)
    return home


def killed_closing(home: Home, environment: dict[str, str], *dying: object) -> subprocess.CompletedProcess[str]:
    script = Path(__file__).with_name("killed_closing.py")
    return subprocess.run(
        [sys.executable, str(script), str(home.root), *map(str, dying)],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def written_down(home: Home) -> dict[str, list[tuple]]:
    tables = ("operations.closings", "operations.filed_files", "operations.filed_statements", "store.ledger_lines")
    with connect(home.warehouse, read_only=True) as connection:
        return {table: connection.execute(f"from {table} order by all").fetchall() for table in tables}


def filed_bytes(home: Home) -> dict[str, bytes]:
    return {file.file_name: path.read_bytes() for file, path in read_filed(home, "2025-03")[1]}


def test_a_closing_killed_at_every_step_in_turn_ends_where_an_undisturbed_one_ends(
    books: Path, undisturbed: Home, environment: dict[str, str], sources: Path, tmp_path: Path
):
    home = Home(shutil.copytree(books, tmp_path / "home"))
    for dying in STEPS:
        assert written_down(home)["operations.closings"] == []
        killed = killed_closing(home, environment, *dying)
        assert killed.returncode == -signal.SIGKILL, f"{dying}: {killed.stdout}{killed.stderr}"
    with pytest.raises(ClosingRefused, match="2025-03 was closed on 2025-04-02 06:00 UTC already"):
        close_march(home, sources)
    assert filed_bytes(home) == filed_bytes(undisturbed)
    assert written_down(home) == written_down(undisturbed)
    assert [path.name for path in home.filed.iterdir()] == ["2025-03"]
