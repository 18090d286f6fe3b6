"""A small company with one source, whose business day is run once for all tests that look at it."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flows.business_day import BusinessDay

SHOP = """\
source: corner_shop
description: Till of a corner shop, one CSV a day
owner: sales operations
extract: {connector: files, path: "${COUNTINGHOUSE_HOME}/inbox/corner_shop/*.csv", format: csv}
records:
  sales_lines:
    columns:
      document_id: receipt
      line_no: line
      document_type: "'invoice'"
      document_date: day
      product_id: article
      quantity: quantity
      unit_price_amount: price
      net_amount: cast(quantity as decimal(18, 4)) * cast(price as decimal(18, 4))
      currency_code: "'EUR'"
    out_of_scope:
      deposits: article = 'DEPOSIT'
"""

ELSEWHERE = SHOP.replace("corner_shop", "elsewhere").replace("${COUNTINGHOUSE_HOME}/inbox", "${ELSEWHERE_DATA}")

FIRST_DAY = """\
receipt,line,day,article,quantity,price
R1,1,2025-06-02,mug,2,4.50
R1,2,2025-06-02,tea,1,3.20
R1,3,2025-06-02,DEPOSIT,1,0.25
R2,1,2025-06-31,mug,1,4.50
"""

AS_OF = date(2025, 6, 30)
MOMENT = datetime(2025, 7, 1, 5, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two sources; the second one's data is on no machine of ours."""
    folder = tmp_path_factory.mktemp("sources")
    (folder / "corner_shop.yml").write_text(SHOP)
    (folder / "elsewhere.yml").write_text(ELSEWHERE)
    return folder


@contextmanager
def looking_at(folder: Path) -> Iterator[None]:
    """Flows and commands that look at the sources of a folder instead of the repository's."""
    import flows.business_day
    import flows.command
    import flows.replay  # noqa: F401
    from tasks.source import chosen, load_sources

    with pytest.MonkeyPatch.context() as patch:
        for module in ("business_day", "ingest", "replay", "commands.sources", "commands.quarantine"):
            patch.setattr(sys.modules[f"flows.{module}"], "chosen", partial(chosen, folder=folder))
        patch.setattr("flows.commands.quarantine.load_sources", partial(load_sources, folder))
        yield


@pytest.fixture
def own_sources(sources: Path) -> Iterator[None]:
    """The test looks at the small company's sources."""
    with looking_at(sources):
        yield


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of the company, with a day's delivery in its inbox."""
    root = tmp_path_factory.mktemp("shop")
    inbox = root / "inbox" / "corner_shop"
    inbox.mkdir(parents=True)
    (inbox / "2025-06-02.csv").write_text(FIRST_DAY)
    return root


@pytest.fixture(scope="session")
def first_day(prefect: None, sources: Path, shop: Path) -> "BusinessDay":
    """The company's first business day."""
    from flows.business_day import business_day

    with looking_at(sources):
        return business_day(as_of=AS_OF, home=shop, recorded_at=MOMENT)


@pytest.fixture
def copy(first_day: "BusinessDay", shop: Path, tmp_path: Path) -> Path:
    """The company after its first day, for a test that changes it."""
    return shutil.copytree(shop, tmp_path / "shop")


@contextmanager
def few_tables() -> Iterator[None]:
    """An audit holds the books' identities and one table, which takes seconds less than all tables do."""
    from schemas.tables import TABLES
    from tasks.audit import audit

    few = tuple(one for one in TABLES if one.name in ("compliance.tie_outs", "finance.trial_balance"))
    assert len(few) == 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tasks.audit.audit", partial(audit, tables=few))
        yield


# All tables are audited on the company's first business day, which has to come before.
@pytest.fixture(scope="module")
def few_tables_audited(first_day: "BusinessDay") -> Iterator[None]:
    """The flows of a module are held to a few tables."""
    with few_tables():
        yield


@pytest.fixture
def few_tables_audited_once(first_day: "BusinessDay") -> Iterator[None]:
    """The flows of a test are held to a few tables."""
    with few_tables():
        yield
