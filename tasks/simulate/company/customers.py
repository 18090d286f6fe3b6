"""The customers: who they are, where they live, since when, and who of them moves house."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from tasks.simulate.company.calendar import DAYS_COUNT, FIRST_DAY
from tasks.simulate.company.chance import chance_of, pick

COUNTRIES = {"DE": 46, "GB": 15, "AT": 9, "NL": 9, "FR": 8, "BE": 5, "IE": 4, "CH": 4}

CITIES = {
    "DE": ["Köln", "Münster", "Lübeck", "Göttingen", "Leipzig", "Würzburg"],
    "GB": ["Leeds", "Bath", "York", "Norwich", "Exeter"],
    "AT": ["Graz", "Linz", "Salzburg", "Sankt Pölten"],
    "NL": ["Utrecht", "Haarlem", "Leiden", "'s-Hertogenbosch"],
    "FR": ["Nîmes", "Orléans", "Besançon", "Lyon"],
    "BE": ["Gent", "Liège", "Brugge"],
    "IE": ["Cork", "Galway", "Dún Laoghaire"],
    "CH": ["Zürich", "Genève", "Chur"],
}

FIRST_NAMES = [
    "Anna", "Björn", "Chloé", "Dieter", "Élodie", "Fritz", "Greta", "Hélène", "Ines", "Jörg",
    "Katja", "Lars", "Märta", "Niamh", "Olga", "Pieter", "Renée", "Søren", "Tom", "Ursula",
]  # fmt: skip

LAST_NAMES = [
    "Müller", "Schröder", "O'Brien", "Jansen", "Dupont", "Meißner", "Weiß", "Brown", "d'Arcy", "Peeters",
    "Keller", "Groß", "Lefèvre", "Smit", "Walsh", "Nuñez", "Bauer", "Hansen", "Köhler", "Taylor",
]  # fmt: skip

FIRMS = ["Buchhandlung", "Lampenhaus", "Papeterie", "Gift Shop", "Museumsladen", "Schreibwaren"]

KNOWN_BEFORE_PCT = 62
"""So many of all customers were registered before the first trading day."""

NEVER_BOUGHT_PCT = 8
"""Registered for the catalogue only; dirty master records are among them, so that no sale loses its customer."""


def simulate_customers(seed: int, count: int) -> pl.DataFrame:
    """One row a customer, in the order in which they were registered."""
    chance = chance_of(seed, "customers")
    has_email = chance.random(count) < 0.85
    registered = np.sort(registered_days(chance, count))
    country = pick(chance, COUNTRIES, count)
    first, last = chance.integers(0, len(FIRST_NAMES), count), chance.integers(0, len(LAST_NAMES), count)
    is_firm = chance.random(count) < 0.06
    return pl.DataFrame(
        {
            "customer_id": [f"C{100_001 + n}" for n in range(count)],
            "customer_name": [name_of(*who) for who in zip(is_firm, first, last, strict=True)],
            "email": [f"customer{n}@post.example" if has else None for n, has in enumerate(has_email)],
            "phone": [f"+49 2{n % 90 + 10} {n * 7919 % 900_000 + 100_000}" if n % 3 else None for n in range(count)],
            "postal_code": [f"{code:05d}" for code in chance.integers(10_000, 99_999, count)],
            "city": [city_of(chance, code) for code in country],
            "country_code": country.tolist(),
            "registered_date": [FIRST_DAY + timedelta(days=int(day)) for day in registered],
            "has_marketing_consent": (chance.random(count) < 0.4).tolist(),
            "is_firm": is_firm.tolist(),
            "never_bought": (chance.integers(0, 100, count) < NEVER_BOUGHT_PCT).tolist(),
        }
    )


def registered_days(chance: np.random.Generator, count: int) -> np.ndarray:
    """Days since the first trading day; negative for those known before."""
    before = chance.integers(-3000, 0, count)
    during = chance.integers(0, DAYS_COUNT - 30, count)
    return np.where(chance.integers(0, 100, count) < KNOWN_BEFORE_PCT, before, during)


def name_of(is_firm: bool, first: int, last: int) -> str:
    """A firm is called after its owner, as small shops are."""
    return f"{FIRMS[first % len(FIRMS)]} {LAST_NAMES[last]}" if is_firm else f"{FIRST_NAMES[first]} {LAST_NAMES[last]}"


def city_of(chance: np.random.Generator, country: str) -> str:
    """A town of the country."""
    return str(chance.choice(CITIES[country]))


def simulate_moves(seed: int, customers: pl.DataFrame) -> dict[str, tuple[date, str]]:
    """Who moves house during the two years: the day and the new postal code."""
    chance = chance_of(seed, "moves")
    known = customers.filter((pl.col("registered_date") < FIRST_DAY) & ~pl.col("never_bought"))[
        "customer_id"
    ].to_numpy()
    movers = np.sort(chance.choice(known, len(known) // 40, replace=False))
    days, codes = chance.integers(1, DAYS_COUNT, len(movers)), chance.integers(10_000, 99_999, len(movers))
    return {
        str(mover): (FIRST_DAY + timedelta(days=int(day)), f"{code:05d}")
        for mover, day, code in zip(movers, days, codes, strict=True)
    }
