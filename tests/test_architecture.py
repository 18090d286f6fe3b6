"""Proves that the house is in order: who may use what, one name for one thing, models that read only what exists."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from schemas.records import RECORDS

ROOT = Path(__file__).parents[1]
FOLDERS = ("flows", "tasks", "schemas", "warehouse")

MAY_IMPORT = {
    "flows": {"flows", "tasks", "schemas", "prefect", "cyclopts", "rich", "pydantic", "yaml"},
    "schemas": {"schemas", "pandera", "polars", "great_expectations"},
    # duckdb_engine and sqlalchemy: the audit reads the warehouse through a dialect that is the warehouse's own.
    "warehouse": {"warehouse", "duckdb", "sqlglot", "pyarrow", "duckdb_engine", "sqlalchemy"},
}
"""What each folder may use beside the standard library; tasks also use the libraries of their own step."""

KEPT_OUT_OF_TASKS = {"flows", "duckdb", "duckdb_engine", "sqlalchemy"}

AT_THE_ROOT = {
    "README.md", "CHANGELOG.md", "LICENSE", "Makefile", "prefect.yaml", "pyproject.toml", "requirements.lock",
    ".ci", ".gitignore", "flows", "schemas", "sources", "tasks", "tests", "warehouse",
}  # fmt: skip

DRAWERS = {"utils", "util", "helpers", "common", "misc", "manager", "base"}
"""Names of modules that everyone adds to."""


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout: nothing says which files are committed")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)} imports relatively: write the whole name"
            yield node.module or ""


def foreign(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)} - set(sys.stdlib_module_names) - {"__future__"}


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_a_folder_uses_only_its_own_libraries(folder: str):
    strangers = {named(path): foreign(path) - MAY_IMPORT[folder] for path in modules(folder)}
    assert {path: names for path, names in strangers.items() if names} == {}


def test_tasks_neither_look_up_to_flows_nor_speak_to_duckdb():
    strangers = {named(path): foreign(path) & KEPT_OUT_OF_TASKS for path in modules("tasks")}
    assert {path: names for path, names in strangers.items() if names} == {}


def test_great_expectations_is_imported_only_by_table_contracts_and_the_audit():
    allowed = re.compile(r"schemas/tables/.*|tasks/audit(\.py|/.*)")
    users = {named(path) for path in modules(*FOLDERS) if "great_expectations" in foreign(path)}
    assert {path for path in users if not allowed.fullmatch(path)} == set()


def test_importing_a_flow_does_not_import_great_expectations():
    """It takes seconds; only the audit step needs it."""
    code = "import sys, flows.command; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=120).returncode == 0


@pytest.mark.parametrize("path", modules(*FOLDERS), ids=named)
def test_a_module_begins_with_a_sentence(path: Path):
    docstring = ast.get_docstring(ast.parse(path.read_text()))
    if path.name == "__init__.py" and not path.read_text().strip():
        return
    assert docstring, f"{named(path)} does not say what it is"
    # An error tree or a list may follow a colon or a semicolon.
    assert re.search(r"[.:;]$|\.\s", docstring.splitlines()[0]) or "\n\n" in docstring


def test_no_module_is_a_drawer():
    assert [named(path) for path in modules(*FOLDERS, "tests") if path.stem in DRAWERS] == []


def test_sources_hold_no_code():
    assert {path.suffix for path in (ROOT / "sources").iterdir() if path.is_file()} <= {".yml", ".md"}


def test_the_root_holds_what_the_design_names_and_nothing_else():
    assert {path.relative_to(ROOT).parts[0] for path in committed()} - AT_THE_ROOT == set()


def test_no_committed_file_names_a_package_registry():
    registry = re.compile(rb"pypi\.(org|python)|pythonhosted|files\.python|--(extra-)?index-url|--find-links")
    naming = [path for path in committed() if path.is_file() and registry.search(path.read_bytes())]
    assert [named(path) for path in naming if path != Path(__file__)] == []


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_has_one_name_for_its_file_and_its_table(name: str):
    assert (ROOT / "schemas" / "records" / f"{name}.py").exists()
    assert RECORDS[name].about().name == name


MODELS = sorted((ROOT / "warehouse" / "models").rglob("*.sql"))
POSTING = sorted((ROOT / "warehouse" / "posting").rglob("*.sql"))


@pytest.mark.parametrize("path", [*MODELS, *POSTING], ids=named)
def test_a_model_says_its_grain_and_is_one_select(path: Path):
    text = path.read_text()
    assert re.match(r"-- One row\b", text), f"{named(path)} does not begin with its grain: -- One row ..."
    (statement,) = sqlglot.parse(text, dialect="duckdb")
    assert isinstance(statement, exp.Query)


@pytest.mark.parametrize("path", MODELS, ids=named)
def test_a_model_reads_only_what_exists(path: Path):
    tree = sqlglot.parse_one(path.read_text(), dialect="duckdb")
    read = {f"{table.db}.{table.name}" for table in tree.find_all(exp.Table) if table.db}
    models = {f"{model.parent.name}.{model.stem}" for model in MODELS}
    records = {f"record.{name}{suffix}" for name in RECORDS for suffix in ("", "_versions")}
    stored = {"store.ledger_lines", "store.comparison_lines"}
    unknown = {table for table in read - models - records - stored if not table.startswith("operations.")}
    assert unknown == set()


@pytest.mark.parametrize("path", [*MODELS, *POSTING], ids=named)
def test_a_model_reads_no_clock(path: Path):
    text = re.sub(r"--.*", "", path.read_text()).lower()
    clock = r"\b(current_date|current_timestamp|now\s*\(|today\s*\(|get_current_time)"
    assert re.search(clock, text) is None


def test_no_module_below_a_flow_reads_the_clock():
    clock = re.compile(r"\.now\(|\.today\(|\.utcnow\(|time\.time\(\)")
    reading = [named(path) for path in modules("tasks", "schemas", "warehouse") if clock.search(path.read_text())]
    assert reading == []
