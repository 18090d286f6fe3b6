"""The purchases: suppliers' invoices and credit notes with their lines, for goods that came in and for services."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from tasks.simulate.company.assets import BOUGHT
from tasks.simulate.company.calendar import DAYS_COUNT, FIRST_DAY
from tasks.simulate.company.chance import chance_of
from tasks.simulate.company.stock import MONTHS_COUNT, first_of, supplier_of
from tasks.simulate.company.suppliers import BONUS_ACCOUNT, EQUIPMENT, GOODS_ACCOUNT

FIRST_INVOICE, FIRST_CREDIT_NOTE = 40_001, 48_001

BONUS_PCT = 3
"""Suppliers of goods give back so much of a quarter's bills."""

CREDITED_PCT = 3
"""So many of a hundred bills for services are credited in part."""


@dataclass(frozen=True)
class Purchases:
    """Documents (one row each) and their lines; amounts are cents, `document_id` names the document."""

    documents: pl.DataFrame
    lines: pl.DataFrame


def simulate_purchases(seed: int, suppliers: pl.DataFrame, stock: pl.DataFrame) -> Purchases:
    """All that suppliers ask for, and what they give back."""
    chance = chance_of(seed, "purchases")
    goods, services = goods_lines(chance, stock), service_lines(chance, suppliers)
    invoices = pl.concat([goods, services, equipment_lines(suppliers)])
    credit_notes = pl.concat([bonuses(goods), credited(chance, services)])
    lines = pl.concat([numbered(invoices, "ER", FIRST_INVOICE), numbered(credit_notes, "EG", FIRST_CREDIT_NOTE)])
    lines = taxed(lines.filter(pl.col("day") < DAYS_COUNT), suppliers)
    return Purchases(totals(lines), lines)


def goods_lines(chance: np.random.Generator, stock: pl.DataFrame) -> pl.DataFrame:
    """What came on one van is on one bill, up to six days later, at cost."""
    came = stock.filter((pl.col("movement_type") == "receipt") & pl.col("document_id").is_null()).with_columns(
        supplier_id=supplier_of(pl.col("product_id"))
    )
    vans = came.select("supplier_id", "day").unique(maintain_order=True)
    billed = vans.with_columns(billed=pl.col("day") + pl.Series(chance.integers(0, 7, vans.height)))
    return came.join(billed, on=["supplier_id", "day"], maintain_order="left").select(
        "supplier_id",
        day="billed",
        van="day",
        account_code=pl.lit(GOODS_ACCOUNT),
        department_id=pl.lit("D40"),
        product_id="product_id",
        text=pl.format("{} for stock", "product_id"),
        quantity="quantity",
        unit_price="cost",
    )


def service_lines(chance: np.random.Generator, suppliers: pl.DataFrame) -> pl.DataFrame:
    """Bills for services: some on the first of the month and always the same, others when work was done."""
    rows = []
    for supplier in suppliers.filter(pl.col("net") > 0).iter_rows(named=True):
        # An insurance is paid once a year.
        months = range(MONTHS_COUNT) if supplier["a_month"] else range(0, MONTHS_COUNT, 12)
        for month in months:
            for nth in range(max(1, supplier["a_month"])):
                rows += bill(chance, supplier, month, nth)
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


SCHEMA = {
    "supplier_id": pl.String, "day": pl.Int64, "van": pl.Int64, "account_code": pl.String, "department_id": pl.String,
    "product_id": pl.String, "text": pl.String, "quantity": pl.Int64, "unit_price": pl.Int64,
}  # fmt: skip


def bill(chance: np.random.Generator, of: dict[str, object], month: int, nth: int) -> list[tuple[object, ...]]:
    """The lines of one bill; `van` is only there for goods."""
    usual = int(str(of["net"]))
    start, length = first_of(month), first_of(month + 1) - first_of(month)
    each = length // max(1, int(str(of["a_month"])))
    day = start if of["is_fixed"] else start + nth * each + int(chance.integers(0, each))
    amounts = [usual] if of["is_fixed"] else (usual * chance.uniform(0.2, 1.0, int(chance.integers(1, 4)))).astype(int)
    return [
        (of["supplier_id"], day, nth, of["account_code"], of["department_id"], None, of["text"], 1, int(amount))
        for amount in amounts
    ]


