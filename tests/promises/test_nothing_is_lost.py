"""Promise 1 and 4 on data nobody here wrote: every row accounted for, and a plain sum over the raw files agrees.

The data are those of COUNTINGHOUSE_REAL_DATA; without them the tests skip and say so.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tasks.build import build_warehouse
from tasks.ingest import ingest_source
from tasks.publish import publish_building
from tasks.source import chosen
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publication import Company

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)


def ingested(name, real_data, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNTINGHOUSE_REAL_DATA", str(real_data))
        home = Home(tmp_path_factory.mktemp(name))
        return home, ingest_source(home, chosen([name])[0], NOON)


@pytest.fixture(scope="module")
def online_retail(real_data, tmp_path_factory):
    return ingested("online_retail", real_data, tmp_path_factory)


@pytest.fixture(scope="module")
def it_service_desk(real_data, tmp_path_factory):
    return ingested("it_service_desk", real_data, tmp_path_factory)


def one(home, query):
    with connect(home.warehouse, read_only=True) as connection:
        return connection.execute(query).fetchone()


def test_every_file_and_line_of_the_gift_shop_is_accounted_for(online_retail):
    home, ingestion = online_retail
    assert len(ingestion.loads) == 167
    assert sum(load.rows_extracted for load in ingestion.loads) == 245_903
    assert all(
        load.rows_extracted == load.rows_accepted + load.rows_unchanged + load.rows_quarantined + load.rows_out_of_scope
        for load in ingestion.loads
    )
    assert one(home, "select count(*) from record.sales_lines")[0] == sum(x.rows_accepted for x in ingestion.loads)


def test_the_gift_shops_amounts_wherever_they_ended_sum_to_the_known_total(online_retail, real_data):
    home, _ = online_retail
    kept = one(home, "select sum(quantity * unit_price_amount) from record.sales_lines")[0]
    left_out = one(
        home,
        f"""
        with
        raw as (
            select * from read_csv('{real_data}/online_retail/*.csv', all_varchar = true)
        )
        select sum(cast(Quantity as decimal(18, 4)) * cast(UnitPrice as decimal(18, 4)))
        from raw
        where InvoiceNo like 'A%' or StockCode in ('BANK CHARGES', 'AMAZONFEE')
            or (InvoiceNo not like 'C%' and Quantity::int < 0 and UnitPrice::decimal(18, 4) = 0)
        """,
    )[0]
    assert kept + left_out == Decimal("4397950.76100000")


def test_the_published_sales_equal_a_plain_sum_over_the_raw_files_less_what_is_listed(online_retail, real_data):
    home, _ = online_retail
    building = build_warehouse(home, date(2011, 6, 30), Company("Gift shop", "GBP"), NOON)
    publish_building(home, building)
    with connect(home.published, read_only=True) as connection:
        (sold,) = connection.execute("select sum(net_amount) from sales.daily_sales").fetchone()
        (by_product,) = connection.execute("select sum(net_amount) from sales.product_sales").fetchone()
        (listed,) = connection.execute("select sum(rows)::int from operations.out_of_scope").fetchone()
        raw, total = connection.execute(
            f"""
            select count(*), sum(cast(Quantity as decimal(18, 4)) * cast(UnitPrice as decimal(18, 4)))
            from read_csv('{real_data}/online_retail/*.csv', all_varchar = true)
            where InvoiceNo not like 'A%' and StockCode not in ('BANK CHARGES', 'AMAZONFEE')
                and not (InvoiceNo not like 'C%' and Quantity::int < 0 and UnitPrice::decimal(18, 4) = 0)
            """
        ).fetchone()
    assert (raw + listed, sold, by_product) == (245_903, total, total)


def test_every_event_and_incident_of_the_it_desk_is_accounted_for(it_service_desk):
    home, ingestion = it_service_desk
    tickets, events = ingestion.loads
    assert (tickets.rows_extracted, events.rows_extracted) == (141_712, 141_712)
    assert tickets.rows_accepted + tickets.rows_quarantined == 24_918
    assert events.rows_accepted == 141_712
    assert one(home, "select count(distinct ticket_id) from record.ticket_events") == (24_918,)
