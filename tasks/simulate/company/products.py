"""The products: what the catalogue offers, at what price in which year, and what it costs."""

import numpy as np
import polars as pl

from tasks.simulate.company.chance import chance_of

THINGS = {
    "Lanterns": ["brass lantern", "storm lamp", "paper lantern", "tealight holder", "wall sconce"],
    "Writing": ["goose quill", "fountain pen", "inkwell", "blotter", "sealing wax"],
    "Paper": ["letter paper", "notebook", "envelope set", "calendar", "gift wrap"],
    "Home": ["wool blanket", "door wreath", "candle", "tea towel", "clock"],
}

KINDS = [(category, thing) for category, things in THINGS.items() for thing in things]

COLOURS = ["amber", "blue", "crème", "forest green", "ivory", "midnight", "rosé", "silver", "vermilion", "white"]

UNSOLD_PCT = 5
"""In the list but not yet sold; the dirty list entries are taken from them, so that no sale loses its product."""

POUNDS_PER_HUNDRED_EUROS = 86


def simulate_products(seed: int, count: int) -> pl.DataFrame:
    """One row a product; amounts are cents."""
    chance = chance_of(seed, "products")
    price = round_to_95(np.exp(chance.normal(2.6, 0.7, count)) * 100)
    raised = np.where(chance.random(count) < 0.4, round_to_95(price * 1.05), price)
    return pl.DataFrame(
        {
            "product_id": [f"P{1001 + n}" for n in range(count)],
            "product_name": [name_of(n) for n in range(count)],
            "category": [KINDS[n % len(KINDS)][0] for n in range(count)],
            "price_2024": price,
            "price_2025": raised,
            "cost": (price * chance.uniform(0.32, 0.62, count)).astype(np.int64),
            "is_sold": chance.integers(0, 100, count) >= UNSOLD_PCT,
        }
    )


def name_of(number: int) -> str:
    """Colour, thing and number."""
    return f"{COLOURS[number // len(KINDS) % len(COLOURS)]} {KINDS[number % len(KINDS)][1]} no. {number}"


def round_to_95(cents: np.ndarray) -> np.ndarray:
    """Prices end in 95 cents."""
    return (cents.astype(np.int64) // 100) * 100 + 95
