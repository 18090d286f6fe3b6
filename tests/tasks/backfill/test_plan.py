"""What a backfill would do: of files those that are new or were refused, and the days that have none."""

from datetime import UTC, date, datetime

import pytest

from tasks.backfill.filling import fill
from tasks.backfill.plan import plan
from tasks.errors import UsageError

NOON = datetime(2025, 7, 1, 12, tzinfo=UTC)
HEADER = "id,day,currency,amount,payer\n"
JUNE = (date(2025, 6, 1), date(2025, 6, 30))


def row(number: int) -> str:
    return f"{HEADER}{number},2025-06-{number:02},EUR,{number},Ada\n"


def planned(shop, by="month"):
    return plan(shop.home, shop.source, *JUNE, by)


def test_files_of_other_days_are_left_alone_and_those_that_are_known_too(shop):
    for number in (2, 3):
        shop.deliver(f"till_2025-06-{number:02}.csv", row(number))
    shop.ingest()
    shop.deliver("till_2025-06-04.csv", row(4))
    shop.deliver("till_2025-07-01.csv", row(5))
    (piece,) = planned(shop).pieces
    assert [file.path.name for file in piece.files] == ["till_2025-06-04.csv"]
    assert planned(shop).known_count == 2
    ingestion = fill(shop.home, shop.source, piece, NOON, lambda _name, _rows: None)
    assert [load.rows_accepted for load in ingestion.loads] == [1]
    assert planned(shop).pieces == ()


def test_a_file_that_was_refused_is_tried_again_from_the_bytes_that_were_kept(shop):
    shop.deliver("till_2025-06-02.csv", "id,day,currency,sum,payer\n2,2025-06-02,EUR,2,Ada\n").touch()
    shop.deliver("till_2025-06-03.csv", row(3))
    shop.ingest()
    (shop.home.inbox / "till_2025-06-02.csv").unlink()
    (piece,) = planned(shop).pieces
    assert [name for _, name in piece.refused] == ["till_2025-06-02.csv"]
    shop.describe(shop._file.read_text().replace("amount: amount", 'amount: "sum"'))
    ingestion = fill(shop.home, shop.source, piece, NOON, lambda _name, _rows: None)
    assert [load.rows_accepted for load in ingestion.loads] == [1]
    assert planned(shop).pieces == ()


def test_files_whose_names_carry_no_day_are_all_meant(shop):
    shop.deliver("a.csv", row(2))
    (piece,) = planned(shop, "day").pieces
    assert [file.path.name for file in piece.files] == ["a.csv"]


def test_days_without_a_file_are_told_but_not_the_weekends_on_which_there_never_is_one(shop):
    for number in range(2, 14):
        if number not in (7, 8, 11):
            shop.deliver(f"till_2025-06-{number:02}.csv", row(number))
    missing = planned(shop).missing_days
    assert missing[0] == date(2025, 6, 11)
    assert not {day.weekday() for day in missing} & {5, 6}
    # Those after the last file are missing too: nobody can know whether it was the last.
    assert date(2025, 6, 30) in missing


def test_a_range_that_ends_before_it_begins_is_refused(shop):
    with pytest.raises(UsageError, match="ends before it begins"):
        plan(shop.home, shop.source, date(2025, 6, 30), date(2025, 6, 1), "month")


def test_a_source_that_is_not_here_says_so(shop):
    assert planned(shop).absent is not None
