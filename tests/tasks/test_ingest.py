"""Ingesting: every file is taken once, every row ends in one place, and what cannot be read stops nothing else."""

import gzip
import os
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.ingest import ingest_source
from tasks.source.checking import load_source

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)

HEADER = "id,day,currency,amount,payer\n"
GOOD = HEADER + "1,2025-01-02,EUR,10.50,Ada\n2,2025-01-03,EUR,20,Bea\n"


def counts(load):
    return (
        load.rows_extracted,
        load.rows_accepted,
        load.rows_unchanged,
        load.rows_quarantined,
        load.rows_out_of_scope,
    )


def test_every_row_ends_in_exactly_one_place(shop):
    shop.deliver(
        "a.csv",
        HEADER
        + "1,2025-01-02,EUR,10.50,Ada\n"
        + "1,2025-01-02,EUR,10.50,Ada\n"  # said twice
        + "1,2025-01-02,EUR,11,Ada\n"  # the same key with other content
        + "2,2025-02-30,EUR,1,Bea\n"  # no such day
        + "3,2025-01-02,EUR,1\n"  # a field short
        + "TEST-1,2025-01-02,EUR,1,Cleo\n"  # out of scope
        + "4,1899-12-31,eur,-5,Dora\n",  # three rules broken
    )
    (load,) = shop.ingest().loads
    assert counts(load) == (7, 1, 1, 4, 1)
    assert shop.refused() == [
        (3, ["key:repeated"]),
        (4, ["payment_date:cast"]),
        (5, ["structure:columns"]),
        (7, ["amount:greater_than", "currency_code:str_matches", "payment_date_is_plausible"]),
    ]
    assert shop.rows("select rule, rows from operations.out_of_scope") == [("test payment", 1)]


def test_a_stored_row_carries_its_trail(shop):
    shop.deliver("a.csv", HEADER + "9,2025-13-01,EUR,1,Ada\n1,2025-01-02,EUR,10.50,Ada\n")
    (load,) = shop.ingest().loads
    assert shop.rows("select _source, _file, _row, _batch_id, _superseded_at from record.payments") == [
        ("shop", load.file, 2, f"shop-{load.file[:12]}", None)
    ]


def test_a_reason_names_the_value_and_what_it_must_be_but_no_personal_data(shop):
    shop.describe(shop_with_mail())
    shop.deliver("a.csv", "id,name,mail\n1,Ada,ada at home\n2,,bea@example.org\n")
    shop.ingest()
    (first,), (second,) = shop.rows("select reasons from operations.quarantine order by row")
    assert first == [r"email is *** but must match ^[^@\s]+@[^@\s]+\.[^@\s]+$"]
    assert second == ["customer_name is missing"]


def shop_with_mail():
    return """
source: shop
description: Customers of a shop
owner: sales
extract: {connector: files, path: "${COUNTINGHOUSE_HOME}/inbox/*", format: csv}
records:
  customers: {columns: {customer_id: id, customer_name: name, email: mail}}
"""


def test_a_second_run_finds_nothing_new(shop):
    shop.deliver("a.csv", GOOD)
    shop.ingest()
    again = shop.ingest()
    assert (again.loads, again.duplicates, again.is_new) == ([], [], False)


def test_a_file_delivered_before_under_another_name_is_a_duplicate_delivery(shop):
    shop.deliver("a.csv", GOOD)
    shop.ingest()
    shop.deliver("b.csv", GOOD)
    again = shop.ingest()
    assert (again.loads, again.duplicates) == ([], ["b.csv"])
    assert shop.rows("select file_name, status from operations.deliveries order by file_name") == [
        ("a.csv", "new"),
        ("b.csv", "duplicate"),
    ]


def test_rows_delivered_again_with_new_ones_are_unchanged(shop):
    shop.deliver("a.csv", GOOD)
    shop.ingest()
    shop.deliver("b.csv", GOOD + "3,2025-01-04,EUR,30,Cleo\n")
    (load,) = shop.ingest().loads
    assert counts(load) == (3, 1, 2, 0, 0)


