"""The shop: customers and order lines in PostgreSQL."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import adbc_driver_postgresql.dbapi as driver

from tests.demonstration.catalogue import PRICES
from tests.servers import Server, postgresql, server_folder

TABLES = (
    """create table customers (customer_no text primary key, name text not null, email text, city text, country text,
    registered date, changed_at timestamptz not null)""",
    """create table order_lines (order_no text, line_no int, kind text, ordered date, customer_no text, article text,
    pieces int, price numeric(12, 2), net numeric(12, 2), vat numeric(12, 2), changed_at timestamptz not null,
    primary key (order_no, line_no))""",
)
CITIES = (("Bremen", "DE"), ("Kiel", "DE"), ("Rostock", "DE"), ("Esbjerg", "DK"), ("Groningen", "NL"))
CUSTOMERS, ORDERS, NEW_ORDERS = 40, 240, 6


class Shop:
    """The shop's database, and who has ordered what."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._orders = 0
        self._random = random.Random(4)  # noqa: S311 - orders, no secrets

    @classmethod
    @contextmanager
    def running(cls) -> Iterator["Shop"]:
        """The shop on a server of its own."""
        with server_folder("shop") as folder, postgresql(folder) as server:
            yield cls(server)

    @property
    def environment(self) -> dict[str, str]:
        """Where the server listens, and its password, which stands in no file."""
        return {
            "DEMO_SHOP_HOST": self._server.host,
            "DEMO_SHOP_PORT": str(self._server.port),
            "DEMO_SHOP_USER": self._server.user,
            "DEMO_SHOP_PASSWORD": self._server.password,
        }

    def live(self, day: date) -> dict[str, int]:
        """A quarter of orders first; then a few, and a customer who moves."""
        if not self._orders:
            customers = [self._customer(number, day) for number in range(1, CUSTOMERS + 1)]
            lines = [line for number in range(ORDERS) for line in self._order(day - timedelta(days=number % 85), day)]
            self._run(*TABLES)
            self._insert("customers", customers)
            self._insert("order_lines", lines)
            return {"customers": len(customers), "order lines": len(lines)}
        lines = [line for _ in range(NEW_ORDERS) for line in self._order(day, day)]
        self._insert("order_lines", lines)
        self._run(f"update customers set city = 'Emden', changed_at = '{_noon(day)}' where customer_no = 'C007'")
        return {"customers": 1, "order lines": len(lines)}

    def _customer(self, number: int, day: date) -> tuple[object, ...]:
        city, country = CITIES[number % len(CITIES)]
        mail = f"customer{number}@example.com"
        registered = day - timedelta(days=10 * number)
        return f"C{number:03}", f"Customer {number}", mail, city, country, registered, _noon(day - timedelta(days=1))

    def _order(self, ordered: date, day: date) -> list[tuple[object, ...]]:
        self._orders += 1
        number, customer = f"O{self._orders:05}", f"C{self._random.randint(1, CUSTOMERS):03}"
        lines = []
        for line in range(1, self._random.randint(1, 4) + 1):
            article = self._random.choice(sorted(PRICES))
            pieces, price = self._random.randint(1, 5), PRICES[article]
            net = pieces * price
            vat = (net * Decimal("0.19")).quantize(Decimal("0.01"))
            lines.append((number, line, "invoice", ordered, customer, article, pieces, price, net, vat, _noon(day)))
        return lines

    def _insert(self, table: str, rows: list[tuple[object, ...]]) -> None:
        values = ", ".join(f"({', '.join(_literal(value) for value in row)})" for row in rows)
        self._run(f"insert into {table} values {values}")

    def _run(self, *statements: str) -> None:
        one = self._server
        address = f"postgresql://{one.user}:{one.password}@{one.host}:{one.port}/postgres"
        with driver.connect(address) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            connection.commit()


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12))


def _literal(value: object) -> str:
    return str(value) if isinstance(value, int | Decimal) else f"'{value}'"
