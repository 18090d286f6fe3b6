"""Norway's standard tax codes: told where direction and rate leave no doubt, and else not."""

from decimal import Decimal

import pytest

from tasks.export.saft_tax import standard_code


@pytest.mark.parametrize(
    ("direction", "rate", "standard"),
    [
        ("output", "25", "3"), ("output", "25.0000", "3"), ("output", "15", "31"), ("input", "25", "1"),
        ("input", "12", "13"), ("output", "20", "NA"), ("output", "0", "NA"), ("input", "0", "NA"),
    ],
)  # fmt: skip
def test_a_code_is_known_by_its_direction_and_rate(direction: str, rate: str, standard: str):
    assert standard_code({"tax_code": "own", "direction": direction, "rate_pct": Decimal(rate)}) == standard
