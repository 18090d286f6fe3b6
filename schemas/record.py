"""A record: a kind of fact the company keeps, written as one pandera model with what its users need to know beside it.

From the one class come the check in motion, the DuckDB table with its comments, the catalogue page and the rows that
property tests generate. A rule is written once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

MONEY = pl.Decimal(18, 4)
"""An amount of money or a quantity: exact, four decimals; its currency stands beside it in `currency_code`."""

RATE = pl.Decimal(18, 8)
"""What one unit of money is worth in another: exact, eight decimals, as central banks quote at most six."""

INSTANT = pl.Datetime("us", time_zone="UTC")
"""A moment, in UTC."""

FIRST_DAY = pl.date(1990, 1, 1)
"""No document of a firm that keeps electronic books is older; a date before it is a typing or a conversion error."""

LAST_DAY = pl.date(2100, 1, 1)
"""Dates at or after it are placeholders (9999-12-31) or typing errors, never facts."""


def is_plausible_day(name: str) -> pl.Expr:
    """Whether a column's day can be one of a firm that keeps electronic books."""
    return (pl.col(name) >= FIRST_DAY) & (pl.col(name) < LAST_DAY)


TYPES = {
    pl.String: "VARCHAR",
    pl.Int32: "INTEGER",
    pl.Int64: "BIGINT",
    pl.Boolean: "BOOLEAN",
    pl.Date: "DATE",
    MONEY: "DECIMAL(18, 4)",
    RATE: "DECIMAL(18, 8)",
    INSTANT: "TIMESTAMPTZ",
}
"""The DuckDB type of each polars type that a record may use."""


STRUCTURE_RULES = {
    "structure:columns": "a row has as many fields as the header",
    "structure:quote": "a quote that is opened is closed in its row",
    "structure:encoding": "a row is text in the encoding of its file",
    "structure:json": "a line is one JSON object",
    "structure:entry": "an entry of an accounting file can be read and adds up",
    "structure:mail": "a mail can be taken apart",
    "mapping:error": "the mapping can be evaluated on the row",
}
"""The rules that a row meets before it has columns."""


@dataclass(frozen=True)
class About:
    """What a record is, beside its columns."""

    name: str
    grain: str
    key: tuple[str, ...]
    is_document: bool
    """A posted document never changes: its key with other content is refused. Reference data gets a new version."""
    owner: str
    retention: str


@dataclass(frozen=True)
class Column:
    """One column of a record, as its contract states it."""

    name: str
    type: str
    description: str
    nullable: bool
    unit: str | None = None
    personal: bool = False
    references: str | None = None


def column(
    description: str,
    *,
    unit: str | None = None,
    personal: bool = False,
    references: str | None = None,
    **rules: Any,
) -> Any:
    """Declare a column: its meaning, unit, whether it is personal data, what it refers to, and pandera's own rules."""
    metadata = {"unit": unit, "personal": personal, "references": references}
    return pa.Field(description=description, metadata=metadata, **rules)


def rule(sentence: str) -> Callable[[Callable[[], pl.Expr]], Any]:
    """Declare a rule between columns: a method that returns the expression which every row must make true.

    A row for which the expression is null passes: a column that must be there says so itself. The method's name is the
    rule's name in every report, the sentence is what a person reads.
    """

    def declare(expression: Callable[[], pl.Expr]) -> Any:
        def check(cls: type, data: PolarsData) -> pl.LazyFrame:
            return data.lazyframe.select(expression().fill_null(True))

        check.__name__ = expression.__name__
        check.__doc__ = expression.__doc__
        return pa.dataframe_check(name=expression.__name__, error=sentence)(check)

    return declare


class Record(pa.DataFrameModel):
    """The base of all records; a subclass states its grain, its key and how it may change."""

    _about: ClassVar[About]

    class Config:
        strict = True
        ordered = False

    @classmethod
    def about(cls) -> About:
        """Name, grain, key, owner and retention."""
        return cls._about

    @classmethod
    @cache
    def columns(cls) -> tuple[Column, ...]:
        """The columns in their order, each with type, unit, description and what it refers to."""
        return tuple(
            Column(
                name=name,
                type=TYPES[of.dtype.type],
                description=of.description or "",
                nullable=of.nullable,
                **(of.metadata or {}),
            )
            for name, of in cls.to_schema().columns.items()
        )

    @classmethod
    def rules(cls) -> dict[str, str]:
        """Every rule by its name, with the sentence a person reads; the same names stand in `operations.quarantine`."""
        schema = cls.to_schema()
        named: dict[str, str] = {}
        for name, of in schema.columns.items():
            named[f"{name}:cast"] = f"{name} must be exactly a {TYPES[of.dtype.type]}"
            if not of.nullable:
                named[f"{name}:required"] = f"{name} must be there"
            for check in of.checks:
                named[f"{name}:{check.name}"] = f"{name} must {requirement(check)}"
        for check in schema.checks:
            named[str(check.name)] = str(check.error)
        named |= STRUCTURE_RULES
        named["key:repeated"] = f"{', '.join(cls.about().key)} may stand only once in a file"
        if cls.about().is_document:
            named["key:changed"] = "a posted document never changes"
        return named


def requirement(check: pa.Check) -> str:
    """What pandera's own check asks for, as the end of a sentence that begins with `... must`."""
    asked: dict[str, Any] = check.statistics or {}
    match check.name:
        case "str_matches":
            return f"match {asked['pattern']}"
        case "str_length":
            return _length(asked["min_value"], asked["max_value"])
        case "isin":
            return f"be one of {', '.join(map(str, asked['allowed_values']))}"
        case "in_range":
            return f"be from {asked['min_value']} to {asked['max_value']}"
        case "greater_than":
            return f"be greater than {asked['min_value']}"
        case "greater_than_or_equal_to":
            return f"be {asked['min_value']} or more"
    raise TypeError(f"{check.name} has no sentence yet; write one here before a contract uses it")


def _length(least: int | None, most: int | None) -> str:
    if most is None:
        return f"have at least {least} character{'' if least == 1 else 's'}"
    return f"have {least or 0} to {most} characters"
