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


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write the good source with some of its text replaced."""

    def write_file(*changes: tuple[str, str], name: str = "till.yml") -> Path:
        text = GOOD
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        file = tmp_path / name
        file.write_text(text)
        return file

    return write_file
