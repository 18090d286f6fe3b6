"""Proves that only what is new is built, and that `company.yml` is held to what it must say."""

from datetime import date
from pathlib import Path

import pytest

import tasks.build
from tasks.build import build_warehouse, load_company
from tasks.errors import CountinghouseError, UsageError
from tasks.publish import publish_building
from warehouse import build as warehouse_build
from warehouse.home import Home
from warehouse.models import Model
from warehouse.publication import Company, current_publication

AS_OF = date(2025, 6, 30)
COMPANY = Company("Corner shop", "EUR")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_an_empty_record_can_be_built_and_published(home: Home):
    building = build_warehouse(home, AS_OF, COMPANY)
    assert building is not None
    assert publish_building(home, building) == home.published
    assert current_publication(home) == building.publication_id


def test_what_is_published_already_is_not_built_again(home: Home):
    building = build_warehouse(home, AS_OF, COMPANY)
    before = publish_building(home, building).stat()
    (home.publications / ".building-dead.duckdb").write_bytes(b"half")
    assert build_warehouse(home, AS_OF, COMPANY) is None
    after = home.published.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [path.name for path in home.publications.iterdir()] == ["countinghouse.duckdb"]


def test_another_day_is_another_publication(home: Home):
    publish_building(home, build_warehouse(home, AS_OF, COMPANY))
    assert build_warehouse(home, date(2025, 7, 1), COMPANY) is not None


def test_tables_under_another_contract_are_proven_again(home: Home, monkeypatch: pytest.MonkeyPatch):
    publish_building(home, build_warehouse(home, AS_OF, COMPANY))
    assert "receivables_ageing" in tasks.build.table_contracts()
    assert "debits_equal_credits" in tasks.build.table_contracts()
    monkeypatch.setattr(tasks.build, "table_contracts", lambda: "an expectation more")
    building = build_warehouse(home, AS_OF, COMPANY)
    assert building is not None
    publish_building(home, building)
    assert build_warehouse(home, AS_OF, COMPANY) is None


def test_a_model_that_cannot_run_is_reported_as_a_sentence(home: Home, monkeypatch: pytest.MonkeyPatch):
    circle = [Model("a", "b", "-- One row is x.\nfrom c.d"), Model("c", "d", "-- One row is x.\nfrom a.b")]
    monkeypatch.setattr(warehouse_build, "read_models", lambda: circle)
    with pytest.raises(CountinghouseError, match="models read each other in a circle"):
        build_warehouse(home, AS_OF, COMPANY)


def test_the_company_of_the_repository_can_be_read():
    assert load_company().reporting_currency == "EUR"


def test_another_company_is_named_by_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "ours.yml"
    file.write_text("name: Ours\nreporting_currency: GBP\nageing_days: 14, 45\n")
    monkeypatch.setenv("COUNTINGHOUSE_COMPANY", str(file))
    assert load_company() == Company("Ours", "GBP", ageing_days=(14, 45))


NOTHING_ELSE = (
    ":1: say name and reporting_currency, if you like financial_year_end, ageing_days, late_entries, and nothing else"
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name: Ours\n", NOTHING_ELSE),
        (
            "name: Ours\nreporting_currency: EUR\nlogo: x.png\n",
            NOTHING_ELSE,
        ),
        (
            "name: [Ours]\nreporting_currency: EUR\n",
            NOTHING_ELSE,
        ),
        (
            "name: Ours\nreporting_currency: EUR\nfinancial_year_end: 31-12\n",
            ":3: financial_year_end is month and day, such as 12-31",
        ),
        (
            "name: Ours\nreporting_currency: EUR\nlate_entries: maybe\n",
            ":3: late_entries is refuse or allow",
        ),
        (
            "name: Ours\nreporting_currency: EUR\nageing_days: 60, 30\n",
            ":3: ageing_days are days in rising order, such as 30, 60, 90",
        ),
        (
            "name: Ours\nreporting_currency: EUR\nageing_days: a month\n",
            ":3: ageing_days are days in rising order, such as 30, 60, 90",
        ),
        ("name: Ours\nreporting_currency: euro\n", ":2: reporting_currency is an ISO 4217 code such as EUR"),
    ],
)
def test_a_company_file_that_says_something_else_is_refused(tmp_path: Path, text: str, says: str):
    file = tmp_path / "company.yml"
    file.write_text(text)
    with pytest.raises(UsageError) as error:
        load_company(file)
    assert str(error.value) == f"{file}{says}"


def test_a_missing_company_file_is_named(tmp_path: Path):
    with pytest.raises(UsageError, match=r"absent\.yml: there is no such file"):
        load_company(tmp_path / "absent.yml")
