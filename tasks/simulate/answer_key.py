"""The answer key: what is wrong with the simulated files, how often, and where each row of it must end up."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tasks.simulate.delivery import Outcome


@dataclass(frozen=True, order=True)
class Place:
    """A row of a file (1-based, the header not counted); of a whole file the row is null."""

    file: str
    row: int | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of dirt in one source: all its places, and where they must end up by which rules."""

    source: str
    record: str
    name: str
    outcome: Outcome
    rules: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def unit(self) -> str:
        """What is counted: rows or whole files."""
        return "files" if self.places[0].row is None else "rows"

    @property
    def count(self) -> int:
        """How many rows or files."""
        return len(self.places)


@dataclass(frozen=True)
class Load:
    """What one file must give; the four ends add up to the rows extracted."""

    source: str
    record: str
    file: str
    rows_extracted: int
    rows_accepted: int
    rows_unchanged: int
    rows_quarantined: int
    rows_out_of_scope: int


@dataclass(frozen=True)
class Balance:
    """An account on a day, debit positive: in euros as reported, and in each currency that it holds."""

    as_of_date: date
    account_code: str
    amount: str
    currency_amounts: dict[str, str]


@dataclass(frozen=True)
class Missing:
    """Documents that a system wrote and never delivered."""

    source: str
    name: str
    documents: tuple[str, ...]
    missing_date: date | None


@dataclass(frozen=True)
class AnswerKey:
    """Everything that a run over the simulated company must come to."""

    company: str
    seed: int
    first_day: date
    last_day: date
    kinds: tuple[Kind, ...]
    loads: tuple[Load, ...]
    missing: tuple[Missing, ...]
    current_rows: dict[str, int]
    """For each record, the rows that are current in the end: accepted less superseded."""
    accepted_net_amounts: dict[str, str]
    """For each currency, the sum of the accepted sales lines' net amount."""
    balances: tuple[Balance, ...]
    """What the books must come to at the end of each year, account by account."""

    @property
    def totals(self) -> dict[str, dict[str, int]]:
        """For each record, the rows extracted and where they ended."""
        sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for load in self.loads:
            sums[load.record].update({name: value for name, value in asdict(load).items() if name.startswith("rows_")})
        return {record: dict(counts) for record, counts in sums.items()}

    def with_outcome(self, outcome: Outcome) -> list[Kind]:
        """The kinds that end in one way."""
        return [kind for kind in self.kinds if kind.outcome == outcome]

    def as_json(self) -> str:
        """The key as it lies beside the files; the totals are written out for readers."""
        kinds = [asdict(kind) | {"unit": kind.unit, "count": kind.count} for kind in self.kinds]
        content = asdict(self) | {"kinds": kinds, "totals": self.totals}
        return json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n"


def read_answer_key(file: Path) -> AnswerKey:
    """The key that `simulate` wrote."""
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return AnswerKey(
        company=content["company"],
        seed=content["seed"],
        first_day=date.fromisoformat(content["first_day"]),
        last_day=date.fromisoformat(content["last_day"]),
        kinds=tuple(kind_of(kind) for kind in content["kinds"]),
        loads=tuple(Load(**load) for load in content["loads"]),
        missing=tuple(missing_of(missing) for missing in content["missing"]),
        current_rows=content["current_rows"],
        accepted_net_amounts=content["accepted_net_amounts"],
        balances=tuple(balance_of(balance) for balance in content["balances"]),
    )


def kind_of(content: dict[str, Any]) -> Kind:
    """A kind as it was written."""
    return Kind(
        source=content["source"],
        record=content["record"],
        name=content["name"],
        outcome=Outcome(content["outcome"]),
        rules=tuple(content["rules"]),
        places=tuple(Place(**place) for place in content["places"]),
    )


def balance_of(content: dict[str, Any]) -> Balance:
    """A balance as it was written."""
    return Balance(**content | {"as_of_date": date.fromisoformat(content["as_of_date"])})


def missing_of(content: dict[str, Any]) -> Missing:
    """Missing documents as they were written."""
    on = content["missing_date"]
    missing_date = date.fromisoformat(on) if on else None
    return Missing(content["source"], content["name"], tuple(content["documents"]), missing_date)


def add_up(amounts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Sums of amounts by their currency, exact."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for amount, currency in amounts:
        sums[currency] += Decimal(amount)
    return {currency: str(total) for currency, total in sorted(sums.items())}
