"""Every way in at once: what the systems held is in the record, and the second day takes only what has changed."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.demonstration.company import FIRST, SECOND, Company, systems
from tests.servers import Absent
from warehouse.connection import connect

RECORDS = {
    "customers": "customers",
    "order lines": "sales_lines",
    "articles": "products",
    "cases": "tickets",
    "expense lines": "expense_claims",
    "statement lines": "bank_transactions",
    "supplier invoices": "invoices",
}
"""What happens in a system, and the record that it becomes."""


@dataclass(frozen=True)
class Days:
    """What happened on the two days, and the company after them."""

    first: dict[str, int]
    second: dict[str, int]
    company: Company

    def ask(self, query: str) -> list[tuple]:
        with connect(self.company.home / "published" / "countinghouse.duckdb", read_only=True) as connection:
            return connection.execute(query).fetchall()

    def accepted(self, day: str) -> dict[str, int]:
        """Rows that each record took on a day."""
        condition = f"loaded_at {'=' if day == 'first' else '>'} (select min(recorded_at) from operations.batches)"
        return dict(
            self.ask(f"select record, sum(rows_accepted)::bigint from operations.loads where {condition} group by all")
        )


@pytest.fixture(scope="module")
def days(tmp_path_factory) -> Iterator[Days]:
    folder, home = tmp_path_factory.mktemp("systems"), tmp_path_factory.mktemp("home")
    try:
        with systems(home, folder) as company:
            happened = []
            for day in (FIRST, SECOND):
                happened.append(company.live(day))
                company.run(day)
            yield Days(*happened, company)
    except Absent as absent:
        pytest.skip(str(absent))


@pytest.mark.parametrize("what", RECORDS)
def test_what_the_systems_held_is_in_the_record_and_then_only_what_changed(days, what):
    assert days.accepted("first")[RECORDS[what]] == days.first[what]
    assert days.accepted("second")[RECORDS[what]] == days.second[what]


def test_every_row_ended_somewhere_and_none_was_refused(days):
    (sums,) = days.ask(
        "select sum(rows_extracted), sum(rows_accepted + rows_unchanged + rows_quarantined + rows_out_of_scope), "
        "sum(rows_quarantined) from operations.loads"
    )
    assert sums[0] == sums[1] > 0
    assert sums[2] == 0


def test_an_article_that_is_gone_is_withdrawn(days):
    assert days.ask("select count(*) from record.products where product_id = 'A08'") == [(0,)]
    assert days.ask("select count(*) from record.products_versions where product_id = 'A08'") == [(1,)]


def test_mails_are_contacts_but_those_of_our_own_people(days):
    mails = days.first["mails"] + days.second["mails"]
    assert days.ask("select count(*) from record.interactions") == [(mails - 2,)]


def test_no_secret_is_in_any_file_of_the_home(days):
    environment = days.company.environment
    secrets = [value.encode() for name, value in environment.items() if name.endswith(("_PASSWORD", "_TOKEN"))]
    files = [file for file in days.company.home.rglob("*") if file.is_file()]
    assert len(secrets) >= 3
    assert [file.name for file in files for secret in secrets if secret in file.read_bytes()] == []