def test_a_key_that_stands_twice_is_settled_within_its_file_though_the_first_says_what_is_stored(shop):
    shop.deliver("a.csv", GOOD)
    shop.ingest()
    shop.deliver(
        "b.csv",
        GOOD
        + "1,2025-01-02,EUR,10.50,Ada\n"  # said before, and twice here
        + "2,2025-01-03,EUR,,\n"  # the same key with other content, and most of it missing
        + "2,2025-01-03,EUR,21,Bea\n",  # the same key with other content
    )
    (load,) = shop.ingest().loads
    assert counts(load) == (5, 0, 3, 2, 0)
    assert shop.refused() == [(4, ["amount:required"]), (5, ["key:repeated"])]


def test_an_unchanged_row_of_reference_data_makes_no_version_of_what_contradicts_it_in_the_same_file(catalogue):
    catalogue.deliver("a.csv", "id,name,price\nA,Pen,1\nB,Ink,2\n")
    catalogue.ingest()
    catalogue.deliver("b.csv", "id,name,price\nA,Pen,1\nA,Pen,3\nB,Ink,4\n")
    (load,) = catalogue.ingest().loads
    assert counts(load) == (3, 1, 1, 1, 0)
    assert catalogue.rows("select product_id, list_price_amount::int from record.products order by all") == [
        ("A", 1),
        ("B", 4),
    ]


def test_a_posted_document_that_changed_is_refused_and_names_the_row_it_contradicts(shop):
    shop.deliver("a.csv", GOOD)
    shop.ingest()
    shop.deliver("b.csv", HEADER + "2,2025-01-03,EUR,99,Bea\n")
    (load,) = shop.ingest().loads
    assert counts(load) == (1, 0, 0, 1, 0)
    ((rules, reasons),) = shop.rows("select rules, reasons from operations.quarantine")
    assert rules == ["key:changed"]
    assert "row 2 of a.csv" in reasons[0]
    assert shop.rows("select amount from record.payments where payment_id = '2'")[0][0] == 20


def test_reference_data_that_changed_is_a_new_version_and_the_old_one_is_kept(catalogue):
    catalogue.deliver("a.csv", "id,name,price\nP1,Lantern,10\nP2,Quill,2\n")
    catalogue.ingest()
    catalogue.deliver("b.csv", "id,name,price\nP1,Lantern,12\nP2,Quill,2\n")
    (load,) = catalogue.ingest().loads
    assert counts(load) == (2, 1, 1, 0, 0)
    assert catalogue.rows("select product_id, list_price_amount::int from record.products order by 1") == [
        ("P1", 12),
        ("P2", 2),
    ]
    assert catalogue.rows(
        "select list_price_amount::int, _superseded_at is null from record.products_versions "
        "where product_id = 'P1' order by 1"
    ) == [(10, False), (12, True)]


def test_a_file_that_cannot_be_read_is_refused_and_the_others_go_on(shop):
    shop.deliver("a.csv", "")
    shop.deliver("b.csv.gz", gzip.compress(GOOD.encode() * 4000, mtime=0)[:-200])
    shop.deliver("c.csv", "<html><body>Your session has expired</body></html>")
    shop.deliver("d.csv", GOOD)
    ingestion = shop.ingest()
    assert [refused.name for refused in ingestion.refused] == ["a.csv", "b.csv.gz", "c.csv"]
    assert [counts(load) for load in ingestion.loads] == [(2, 2, 0, 0, 0)]
    assert shop.rows("select count(*) from operations.quarantine") == [(0,)]
    reasons = dict(shop.rows("select file_name, reason from operations.batches where status = 'refused'"))
    assert reasons["a.csv"] == "it is empty"
    assert reasons["c.csv"].startswith("it is an HTML page")


def test_what_was_received_is_kept_read_only_under_its_hash(shop):
    file = shop.deliver("a.csv", GOOD)
    (load,) = shop.ingest().loads
    kept = shop.home.landing / "shop" / f"{load.file}.csv"
    assert kept.read_bytes() == file.read_bytes()
    assert kept.stat().st_mode & 0o222 == 0


