"""The suppliers: who delivers goods, parcels, rooms and services, on what terms, and where their bills belong."""

from dataclasses import dataclass

import polars as pl

from tasks.simulate.company.chance import chance_of

GOODS_SUPPLIERS_COUNT = 25

FIRST_NUMBER = 201

GOODS_ACCOUNT = "2050"
"""Goods are booked into stock when they arrive; their bill settles what was received and not yet invoiced."""

BONUS_ACCOUNT = "5100"
"""What a supplier of goods gives back at the end of a quarter makes the purchases cheaper."""


@dataclass(frozen=True)
class Service:
    """What a supplier bills that is no goods: how often, how much, and for whom."""

    name: str
    country: str
    account: str
    department: str
    text: str
    a_month: int
    net: int
    """Usual amount of one bill, in cents."""
    terms_days: int = 14
    tax_pct: int = 19
    is_fixed: bool = False
    """The same amount each time, as rent is."""


SERVICES = (
    Service("Hof Immobilien GmbH", "DE", "6100", "D10", "rent of the warehouse", 1, 640_000, 0, is_fixed=True),
    Service("Stadtwerke am Rhein", "DE", "6110", "D40", "electricity and heating", 1, 118_000),
    Service("Telefon und Netz AG", "DE", "6410", "D60", "lines and connections", 1, 41_900, is_fixed=True),
    Service("Cloudbuero BV", "NL", "6420", "D60", "shop software, licences", 2, 92_000, 30, 0),
    Service("Werkstatt Werbung", "DE", "6200", "D20", "advertisements", 2, 310_000, 30),
    Service("Reklame und Söhne", "AT", "6200", "D20", "catalogue, print and post", 2, 265_000, 30, 0),
    Service("Paketdienst Eins", "DE", "5300", "D40", "parcels", 8, 58_000),
    Service("Paketdienst Zwei", "DE", "5300", "D40", "parcels", 8, 44_000),
    Service("Channel Carriers Ltd", "GB", "5300", "D40", "parcels within Britain", 4, 61_000, 30, 20),
    Service("Bright Pages Ltd", "GB", "6200", "D20", "advertisements in Britain", 1, 190_000, 30, 20),
    Service("Sicher & Partner", "DE", "6440", "D10", "insurance of the year", 0, 1_440_000, 14, 0, is_fixed=True),
    Service("Kanzlei Abakus", "DE", "6430", "D50", "advice on taxes and law", 1, 85_000, 30),
    Service("Bürobedarf Blatt", "DE", "6400", "D50", "paper, toner, coffee", 3, 12_400),
    Service("Kartonagen Kante", "DE", "6400", "D40", "boxes and padding", 4, 71_000, 30),
    Service("Sauber und Söhne", "DE", "6110", "D40", "cleaning", 1, 62_000, is_fixed=True),
)  # fmt: skip

EQUIPMENT = Service("Regale und Stapler GmbH", "DE", "1520", "D40", "equipment", 0, 0, 30)
"""Delivers what is written off over years; see assets.py."""


def simulate_suppliers(seed: int) -> pl.DataFrame:
    """One row a supplier: those of goods first, then those of services, in the order of the list above."""
    chance = chance_of(seed, "suppliers")
    goods = [
        Service(f"Manufaktur {n:02d} GmbH", "DE" if n % 6 else "NL", GOODS_ACCOUNT, "D40", "goods", 3, 0,
                int(chance.choice([14, 30, 60])), 19 if n % 6 else 0)
        for n in range(1, GOODS_SUPPLIERS_COUNT + 1)
    ]  # fmt: skip
    everyone = [*goods, *SERVICES, EQUIPMENT]
    return pl.DataFrame([row_of(n, service) for n, service in enumerate(everyone)])


def row_of(n: int, service: Service) -> dict[str, object]:
    """A supplier as the purchasing system knows it."""
    number = FIRST_NUMBER + n
    return {
        "supplier_id": f"S{number}",
        "supplier_name": service.name,
        "country_code": service.country,
        "tax_number": f"{service.country}{number * 7919 % 1_000_000_000:09d}",
        "email": f"billing@s{number}.example",
        "iban": f"{service.country}{n + 10:02d}{number:018d}",
        "currency_code": "GBP" if service.country == "GB" else "EUR",
        "terms_days": service.terms_days,
        "tax_pct": service.tax_pct,
        "account_code": service.account,
        "department_id": service.department,
        "text": service.text,
        "a_month": service.a_month,
        "net": service.net,
        "is_fixed": service.is_fixed,
    }
