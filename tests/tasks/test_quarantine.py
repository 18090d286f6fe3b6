"""Quarantine: refused rows can be looked at, taken out, and replayed once the cause is mended."""

import csv
from datetime import UTC, datetime

import pytest

from tasks.quarantine import export_quarantine, list_quarantine, replay, show_quarantine

LATER = datetime(2025, 6, 2, 12, tzinfo=UTC)
HEADER = "id,day,currency,amount,payer\n"
LOWER_CASE = HEADER + "1,2025-01-02,EUR,1,Ada\n2,2025-01-03,eur,2,Bea\n3,2025-01-04,gbp,3,=Cleo\n"


@pytest.fixture
def refusing(shop):
    """A shop of which two rows wait in quarantine."""
    shop.deliver("a.csv", LOWER_CASE)
    shop.ingest()
    return shop


def describe_with(shop, **changes):
    from_conftest = shop._file.read_text(encoding="utf-8")
    for column, expression in changes.items():
        lines = [
            f"      {column}: {expression}" if line.strip().startswith(f"{column}:") else line
            for line in from_conftest.splitlines()
        ]
        from_conftest = "\n".join(lines)
    shop.describe(from_conftest)


def record_of(shop):
    return shop.frame("select payment_id, payment_date, currency_code, amount from record.payments order by payment_id")


def test_the_list_counts_rows_by_rule_with_an_example(refusing):
    (line,) = list_quarantine(refusing.home)
    assert (line.rule, line.rows, line.example_row) == ("currency_code:str_matches", 2, 2)
    assert "'eur'" in line.example_reason


def test_personal_data_is_masked_unless_it_is_asked_for(refusing):
    sources = [refusing.source]
    masked = show_quarantine(refusing.home, sources, limit=1)[0].raw
    shown = show_quarantine(refusing.home, sources, limit=1, is_revealed=True)[0].raw
    assert '"payer": "***"' in masked
    assert '"payer": "Bea"' in shown


def test_the_export_holds_every_row_and_no_formula(refusing, tmp_path):
    refusing.deliver("b.csv", HEADER + "=1+1,2025-01-02\n")
    refusing.ingest()
    target = tmp_path / "refused.csv"
    assert export_quarantine(refusing.home, [refusing.source], target, is_revealed=True) == 3
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert [row["row"] for row in rows] == ["2", "3", "1"]
    assert rows[2]["raw"] == "'=1+1,2025-01-02"


def test_after_a_replay_the_record_equals_one_that_was_loaded_clean(refusing, shop_at, tmp_path):
    describe_with(refusing, currency_code="upper(currency)")
    replay(refusing.home, refusing.source, LATER)
    clean = shop_at(tmp_path / "clean")
    describe_with(clean, currency_code="upper(currency)")
    clean.deliver("a.csv", LOWER_CASE)
    clean.ingest()
    assert record_of(refusing).equals(record_of(clean))
    assert refusing.refused() == clean.refused() == []


def test_a_replay_keeps_what_was_refused_on_the_record(refusing):
    describe_with(refusing, currency_code="upper(currency)")
    (load,) = replay(refusing.home, refusing.source, LATER).loads
    assert (load.rows_accepted, load.rows_unchanged, load.rows_quarantined) == (2, 1, 0)
    assert refusing.rows("select row, status from operations.quarantine order by row") == [
        (2, "replayed"),
        (3, "replayed"),
    ]


def test_a_replay_with_a_mapping_that_gives_other_values_makes_new_versions(refusing):
    describe_with(refusing, currency_code="upper(currency)", amount="cast(amount as decimal(18, 4)) * 2")
    replay(refusing.home, refusing.source, LATER)
    assert refusing.rows("select amount::int from record.payments order by payment_id") == [(2,), (4,), (6,)]
    assert refusing.rows(
        "select amount::int, _superseded_at is null from record.payments_versions where payment_id = '1' order by 1"
    ) == [(1, False), (2, True)]


def test_a_replay_with_a_stricter_mapping_retires_what_it_no_longer_admits(refusing):
    describe_with(refusing, payment_date="case when currency = 'gbp' then day end")
    replay(refusing.home, refusing.source, LATER)
    assert refusing.rows("select count(*) from record.payments") == [(0,)]
    assert refusing.rows("select count(*) from record.payments_versions") == [(1,)]


def test_a_replay_does_not_bring_back_a_version_that_a_later_file_replaced(catalogue):
    catalogue.deliver("a.csv", "id,name,price\nP1,Lantern,10\nP2,Quill,1.23456\n")
    catalogue.ingest()
    catalogue.deliver("b.csv", "id,name,price\nP1,Lantern,12\n")
    catalogue.ingest()
    describe_with(catalogue, list_price_amount="round(cast(price as decimal(18, 6)), 4)")
    replay(catalogue.home, catalogue.source, LATER)
    assert catalogue.rows("select product_id, list_price_amount::varchar from record.products order by 1") == [
        ("P1", "12.0000"),
        ("P2", "1.2346"),
    ]


def test_a_file_that_could_not_be_read_is_read_once_its_source_says_how(shop):
    shop.deliver("a.csv", LOWER_CASE.replace(",", "#").replace("eur", "EUR").replace("gbp", "GBP"))
    assert len(shop.ingest().refused) == 1
    text = shop._file.read_text(encoding="utf-8").replace("format: csv", "format: csv, delimiter: '#'")
    shop.describe(text)
    (load,) = replay(shop.home, shop.source, LATER).loads
    assert load.rows_accepted == 3


def test_a_replay_of_nothing_does_nothing(shop):
    shop.deliver("a.csv", HEADER + "1,2025-01-02,EUR,1,Ada\n")
    shop.ingest()
    assert replay(shop.home, shop.source, LATER).loads == []


def test_a_wrong_fix_and_then_the_right_one_lose_no_row(refusing):
    describe_with(refusing, payment_date="strptime(day, '%d.%m.%Y')", currency_code="upper(currency)")
    replay(refusing.home, refusing.source, LATER)
    assert refusing.rows("select count(*) from record.payments") == [(0,)]
    describe_with(refusing, payment_date="day")
    replay(refusing.home, refusing.source, LATER)
    assert refusing.rows("select payment_id from record.payments order by 1") == [("1",), ("2",), ("3",)]


def test_a_mapping_changed_and_changed_back_ends_with_the_first_values(refusing):
    describe_with(refusing, amount="cast(amount as decimal(18, 4)) * 2")
    replay(refusing.home, refusing.source, LATER)
    describe_with(refusing, amount="amount")
    replay(refusing.home, refusing.source, LATER)
    assert refusing.rows("select payment_id, amount::int from record.payments") == [("1", 1)]
