"""Exporting books that a test wrote by hand."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tasks.export import Export, export_ledger
from tests.tasks.export.ledgers import OWNER, REQUEST, Ledger, sample
from tests.tasks.export.others import other

__all__ = ["other"]


@pytest.fixture
def ledger() -> Ledger:
    """The sample books, for a test to change before it publishes them."""
    return sample()


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Export]:
    """Publish a ledger and export it into a folder of the test's own."""
    count = 0

    def publish_and_export(ledger: Ledger, form: str, first: date | None = None, last: date | None = None) -> Export:
        nonlocal count
        count += 1
        home = ledger.publish(tmp_path / f"home-{count}")
        folder = tmp_path / f"out-{count}"
        folder.mkdir()
        return export_ledger(home, OWNER, form, folder, REQUEST, first, last)

    return publish_and_export
