"""A small company's warehouse to build from."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.store import open_store
from warehouse.home import Home
from warehouse.publication import Company

ANY_MOMENT = datetime(2025, 6, 30, 18, tzinfo=UTC)


@pytest.fixture
def company() -> Company:
    return Company("Corner shop", "EUR")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Two batches: one of three sales lines, one of an invoice and its part payment."""
    home = Home(tmp_path / "home")
    with open_store(home) as connection:
        for number, source in enumerate(["till", "books"]):
            connection.execute(
                "insert into operations.batches by name select ? as batch_no, ? as batch_id, ? as source, "
                "'loaded' as status, 'm1' as mapping, ? as recorded_at",
                [number, f"{source}-aa", source, ANY_MOMENT],
            )
        connection.execute(
            """
            insert into store.sales_lines by name
            select
                'R' || line as document_id, line as line_no, 'invoice' as document_type, 'EUR' as currency_code,
                date '2025-06-01' + line::integer as document_date, 'mug' as product_id, 'anna' as customer_id,
                1 as quantity, 10.01 as unit_price_amount, 10.01 as net_amount, line as _row, 0 as _batch
            from range(1, 4) as lines (line)
            """
        )
        connection.execute(
            """
            insert into store.invoices by name
            select 'receivable' as direction, 'R1' as document_id, 'invoice' as document_type, 'anna' as party_id,
                date '2025-06-02' as document_date, date '2025-06-16' as due_date, 'EUR' as currency_code,
                10.01 as net_amount, 0 as tax_amount, 10.01 as gross_amount, 1 as _row, 1 as _batch
            """
        )
        connection.execute(
            """
            insert into store.payments by name
            select 'P1' as payment_id, 'in' as direction, 'R1' as document_id, date '2025-06-20' as payment_date,
                'EUR' as currency_code, 10 as amount, 1 as _row, 1 as _batch
            """
        )
    return home


@pytest.fixture
def sell(home: Home) -> Callable[[str], None]:
    """Store one more sales line, in a batch of its own, as a day's ingestion would."""

    def add(document_id: str) -> None:
        with open_store(home) as connection:
            connection.execute(
                "insert into operations.batches by name select max(batch_no) + 1 as batch_no, ? as batch_id, "
                "'till' as source, 'loaded' as status, 'm1' as mapping, ? as recorded_at from operations.batches",
                [f"till-{document_id}", ANY_MOMENT],
            )
            connection.execute(
                "insert into store.sales_lines by name "
                "select * replace (? as document_id) from store.sales_lines where document_id = 'R1'",
                [document_id],
            )

    return add