def equipment_lines(suppliers: pl.DataFrame) -> pl.DataFrame:
    """The bills of what is written off over years."""
    supplier_id = suppliers.filter(pl.col("account_code") == EQUIPMENT.account)["supplier_id"].item()
    rows = [
        (supplier_id, (asset.acquired_date - FIRST_DAY).days, 0, "1520", asset.department_id, None, asset.name, 1,
         asset.cost)
        for asset in BOUGHT
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def bonuses(goods: pl.DataFrame) -> pl.DataFrame:
    """What suppliers of goods give back ten days after each quarter."""
    ends = {quarter: first_of(3 * quarter + 3) + 9 for quarter in range(MONTHS_COUNT // 3)}
    starts = [first_of(3 * quarter) for quarter in range(1, MONTHS_COUNT // 3)]
    quarter = pl.sum_horizontal(pl.col("day") >= start for start in starts).cast(pl.Int64)
    spent = (
        goods.with_columns(quarter=quarter)
        .group_by("supplier_id", "quarter", maintain_order=True)
        .agg(net=(pl.col("quantity") * pl.col("unit_price")).sum())
    )
    return spent.select(
        "supplier_id",
        day=pl.col("quarter").replace_strict(ends),
        van=pl.lit(0, dtype=pl.Int64),
        account_code=pl.lit(BONUS_ACCOUNT),
        department_id=pl.lit("D40"),
        product_id=pl.lit(None, dtype=pl.String),
        text=pl.lit("bonus of the quarter"),
        quantity=pl.lit(-1, dtype=pl.Int64),
        unit_price=pl.col("net") * BONUS_PCT // 100,
    ).filter(pl.col("unit_price") > 0)


def credited(chance: np.random.Generator, services: pl.DataFrame) -> pl.DataFrame:
    """Some bills were too high: half of a line comes back two weeks later."""
    wrong = services.filter(pl.Series(chance.integers(0, 100, services.height) < CREDITED_PCT))
    return wrong.with_columns(
        day=pl.col("day") + 14,
        quantity=pl.lit(-1, dtype=pl.Int64),
        unit_price=pl.col("unit_price") // 2,
        text=pl.format("credit for {}", "text"),
    )


def numbered(lines: pl.DataFrame, prefix: str, first: int) -> pl.DataFrame:
    """Give each bill the company's number, in the order of the days, and each of its lines its place."""
    bills = lines.select("day", "supplier_id", "van").unique().sort("day", "supplier_id", "van")
    number = pl.int_range(first, first + pl.len()).cast(pl.String)
    bills = bills.with_columns(document_id=pl.lit(f"{prefix}-") + number)
    lines = lines.join(bills, on=["day", "supplier_id", "van"], maintain_order="left")
    line_no = pl.int_range(1, pl.len() + 1).over("document_id")
    kind = pl.lit("invoice" if prefix == "ER" else "credit_note")
    return lines.with_columns(line_no=line_no, document_type=kind).sort("document_id", "line_no")


def taxed(lines: pl.DataFrame, suppliers: pl.DataFrame) -> pl.DataFrame:
    """Add net and tax; tax is rounded to the cent, half away from zero."""
    net = pl.col("quantity") * pl.col("unit_price")
    known = suppliers.select("supplier_id", "tax_pct", "currency_code", "terms_days")
    return lines.join(known, on="supplier_id", maintain_order="left").with_columns(
        net=net,
        tax=net.sign() * ((net.abs() * pl.col("tax_pct") + 50) // 100),
        tax_code=pl.format("VST-{}", "tax_pct"),
        document_date=pl.lit(FIRST_DAY) + pl.duration(days="day"),
    )


def totals(lines: pl.DataFrame) -> pl.DataFrame:
    """One row a document; a credit note is due at once."""
    terms = pl.when(pl.col("document_type") == "invoice").then("terms_days").otherwise(0)
    return lines.group_by("document_id", maintain_order=True).agg(
        pl.first("document_type", "supplier_id", "day", "currency_code", "van"),
        (pl.col("day") + terms).first().alias("due_day"),
        pl.sum("net", "tax"),
    )
