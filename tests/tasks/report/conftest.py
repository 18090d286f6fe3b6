"""A small company, published by the project's own models: two years, two currencies, and names that mean mischief."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tasks.post import post_documents
from tasks.report import PACKS, report, report_index
from tasks.store import open_store
from tasks.tie_out import tie_out
from warehouse.build import build
from warehouse.connection import Connection, connect
from warehouse.home import Home
from warehouse.publication import Company
from warehouse.publish import publish

AS_OF = date(2025, 12, 31)
COMPANY = Company(name="Ribbon & Twine <simulated>", reporting_currency="EUR")
MISCHIEF = '<script>alert("1")</script>'

# Values for the columns of each record, in the order of its contract.
ROWS = {
    "customers": """
        select
            'C' || i, 'Person Number ' || i, 'p' || i || '@example.org', null, '12345', 'Town', 'DE', null, true,
        from generate_series(1, 40) as t (i)
    """,
    "products": f"""
        select
            'P' || i,
            case i
                when 1 then '{MISCHIEF}' when 2 then '=1+1' when 3 then '-5 degrees' when 4 then '@sum'
                else 'Ribbon ' || i
            end,
            case when i % 2 = 0 then 'ribbons' else '+twines' end,
            10, if(i = 6, null, 4), 'EUR', true,
        from generate_series(1, 30) as t (i)
    """,
    "sales_lines": """
        select
            if(i % 25 = 0, 'CN', 'INV') || i, 1, if(i % 25 = 0, 'credit_note', 'invoice'),
            date '2024-01-02' + i::integer, null, if(i % 9 = 0, null, 'C' || (1 + i % 40)), 'P' || (1 + i % 30), null,
            if(i % 25 = 0, -1, 1 + i % 7), 10.25, if(i % 25 = 0, -1, 1 + i % 7) * 10.25, 1.0,
            if(i % 3 = 0, 'GBP', 'EUR'), if(i % 3 = 0, 'GB', 'DE'), 'web', null, null, 'please ring twice',
        from generate_series(1, 720) as t (i)
        where i % 100 <> 50
    """,
    "invoices": """
        select
            'receivable', 'INV' || i, 'invoice', 'C' || (1 + i % 40), date '2024-01-02' + i::integer,
            date '2024-02-01' + i::integer, if(i % 3 = 0, 'GBP', 'EUR'),
            (1 + i % 7) * 10.25, 1.0, (1 + i % 7) * 10.25 + 1, null,
        from generate_series(1, 720) as t (i)
        where i % 25 <> 0
    """,
    "payments": """
        select
            'PAY' || i, 'in', 'C' || (1 + i % 40), 'INV' || i, date '2024-01-20' + i::integer,
            if(i % 2 = 0, 'transfer', 'card'), if(i % 3 = 0, 'GBP', 'EUR'), (1 + i % 7) * 10.25 + 1, 'for the ribbons',
        from generate_series(1, 650) as t (i)
        where i % 25 <> 0
    """,
    "payslips": """
        select
            'SLIP' || i, 'E' || i % 3, 'D1', date '2025-01-01' + to_months(i::integer // 3),
            last_day(date '2025-01-01' + to_months(i::integer // 3)), date '2025-01-28' + to_months(i::integer // 3),
            'EUR', 3000, 500, 300, 600, 2200,
        from generate_series(0, 35) as t (i)
    """,
    "expense_claims": """
        select
            'CLAIM' || i, 1, 'E' || i % 3, date '2025-02-01' + i::integer, null, if(i % 2 = 0, 'travel', 'meals'), null,
            20, 4, 24, null, 'EUR', 'D1', 'dinner with Eve Secret',
        from generate_series(1, 20) as t (i)
    """,
    "bank_transactions": """
        select
            '1000', '2025-02', i, date '2025-02-10' + i::integer, null, if(i = 1, -24, 7), 'EUR', 'Person Number 1',
            null,
            if(i = 1, 'CLAIM1', 'for Eve Secret'), if(i = 9, 'fee', 'transfer'), null, if(i = 1, '2320', null),
        from generate_series(1, 9) as t (i)
        union all
        select
            '1000', '2025-01', i, date '2024-01-20' + i::integer, null, (1 + i % 7) * 10.25 + 1, 'EUR', null, null,
            'INV' || i, 'transfer', null, null,
        from generate_series(2, 200) as t (i)
        where i % 6 in (2, 4) and i % 25 <> 0
    """,
    "budget_lines": """
        select 'PLAN', i, if(i % 2 = 0, '4000', '6000'), if(i % 2 = 0, null, 'D1'),
            date '2025-01-01' + to_months(i::integer // 2), 9000, 'EUR',
        from generate_series(0, 23) as t (i)
    """,
}


def fill(connection: Connection) -> None:
    """Write the records as a load would have: two files of one source, a refused one, and one delivered twice."""
    connection.execute(
        """
        insert into operations.batches by name
        select
            i as batch_no, 'shop-' || repeat(i::varchar, 12) as batch_id, 'shop' as source,
            repeat(i::varchar, 64) as file, 'file_' || i || '.csv' as file_name, 'shop/file_' || i as landed,
            1000 * i as bytes, 700 as rows, if(i = 3, 'refused', 'loaded') as status,
            if(i = 3, 'the file is cut off', null) as reason, 'm' as mapping,
            timestamptz '2026-01-01 06:00:00+00' as recorded_at,
        from generate_series(1, 3) as t (i)
        """
    )
    connection.execute(
        """
        insert into operations.deliveries by name
        select
            'shop' as source, name as file_name, repeat(digit, 64) as file, 1000 as bytes, status,
            timestamptz '2026-01-01 06:00:00+00' as received_at,
        from (values
            ('file_1.csv', '1', 'new'), ('file_2.csv', '2', 'new'), ('file_3.csv', '3', 'new'),
            ('copy.csv', '1', 'duplicate')
        ) as t (name, digit, status)
        """
    )
    for record, rows in ROWS.items():
        connection.execute(f"insert into store.{record} select *, row_number() over (), 1, null from ({rows})")
    for record in ROWS:
        connection.execute(
            f"""
            insert into operations.loads
            select 'shop-111111111111', 'shop', repeat('1', 64), ?, count(*) + 3, count(*), 0, 2, 1, now()
            from store.{record}
            """,
            [record],
        )
    connection.execute(
        """
        insert into operations.quarantine
        select
            'shop-111111111111', 'shop', repeat('1', 64), i, 'sales_lines', ['unit_price_amount:cast', 'note:required'],
            ['unit_price_amount is no number: Eve Secret', 'x'], ?, 'open',
        from generate_series(1, 2) as t (i)
        """,
        [json.dumps({"note": "Eve Secret"})],
    )


def published(root: Path, *, filled: bool, as_of: date = AS_OF) -> Home:
    """A home with a publication in it, audited as the audit would have."""
    home = Home(root)
    with open_store(home) as connection:
        if filled:
            fill(connection)
    moment = datetime(2026, 1, 1, 6, tzinfo=UTC)
    post_documents(home, COMPANY, as_of, moment)
    building = build(home, as_of, COMPANY, moment)
    tie_out(building)
    with connect(building) as connection:
        connection.execute(
            """
            insert into operations.audits
            select
                publication_id, 'sales.daily_sales', 'tie', 'net_amount', severity, is_success, observed, unexpected,
                sentence,
            from core.as_of, (values
                ('fail', true, '0 rows', 0, 'net_amount ties to the record'),
                ('warn', false, '3 rows: P<7>', 3, 'every <product_id> is known'),
            ) as t (severity, is_success, observed, unexpected, sentence)
            """
        )
    publish(home, building)
    return home


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A published company; tests that report into it must not mind each other."""
    return published(tmp_path_factory.mktemp("company"), filled=True)


@pytest.fixture(scope="session")
def reported(home: Home) -> Path:
    """The folder of the company's reports, made once for all tests that read them."""
    for pack in PACKS:
        report(home, pack, AS_OF)
    return report_index(home, AS_OF).parent


@pytest.fixture(scope="session")
def late_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The same company, published more than a year after its data end."""
    return published(tmp_path_factory.mktemp("late"), filled=True, as_of=date(2027, 3, 31))


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A publication of a company that has received nothing yet."""
    return published(tmp_path_factory.mktemp("nobody"), filled=False)
