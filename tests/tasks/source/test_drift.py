"""The `drift` part of a source file: its words, its figures, and the reason beside each threshold."""

from datetime import date
from pathlib import Path

import pytest

from tasks.source.checking import check_sources, load_source

SOURCE = """\
source: shop
description: Payments of a shop
owner: accounting
extract: {connector: files, path: "x/*.csv", format: csv}
records:
  customers: {columns: {customer_id: id, customer_name: name}}
"""


def file(folder: Path, drift: str) -> Path:
    path = folder / "shop.yml"
    path.write_text(SOURCE + drift)
    return path


def test_without_a_word_every_kind_of_drift_warns(tmp_path: Path):
    drift = load_source(file(tmp_path, "")).drift
    kinds = (drift.column_added, drift.column_missing, drift.retyped, drift.fill_rate, drift.new_values, drift.volume)
    assert {kind.on for kind in kinds} == {"warn"}


def test_thresholds_are_read(tmp_path: Path):
    text = """\
drift:
  # The till was replaced in spring.
  since: 2025-03-01
  # Half of what the shop fills in: low enough for a slow week.
  fill_rate: {on: stop, moved_by: 0.5, least: {email: 0.2}}
  accepted: {"2025-12-24.csv": Christmas Eve}
"""
    drift = load_source(file(tmp_path, text)).drift
    assert (drift.since, drift.fill_rate.moved_by, drift.fill_rate.least) == (date(2025, 3, 1), 0.5, {"email": 0.2})
    assert check_sources(tmp_path) == []


@pytest.mark.parametrize(
    ("drift", "sentence"),
    [
        ("drift:\n  volume: {on: stop}\n", "shop.yml:8: drift.volume says no reason: write it on the line above"),
        ("drift:\n  # Why.\n  volume: {on: halt}\n", "shop.yml:9: on is 'halt'; it can be 'warn', 'stop' or 'ignore'"),
        ("drift:\n  # Why.\n  volume: {facter: 2}\n", "'facter' is not known here; did you mean 'factor'?"),
        ("drift:\n  # Why.\n  volum: {factor: 2}\n", "'volum' is not known here; did you mean 'volume'?"),
        ("drift:\n  # Why.\n  volume: {factor: 1}\n", "factor: Input should be greater than 1"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, drift: str, sentence: str):
    file(tmp_path, drift)
    (error,) = check_sources(tmp_path)
    assert sentence in error