def test_a_column_that_a_source_starts_or_stops_sending_is_drift(shop):
    shop.deliver("a.csv", "id,day,currency,amount,payer,shop\n1,2025-01-02,EUR,1,Ada,Bonn\n")
    shop.ingest()
    shop.deliver("b.csv", "id,day,currency,amount,payer,till\n2,2025-01-02,EUR,1,Ada,4\n")
    shop.ingest()
    assert shop.rows("select column_name, change from operations.drift order by 1") == [
        ("shop", "missing"),
        ("till", "added"),
    ]


def test_a_source_whose_folder_is_not_there_is_skipped_with_a_sentence(shop, monkeypatch):
    monkeypatch.delenv("NOWHERE_SET", raising=False)
    shop.describe(shop_with_mail().replace("${COUNTINGHOUSE_HOME}", "${NOWHERE_SET}"))
    assert shop.ingest().skipped == "shop: skipped, NOWHERE_SET is not set; set it to the folder that holds the data"


def test_a_file_that_is_still_being_written_waits_for_the_next_run(shop, monkeypatch):
    file = shop.deliver("a.csv", GOOD)
    import tasks.ingest

    landing = tasks.ingest.land

    def land_while_it_grows(home, source, path):
        landed = landing(home, source, path)
        os.truncate(file, 10)
        return landed

    monkeypatch.setattr(tasks.ingest, "land", land_while_it_grows)
    assert shop.ingest().growing == ["a.csv"]
    monkeypatch.undo()
    file.write_text(GOOD, encoding="utf-8")
    assert len(shop.ingest().loads) == 1


keys = st.sampled_from(["1", "2", "3", "TEST", ""])
amounts = st.sampled_from(["1", "2.50", "0", "-1", "x", "1.00001", ""])
days = st.sampled_from(["2025-01-01", "2025-02-30", "1899-01-01", ""])
lines = st.lists(st.tuples(keys, days, amounts), max_size=25)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries=st.lists(lines, min_size=1, max_size=3))
def test_the_identity_holds_whatever_is_delivered(tmp_path_factory, shop_at, deliveries):
    shop = shop_at(tmp_path_factory.mktemp("shop"))
    for number, rows in enumerate(deliveries):
        text = "".join(f"{key},{day},EUR,{amount},Ada\n" for key, day, amount in rows)
        shop.deliver(f"{number}.csv", HEADER + text)
    shop.ingest()
    stored, extracted, accounted = shop.rows(
        "select (select count(*) from record.payments), sum(rows_extracted)::int, "
        "sum(rows_accepted + rows_unchanged + rows_quarantined + rows_out_of_scope)::int from operations.loads"
    )[0]
    distinct = {tuple(rows) for rows in deliveries}
    assert extracted == accounted == sum(len(rows) for rows in distinct)
    assert stored == shop.rows("select sum(rows_accepted)::int from operations.loads")[0][0]


def test_another_sources_document_of_the_same_number_is_refused_not_taken_for_said_before(shop, tmp_path):
    shop.deliver("a.csv", GOOD)
    shop.ingest()
    kiosk = tmp_path / "kiosk.yml"
    text = (tmp_path / "shop.yml").read_text(encoding="utf-8")
    kiosk.write_text(text.replace("source: shop", "source: kiosk"), encoding="utf-8")
    (load,) = ingest_source(shop.home, load_source(kiosk), NOON).loads
    assert counts(load) == (2, 0, 0, 2, 0)


def test_files_are_taken_in_the_order_in_which_a_person_lists_them(catalogue):
    catalogue.deliver("prices_10.csv", "id,name,price\nP1,Lantern,12\n")
    catalogue.deliver("prices_9.csv", "id,name,price\nP1,Lantern,10\n")
    catalogue.ingest()
    assert catalogue.rows("select list_price_amount::int from record.products") == [(12,)]


def test_where_a_file_was_delivered_is_told_without_naming_the_machine(shop):
    shop.deliver("a.csv", GOOD)
    shop.ingest()
    assert shop.rows("select path from operations.deliveries") == [("inbox/a.csv",)]
