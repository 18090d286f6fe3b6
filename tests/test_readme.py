"""Proves what the READMEs say: commands parse, targets, files and tables exist, examples run, figures were measured."""

import re
import shlex
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
import yaml

from tasks.ingest import ingest_source
from tasks.quarantine import replay
from tasks.source import check_sources, load_sources
from tasks.store import open_store
from tasks.tie_out import tie_out
from warehouse.build import build
from warehouse.home import Home
from warehouse.publication import Company
from warehouse.publish import publish

ROOT = Path(__file__).parents[1]
FOLDERS = ("flows", "schemas", "sources", "tasks", "tests", "warehouse")
README = ROOT / "README.md"
PAGES = sorted([README, ROOT / "CHANGELOG.md", *(page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md"))])
INVENTED = {"sources/corner_shop.yml", "sources/market_stall.yml"}
"""Examples that a reader makes."""
SCHEMAS = ("record", "core", "finance", "sales", "service", "compliance", "operations", "store")


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(), re.MULTILINE | re.DOTALL)


def code(page: Path) -> str:
    """Everything on the page that is set as code, and so claims to be exact."""
    text = page.read_text()
    fenced = re.findall(r"^```.*?^```", text, re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return "\n".join([*fenced, *inline])


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published warehouse without a row: every table is there."""
    home = Home(tmp_path_factory.mktemp("home"))
    open_store(home).close()
    building = build(home, date(2025, 12, 31), Company("Nobody Ltd", "EUR"))
    tie_out(building)
    return publish(home, building)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_make_target_named_exists(page: Path):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"^\s*make ([a-z-]+)|`make ([a-z-]+)`", page.read_text(), re.MULTILINE)) <= {
        pair for target in targets for pair in ((target, ""), ("", target))
    }


def commands(page: Path) -> list[str]:
    """The commands of a page that begin a line of a block or stand alone as code."""
    found = re.findall(r"^(?:\.venv/bin/)?countinghouse ([^\n#|]+)", code(page), re.MULTILINE)
    return [command.strip() for command in found if "|" not in command and "..." not in command]


@pytest.mark.parametrize("command", sorted({command for page in PAGES for command in commands(page)}))
def test_every_command_named_is_one(command: str):
    from flows.command import app

    filled = re.sub(r"<[^>]+>", "1", command)
    app.parse_args(shlex.split(filled), print_error=False, exit_on_error=False)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_file_linked_exists(page: Path):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_path_named_exists(page: Path):
    paths = re.findall(rf"(?<![\w/}}.])((?:{'|'.join(FOLDERS)})/[\w./-]+\.(?:py|sql|yml|md|png))", code(page))
    assert [path for path in paths if path not in INVENTED and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_table_named_exists(page: Path, published: Path):
    mentioned = set(re.findall(rf"(?<![\w./-])((?:{'|'.join(SCHEMAS)})\.[a-z_]+)(?![\w/(]|\.[a-z])", code(page)))
    with duckdb.connect(published, read_only=True) as connection:
        found = connection.execute("""
            select schema_name || '.' || table_name from duckdb_tables()
            union all select schema_name || '.' || view_name from duckdb_views()
            union all select schema_name || '.' || function_name from duckdb_functions()
        """).fetchall()
    assert mentioned - {name for (name,) in found} - {"record.py"} == set()


@pytest.mark.parametrize("query", [query for page in PAGES for query in blocks(page, "sql")])
def test_every_query_shown_runs(query: str, published: Path):
    with duckdb.connect(published, read_only=True) as connection:
        for statement in duckdb.extract_statements(query):
            connection.execute(statement)


@pytest.mark.parametrize("program", [program for page in PAGES for program in blocks(page, "python")])
def test_every_program_shown_runs(program: str, published: Path):
    on_this_one = program.replace("data/published/countinghouse.duckdb", str(published))
    assert on_this_one != program
    exec(compile(on_this_one, "README", "exec"), {})  # noqa: S102 - our own page


@pytest.mark.parametrize("page", [README, ROOT / "sources" / "README.md"], ids=named)
def test_every_source_shown_is_a_right_one(page: Path, tmp_path: Path):
    shown = blocks(page, "yaml")
    assert shown
    for block in shown:
        (tmp_path / f"{yaml.safe_load(block)['source']}.yml").write_text(block)
    assert check_sources(tmp_path) == []


def test_the_source_that_a_reader_connects_does_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    page = README.read_text().partition("## Connect your own source")[2].partition("\n## ")[0]
    monkeypatch.setenv("COUNTINGHOUSE_HOME", str(tmp_path))
    home, moment = Home(tmp_path), datetime(2026, 1, 1, tzinfo=UTC)
    (home.inbox / "market_stall").mkdir(parents=True)
    (home.inbox / "market_stall" / "2025-12.csv").write_text(re.search(r"```csv\n(.*?)```", page, re.DOTALL)[1])
    mapping = tmp_path / "sources" / "market_stall.yml"
    mapping.parent.mkdir()
    mapping.write_text(re.search(r"```yaml\n(.*?)```", page, re.DOTALL)[1])

    (source,) = load_sources(mapping.parent)
    (load,) = ingest_source(home, source, moment).loads
    assert (load.rows_extracted, load.rows_accepted, load.rows_out_of_scope, load.rows_quarantined) == (6, 3, 1, 2)

    mended = re.search(r"`(currency_code: coalesce[^`]+)`", page)[1]
    mapping.write_text(re.sub(r"currency_code: .*", mended, mapping.read_text()))
    (source,) = load_sources(mapping.parent)
    (again,) = replay(home, source, moment).loads
    assert (again.rows_extracted, again.rows_accepted, again.rows_quarantined) == (6, 1, 1)


def test_every_figure_in_the_readme_was_measured_by_the_bench():
    measured = (ROOT / "tests" / "benchmarks" / "results.md").read_text()
    shown = re.search(r"<!-- make bench -->\n(.*?)<!-- end -->", README.read_text(), re.DOTALL)[1]
    assert "|1,000,000|whole path: first load|" in shown
    assert measured.endswith(shown)


def test_every_promise_names_the_tests_that_hold_it():
    promises = README.read_text().partition("## What it promises")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| \*\*(.+?)\*\*.*\|$", promises, re.MULTILINE)
    assert len(rows) >= 4
    for line in promises.splitlines():
        if line.startswith("| **"):
            assert re.search(r"\]\(tests/[\w/]+\.py\)", line), f"no test is named for: {line}"
