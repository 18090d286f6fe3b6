"""Proves that a publication's identity changes with what is published, and with nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tasks.store import open_store
from warehouse.home import Home
from warehouse.models import read_models
from warehouse.publication import Company, current_publication, publication_id

AS_OF = date(2025, 6, 30)


def executing(sql: str) -> Callable[[Home], None]:
    def change(home: Home) -> None:
        with open_store(home) as connection:
            connection.execute(sql)

    change.__name__ = sql[:40]
    return change


SEEN = [
    "update operations.batches set status = 'refused' where batch_no = 0",
    "update operations.batches set mapping = 'm2' where batch_no = 0",
    "update operations.batches set batch_no = 2 - batch_no",
    "delete from operations.batches where batch_no = 1",
    "insert into operations.loads by name select 'till-aa' as batch_id, 'sales_lines' as record, 3 as rows_accepted",
    "insert into operations.quarantine by name select 'till-aa' as batch_id, 'open' as status",
    "insert into operations.deliveries by name select 'till' as source, 'copy.csv' as file_name, 'duplicate' as status",
    "insert into operations.out_of_scope by name select 'till-aa' as batch_id, 3 as rows",
    "insert into operations.drift by name select 'till-aa' as batch_id, 'colour' as column_name",
]
"""Changes of the warehouse that a reader of the published tables could see."""

UNSEEN = [
    "update operations.batches set recorded_at = recorded_at + interval 1 day",
    "insert into operations.runs by name select 'r1' as run_id",
    "insert into operations.audits by name select 'p1' as publication_id",
    "insert into operations.publications by name select 'p1' as publication_id",
]
"""Changes that only say when something was done."""


@pytest.mark.parametrize("sql", SEEN)
def test_it_changes_with_the_state_of_the_record(home: Home, company: Company, sql: str):
    before = publication_id(home, AS_OF, company)
    executing(sql)(home)
    assert publication_id(home, AS_OF, company) != before


@pytest.mark.parametrize("sql", UNSEEN)
def test_it_does_not_change_with_when_things_were_done(home: Home, company: Company, sql: str):
    before = publication_id(home, AS_OF, company)
    executing(sql)(home)
    assert publication_id(home, AS_OF, company) == before


def test_it_changes_with_the_day_the_company_and_the_models(home: Home, company: Company):
    models = read_models()
    edited = [replace(models[0], sql=models[0].sql + "-- edited\n"), *models[1:]]
    identities = {
        publication_id(home, AS_OF, company),
        publication_id(home, date(2025, 7, 1), company),
        publication_id(home, AS_OF, Company("Corner shop", "GBP")),
        publication_id(home, AS_OF, Company("Other shop", "EUR")),
        publication_id(home, AS_OF, company, edited),
        publication_id(home, AS_OF, company, models[1:]),
    }
    assert len(identities) == 6
    assert all(len(identity) == 12 for identity in identities)


def test_nothing_is_current_before_the_first_publication(home: Home):
    assert current_publication(home) is None


@pytest.mark.parametrize(
    ("ends", "day", "begins"),
    [
        ("12-31", date(2025, 6, 30), date(2025, 1, 1)),
        ("12-31", date(2025, 12, 31), date(2025, 1, 1)),
        ("12-31", date(2025, 1, 1), date(2025, 1, 1)),
        ("06-30", date(2025, 6, 30), date(2024, 7, 1)),
        ("06-30", date(2025, 7, 1), date(2025, 7, 1)),
        # A year that ends with February ends on its last day, whichever that is.
        ("02-29", date(2025, 2, 28), date(2024, 3, 1)),
        ("02-29", date(2025, 3, 1), date(2025, 3, 1)),
        ("02-29", date(2024, 2, 29), date(2023, 3, 1)),
    ],
)
def test_a_financial_year_begins_after_the_last_one_ended(ends: str, day: date, begins: date):
    assert Company("Corner shop", "EUR", financial_year_end=ends).financial_year_start(day) == begins
