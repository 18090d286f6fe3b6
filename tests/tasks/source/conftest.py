"""A folder of source files that a test writes."""

from collections.abc import Callable
from pathlib import Path

import pytest

GOOD = """source: till
description: Till of a shop
owner: sales
extract: {connector: files, path: "${COUNTINGHOUSE_HOME}/inbox/*.csv", format: csv}
lookups:
  kinds: {in: in, NO: out}
records:
  payments:
    columns:
      payment_id: id
      direction: lookup('kinds', kind)
      payment_date: day
      currency_code: "'EUR'"
      amount: amount
    out_of_scope:
      tests: id like 'TEST%'
"""


DATABASE = """source: till
description: Database of a shop
owner: sales
extract:
  connector: database
  system: postgresql
  host: "${SHOP_HOST}"
  database: shop
  user: reader
  password: "${SHOP_PASSWORD}"
  tables:
    takings:
      table: public.takings
      cursor: {column: changed_at, overlap: 2 days}
      key: [id]
records:
  payments:
    columns:
      payment_id: id
      direction: "'in'"
      payment_date: day
      currency_code: "'EUR'"
      amount: amount
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write the good source with some of its text replaced."""

    def write_file(*changes: tuple[str, str], name: str = "till.yml", text: str = GOOD) -> Path:
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        file = tmp_path / name
        file.write_text(text)
        return file

    return write_file


@pytest.fixture
def write_database(write: Callable[..., Path]) -> Callable[..., Path]:
    """Write a good source that is a database, with some of its text replaced."""
    return lambda *changes: write(*changes, text=DATABASE)
