"""hledger and beancount come to the same balances, income statement and balance sheet, to the last decimal."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.export import Export, export_ledger
from tests.tasks.export.ledgers import OWNER, REQUEST, Ledger, Posted, d, sample
from tests.tasks.export.others import OTHERS, Statements, expected
from tests.tasks.export.strategies import ledgers

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def test_the_sample_books(other: str, ledger: Ledger, export: Callable[..., Export]):
    done = export(ledger, other)
    assert OTHERS[other](done.path, *YEAR) == expected(ledger, *YEAR)


def test_a_year_of_them_opens_with_what_the_years_before_left(
    other: str, ledger: Ledger, export: Callable[..., Export]
):
    done = export(ledger, other, *YEAR)
    assert "2024-06-01" not in done.path.read_text()
    assert OTHERS[other](done.path, *YEAR) == expected(ledger, *YEAR)


def test_a_ledger_that_divides_the_cent(other: str, ledger: Ledger, export: Callable[..., Export]):
    ledger.entries.append(
        (date(2025, 5, 5), "stock", "stock_movement", [Posted("607000", d("0.0049")), Posted("512000", d("-0.0049"))])
    )
    done = export(ledger, other)
    assert OTHERS[other](done.path, *YEAR) == expected(ledger, *YEAR)


@pytest.mark.parametrize(
    ("said", "wrong"), [("  70.50", "  70.51"), ("  -48.00", "  -48.0001"), ("1067.40", "1067.39")]
)
def test_they_find_a_wrong_amount(
    said: str, wrong: str, other: str, ledger: Ledger, export: Callable[..., Export], tmp_path: Path
):
    path = export(ledger, other).path
    spoilt = tmp_path / f"spoilt{path.suffix}"
    assert said in path.read_text()
    spoilt.write_text(path.read_text().replace(said, wrong, 1))
    with pytest.raises(AssertionError, match=r"(?i)balance"):
        OTHERS[other](spoilt, *YEAR)


@given(ledger=ledgers(), is_whole=st.booleans())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_books_whatever_is_written_in_them(other: str, ledger: Ledger, is_whole: bool):
    first, last = min(day for day, *_ in ledger.entries), date(2026, 1, 1)
    if not is_whole:
        first = ledger.entries[-1][0]
    with tempfile.TemporaryDirectory() as folder:
        home = ledger.publish(Path(folder) / "home")
        done = export_ledger(home, OWNER, other, Path(folder), REQUEST, None if is_whole else first)
        assert OTHERS[other](done.path, first, last) == expected(ledger, first, last)


def test_plain_arithmetic_is_as_a_person_reckons():
    assert expected(sample(), *YEAR) == Statements(
        {
            "101000": d("-1000"), "401000": d("-48"), "411000": d("139.5"), "445660": d("8"), "445710": d("-20"),
            "512000": d("1067.4"), "607000": d("40"), "627000": d("3.1"), "666000": d("2.59"), "707000": d("-192.59"),
        },
        {"627000": d("3.1"), "666000": d("2.59"), "707000": d("-92.59")},
        {
            "101000": d("-1000"), "401000": d("-48"), "411000": d("139.5"), "445660": d("8"), "445710": d("-20"),
            "512000": d("1067.4"),
        },
    )  # fmt: skip
