"""Books written by hand and published as the ledger's own models publish them, with nothing behind them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from tasks.export import Request
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publication import Company

OWNER = Company('Ribbon & Twine; "simulated" <b>', "EUR")
REQUEST = Request("732829320", date(2026, 1, 15), "0.1.0")

CLASSES = {
    "bank": "asset", "current_asset": "asset", "inventory": "asset", "fixed_asset": "asset",
    "current_liability": "liability", "non_current_liability": "liability", "equity": "equity", "revenue": "income",
    "other_income": "income", "direct_costs": "expense", "expense": "expense", "finance_costs": "expense",
}  # fmt: skip


@dataclass(frozen=True)
class Posted:
    """A line of an entry as a test says it."""

    account_code: str
    amount: Decimal
    party_id: str | None = None
    document_id: str | None = None
    tax_code: str | None = None
    description: str | None = None
    currency_code: str = "EUR"
    currency_amount: Decimal | None = None


@dataclass
class Ledger:
    """A chart and entries; each entry is a day, a journal, a kind of document and its lines."""

    accounts: dict[str, tuple[str, str, str | None]]
    """Name, type and role by code."""
    entries: list[tuple[date, str, str, Sequence[Posted]]] = field(default_factory=list)
    as_of: date = date(2025, 12, 31)

    def publish(self, root: Path) -> Home:
        """Write what the export reads of a published warehouse, and where that is."""
        home = Home(root)
        home.publications.mkdir(parents=True, exist_ok=True)
        home.published.unlink(missing_ok=True)
        with connect(home.published) as connection:
            connection.execute("create schema core; create schema finance; create schema record")
            connection.register("accounts", self._chart())
            connection.register("lines", self._lines())
            connection.execute("create table core.accounts as from accounts")
            connection.execute(SCHEMA)
            connection.execute(
                "create table core.as_of as select ?::date as as_of_date, ? as company_name, "
                "'EUR' as reporting_currency, 'abc123abc123' as publication_id",
                [self.as_of, OWNER.name],
            )
        return home

    def _chart(self) -> pa.Table:
        rows = [
            {
                "account_code": code, "account_name": name, "account_type": kind, "account_class": CLASSES[kind],
                "statement_line": kind, "cash_flow_line": "operating", "role": role,
            }
            for code, (name, kind, role) in self.accounts.items()
        ]  # fmt: skip
        return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in rows[0]]))

    def _lines(self) -> pa.Table:
        rows = [
            {
                "entry_no": number, "entry_id": f"{kind}/{lines[0].document_id or number}", "line_no": line_no,
                "entry_date": day, "journal": journal, "document_kind": kind, "document_id": line.document_id,
                "party_id": line.party_id, "account_code": line.account_code, "description": line.description,
                "amount": line.amount, "currency_code": line.currency_code,
                "currency_amount": line.amount if line.currency_amount is None else line.currency_amount,
                "tax_code": line.tax_code, "leg": "", "reverses_entry_no": None,
                "recorded_at": datetime(2026, 1, 2, 6, 30, tzinfo=UTC),
            }
            for number, (day, journal, kind, lines) in enumerate(self.entries, start=1)
            for line_no, line in enumerate(lines, start=1)
            if day <= self.as_of
        ]  # fmt: skip
        return pa.Table.from_pylist(rows, schema=LINES)


MONEY = pa.decimal128(18, 4)
LINES = pa.schema(
    [
        ("entry_no", pa.int64()), ("entry_id", pa.string()), ("line_no", pa.int32()), ("entry_date", pa.date32()),
        ("journal", pa.string()), ("document_kind", pa.string()), ("document_id", pa.string()),
        ("party_id", pa.string()), ("account_code", pa.string()), ("description", pa.string()), ("amount", MONEY),
        ("currency_code", pa.string()), ("currency_amount", MONEY), ("tax_code", pa.string()), ("leg", pa.string()),
        ("reverses_entry_no", pa.int64()), ("recorded_at", pa.timestamp("us", tz="UTC")),
    ]
)  # fmt: skip

SCHEMA = """
create table finance.general_ledger as
select lines.*, account_name, account_type
from lines left join core.accounts using (account_code);

create table finance.trial_balance as
select
    account_code, 0::decimal(18, 4) as opening_balance,
    sum(greatest(amount, 0)) as debit_amount, sum(greatest(-amount, 0)) as credit_amount,
    sum(amount) as closing_balance,
