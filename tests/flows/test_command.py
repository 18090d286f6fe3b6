"""The command: what it says, and the exit codes 0, 1 and 2."""

import subprocess
import sys
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from flows.business_day import BusinessDay
from flows.command import main
from flows.commands.telling import tell_day
from flows.server import prefect_home
from tasks.writer import LOCKED

REPOSITORY = Path(__file__).resolve().parents[2]


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """The one sentence of an error."""
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert "Traceback" not in captured.err
    return captured.err


@pytest.mark.parametrize(
    ("tokens", "sentence"),
    [
        (["run", "--source", "mail_order_orderz"], "did you mean 'mail_order_orders'?"),
        (["run", "--as-of", "yesterday"], 'unable to convert "yesterday" into date'),
        (["run", "--frobnicate"], "--frobnicate"),
        (["frobnicate"], "frobnicate"),
        (["sources", "check", "--folder", "/nowhere"], "/nowhere: there is no such folder of sources"),
        (["trace", "sales.daily_sales", "document_date=2025-06-02", "--home", "/nowhere"], "nothing is published"),
        (["verify", "--home", "/nowhere"], "holds no warehouse"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(
    tokens: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
):
    assert main(tokens) == 2
    assert sentence in said(capsys)


def test_a_wrong_source_file_is_named_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "shop.yml").write_text("source: shop\ndescripton: a till\n")
    assert main(["sources", "check", "--folder", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert "shop.yml:2: 'descripton'" in said.out + said.err


def test_the_repository_s_own_sources_are_right(capsys: pytest.CaptureFixture[str]):
    assert main(["sources", "check"]) == 0
    assert "source file(s) are right" in capsys.readouterr().out


@pytest.mark.usefixtures("own_sources")
def test_a_dry_run_says_what_would_be_read_and_touches_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    inbox = tmp_path / "inbox" / "corner_shop"
    inbox.mkdir(parents=True)
    (inbox / "a.csv").write_text("receipt\n")
    assert main(["sources", "list", "--home", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert any(line.split() == ["corner_shop", "sales_lines", "1", "0", "8"] for line in told.splitlines())
    assert "ELSEWHERE_DATA is not set" in told
    assert [path.name for path in tmp_path.iterdir()] == ["inbox"]


def test_a_day_is_told_by_its_rows_and_where_to_look(first_day: BusinessDay, capsys: pytest.CaptureFixture[str]):
    tell_day(first_day)
    lines = capsys.readouterr().out.splitlines()
    header, row = next((a, b) for a, b in pairwise(lines) if "= accepted" in a)
    assert header.split("  ")[0] == "source"
    assert row.split() == ["corner_shop", "sales_lines", "1", "4", "2", "0", "1", "1"]
    assert lines[-2] == f"warehouse: {first_day.publication.path}"
    assert lines[-1] == f"reports:   {first_day.index}"


@pytest.mark.usefixtures("first_day", "own_sources")
def test_the_quarantine_can_be_counted_seen_and_taken_out(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["quarantine", "list", "--home", str(shop)]) == 0
    assert "document_date:cast" in capsys.readouterr().out
    assert main(["quarantine", "show", "--source", "corner_shop", "--home", str(shop)]) == 0
    assert "2025-06-31" in capsys.readouterr().out
    assert main(["quarantine", "export", str(tmp_path / "refused.csv"), "--home", str(shop)]) == 0
    assert "R2" in (tmp_path / "refused.csv").read_text()


@pytest.mark.usefixtures("first_day")
def test_a_figure_is_followed_to_its_file_and_row(shop: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["trace", "sales.daily_sales", "document_date=2025-06-02", "--home", str(shop)]) == 0
    told = capsys.readouterr().out
    assert "sales.daily_sales.net_amount = 12.2000" in told
    assert "record.sales_lines: 2 row(s) by document_date" in told
    assert "2025-06-02.csv row 1, kept as landing/corner_shop/" in told


@pytest.mark.usefixtures("first_day")
@pytest.mark.parametrize(
    ("table", "row", "behind"),
    [
        (
            "finance.income_statement",
            "line=revenue",
            "finance.statement_entries: 1 row(s) by statement, line, compared_as",
        ),
        ("finance.trial_balance", "account_code=4000", "finance.general_ledger: 1 row(s) by account_code"),
    ],
)
def test_a_statement_is_followed_to_its_entries(
    shop: Path, table: str, row: str, behind: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["trace", table, row, "--home", str(shop)]) == 0
    told = capsys.readouterr().out
    assert behind in told
    assert "2025-06-02.csv row 1, kept as landing/corner_shop/" in told


@pytest.mark.usefixtures("first_day")
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["sales.daly_sales", "document_date=2025-06-02"], "did you mean 'sales.daily_sales'?"),
        (["sales.daily_sales", "dokument_date=2025-06-02"], "did you mean 'document_date'?"),
        (["sales.daily_sales", "document_date=1999-01-01"], "has no row where document_date is 1999-01-01"),
        (["sales.daily_sales", "2025-06-02"], "write column=value"),
    ],
    ids=["table", "column", "row", "words"],
)
def test_a_figure_that_is_not_there_is_wrong_usage(
    shop: Path, asked: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["trace", *asked, "--home", str(shop)]) == 2
    assert sentence in said(capsys)


@pytest.mark.usefixtures("first_day")
def test_verify_finds_a_file_that_was_changed_after_it_was_received(copy: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["verify", "--home", str(copy)]) == 0
    assert "1 files kept as they were received: yes" in capsys.readouterr().out
    (kept,) = (copy / "landing" / "corner_shop").glob("*.csv")
    kept.chmod(0o644)
    kept.write_text(kept.read_text().replace("4.50", "5.50"))
    assert main(["verify", "--home", str(copy)]) == 1
    assert "was changed: its SHA-256 is" in capsys.readouterr().out


@pytest.mark.usefixtures("first_day")
def test_verify_finds_a_row_that_is_gone(copy: Path, capsys: pytest.CaptureFixture[str]):
    with duckdb.connect(str(copy / "warehouse.duckdb")) as connection:
        connection.execute("delete from store.sales_lines where line_no = 1")
    assert main(["verify", "--home", str(copy)]) == 1
    assert "against the counts, -1 more are stored" in capsys.readouterr().out


@pytest.mark.usefixtures("first_day")
def test_a_warehouse_that_is_being_written_is_said_to_be(copy: Path, capsys: pytest.CaptureFixture[str]):
    holding = (
        f"import duckdb; c = duckdb.connect({str(copy / 'warehouse.duckdb')!r}); print('held', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert main(["verify", "--home", str(copy)]) == 1
        other.communicate("\n")
    sentence = said(capsys)
    assert "another run is writing the warehouse" in sentence
    assert LOCKED not in sentence


@pytest.mark.slow
def test_the_command_needs_no_server_and_leaves_none_behind(tmp_path: Path):
    env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(REPOSITORY)}
    home = tmp_path / "home"
    done = subprocess.run(
        [sys.executable, "-m", "flows.command", "report", "--as-of", "2025-12-31", "--home", str(home)],
        env=env, capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "publish" in done.stderr
    assert "Traceback" not in done.stderr
    assert (home / "prefect" / "prefect.db").exists()
    assert not [line for line in processes() if str(home) in line]


def processes() -> list[str]:
    """The command lines and environments of what runs on this machine."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            found.append((process / "environ").read_text(errors="replace"))
    return found


def test_prefect_s_own_files_are_kept_in_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("PREFECT_HOME")
    assert prefect_home(tmp_path) == tmp_path / "prefect"
