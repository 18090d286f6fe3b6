"""Which of Norway's standard tax codes a company's own code is, where its direction and rate leave no doubt."""

from decimal import Decimal
from typing import Any

NO_STANDARD_CODE = "NA"
"""The standard's word for a tax code that is none of Norway's, or might be several."""

STANDARD_CODES = {
    ("output", Decimal(25)): "3",
    ("output", Decimal(15)): "31",
    ("output", Decimal("11.11")): "32",
    ("output", Decimal(12)): "33",
    ("input", Decimal(25)): "1",
    ("input", Decimal(15)): "11",
    ("input", Decimal("11.11")): "12",
    ("input", Decimal(12)): "13",
}
"""By direction and rate, from the tax office's list: what is sold and bought within Norway.

A rate of nothing stands for exports, exempt and zero-rated sales alike, so it is not guessed.
"""


def standard_code(tax_code: dict[str, Any]) -> str:
    """The standard code of a tax code at its rate."""
    return STANDARD_CODES.get((tax_code["direction"], Decimal(tax_code["rate_pct"])), NO_STANDARD_CODE)