from lines group by account_code;

create table core.allocations (
    payment_id varchar, direction varchar, document_id varchar, party_id varchar, payment_date date,
    currency_code varchar, allocated_amount decimal(18, 4)
);
insert into core.allocations values
    ('PAY-1', 'receivable', 'INV-1', 'C1', '2025-01-15', 'EUR', 70.5),
    ('PAY-2', 'receivable', 'INV-1', 'C1', '2025-02-15', 'EUR', 49.5);

create table record.customers (customer_id varchar, customer_name varchar);
insert into record.customers values ('C1', 'Anna; "Berg"'), ('=C2', '=cmd|''/C calc''!A0');
create table record.suppliers (supplier_id varchar, supplier_name varchar);
insert into record.suppliers values ('S1', 'Sœurs & Cie <SARL>');
create table record.tax_codes (
    tax_code varchar, tax_name varchar, direction varchar, rate_pct decimal(18, 4), valid_from_date date,
    valid_to_date date
);
insert into record.tax_codes values ('S20', 'Sales 20 %', 'output', 20, '2020-01-01', null);
"""

CHART = {
    "101000": ("Share capital", "equity", "share_capital"),
    "119000": ("Report à nouveau", "equity", "retained_earnings"),
    "401000": ("Suppliers", "current_liability", "payables"),
    "411000": ("Customers: home;  and abroad", "current_asset", "receivables"),
    "445660": ("Input tax", "current_asset", "input_tax"),
    "445710": ("Output tax", "current_liability", "output_tax"),
    "512000": ('Bank "Caisse"', "bank", "bank"),
    "607000": ("=Purchases", "direct_costs", "purchases"),
    "627000": ("Bank\tfees\n(all)", "expense", "bank_fees"),
    "666000": ("Exchange loss", "finance_costs", None),
    "707000": ("Sales \\ goods", "revenue", "revenue"),
}

MISCHIEF = '=1+1; "quoted" | <b>&\n2025-01-01 * (9) \\ @sum, -5'


def d(text: str) -> Decimal:
    return Decimal(text)


def sample() -> Ledger:
    """Two years of a small firm: sales, purchases, payments, fees, another currency, words that mean mischief."""
    p = Posted
    return Ledger(
        dict(CHART),
        [
            (date(2024, 1, 2), "opening", "opening_balance", [p("512000", d("1000")), p("101000", d("-1000"))]),
            (
                date(2024, 6, 1), "sales", "sales_invoice",
                [
                    p("411000", d("120"), "C1", "INV-1", None, MISCHIEF),
                    p("707000", d("-100"), "C1", "INV-1", "S20", MISCHIEF),
                    p("445710", d("-20"), "C1", "INV-1", "S20", "tax"),
                ],
            ),
            (
                date(2024, 12, 31), "purchases", "purchase_invoice",
                [
                    p("607000", d("40"), "S1", "P;1", None, "-5 degrees"),
                    p("445660", d("8"), "S1", "P;1", None, None),
                    p("401000", d("-48"), "S1", "P;1", None, "\N{ZERO WIDTH SPACE}\x00 * ! ;"),
                ],
            ),
            (
                date(2025, 1, 15), "bank", "customer_payment",
                [p("512000", d("70.5"), "C1", "PAY-1"), p("411000", d("-70.5"), "C1", "PAY-1")],
            ),
            (
                date(2025, 2, 1), "sales", "sales_invoice",
                [
                    p("411000", d("92.59"), "=C2", "INV-2", None, "+foreign", "USD", d("100")),
                    p("707000", d("-92.59"), "=C2", "INV-2", None, "+foreign", "USD", d("-100")),
                ],
            ),
            (
                date(2025, 3, 1), "fx", "exchange_difference",
                [
                    p("666000", d("2.59"), None, "INV-2", None, "rate", "USD", d("0")),
                    p("411000", d("-2.59"), "=C2", "INV-2", None, "rate", "USD", d("0")),
                ],
            ),
            (
                date(2025, 3, 31), "bank", "bank_fee",
                [p("627000", d("3.10"), None, "FEE-1"), p("512000", d("-3.10"), None, "FEE-1")],
            ),
            (date(2026, 1, 1), "bank", "bank_fee", [p("627000", d("9")), p("512000", d("-9"))]),
        ],
    )  # fmt: skip
