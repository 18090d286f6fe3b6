"""The fixed assets: what the firm took over into these books and what it bought since, each with its useful life."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Asset:
    """A thing that is used for years; cost in cents, without tax."""

    asset_id: str
    name: str
    acquired_date: date
    cost: int
    life_months: int
    department_id: str


TAKEN_OVER = (
    Asset("AN-001", "racks of the warehouse", date(2024, 1, 1), 6_000_000, 60, "D40"),
    Asset("AN-002", "fork-lift truck", date(2024, 1, 1), 2_400_000, 48, "D40"),
    Asset("AN-003", "computers", date(2024, 1, 1), 1_260_000, 36, "D60"),
)
"""At their book value when these books begin, with what was left of their lives."""

BOUGHT = (
    Asset("AN-004", "packing table", date(2024, 3, 12), 348_000, 60, "D40"),
    Asset("AN-005", "conveyor", date(2024, 6, 4), 2_160_000, 96, "D40"),
    Asset("AN-006", "servers", date(2024, 9, 17), 936_000, 36, "D60"),
    Asset("AN-007", "delivery van", date(2025, 2, 11), 3_780_000, 72, "D40"),
    Asset("AN-008", "label printers", date(2025, 5, 20), 288_000, 36, "D40"),
    Asset("AN-009", "office furniture", date(2025, 10, 7), 624_000, 120, "D10"),
)
"""Bought from the supplier of equipment on the day of its bill."""

ASSETS = TAKEN_OVER + BOUGHT
