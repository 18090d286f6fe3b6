"""The books of a period as an export sees them: accounts with opening and closing balances, and entries one by one."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from tasks.errors import UsageError
from warehouse.ledger_period import LedgerPeriod, company
from warehouse.publication import Company
from warehouse.published import Published

NOTHING = Decimal(0)

RESULT = ("income", "expense")
"""The classes of accounts that begin each financial year at nothing."""

NO_ROLE = "no account has the role retained_earnings, to which the results of earlier years are carried"


class Line(NamedTuple):
    """A line of an entry; debit is positive, credit negative, in the reporting currency."""

    line_no: int
    account_code: str
    amount: Decimal
    currency_code: str
    currency_amount: Decimal | None = None
    party_id: str | None = None
    document_id: str | None = None
    tax_code: str | None = None
    description: str | None = None
    matching_no: int | None = None
    """The number of the group of lines that settle each other, where it was asked for."""
    matched_date: date | None = None
    """The day on which the last of them settled the others."""


class Entry(NamedTuple):
    """An entry of the ledger; number 0 is made up of the opening balances and stands in no ledger."""

    entry_no: int
    entry_id: str
    entry_date: date
    journal: str
    document_kind: str
    recorded_date: date
    reverses_entry_no: int | None
    lines: tuple[Line, ...]

    @property
    def document_id(self) -> str | None:
        """The document behind it, if it has only one."""
        documents = {line.document_id for line in self.lines}
        return documents.pop() if len(documents) == 1 else None


@dataclass(frozen=True, slots=True)
class Account:
    """An account with what it holds before the first day and after the last."""

    account_code: str
    account_name: str
    account_type: str
    account_class: str
    role: str | None
    opening_balance: Decimal
    closing_balance: Decimal


@dataclass(frozen=True, slots=True)
class PartyBalance:
    """What a customer owes or a supplier is owed on one account, before the first day and after the last."""

    party_id: str
    account_code: str
    opening_balance: Decimal
    closing_balance: Decimal


@dataclass(frozen=True)
class Totals:
    """How much a period holds, as the ledger itself adds it up."""

    entries_count: int
    lines_count: int
    debit_amount: Decimal
    credit_amount: Decimal
    has_parts_of_cents: bool


@dataclass(frozen=True)
class Books:
    """The books of a period, both days included."""

    company: str
    currency_code: str
    publication_id: str
    as_of: date
    first: date
    last: date
    year_end: date
    """The last day of the financial year that holds the last day."""
    accounts: Mapping[str, Account]
    party_balances: tuple[PartyBalance, ...]
    parties: Mapping[tuple[str, str], str]
    """Names by kind (customer or supplier) and number."""
    tax_codes: tuple[dict[str, Any], ...]
    totals: Totals
    published_closing: Mapping[str, Decimal] | None
    """What the published trial balance says each account holds after the last day; none on another day than its own."""
    read: Callable[[bool, bool], Iterator[Entry]]

    def entries(self, *, is_by_journal: bool = False, is_matched: bool = False) -> Iterator[Entry]:
        """The entries by day and number, for each journal in turn or for all together; matched or not."""
        return self.read(is_by_journal, is_matched)

    def opening(self, day: date) -> Entry | None:
        """The opening balances as an entry of that day; none when the books begin with the period."""
        of_parties = [one for one in self.party_balances if one.opening_balance]
        owed: dict[str, Decimal] = defaultdict(Decimal)
        for one in of_parties:
            owed[one.account_code] += one.opening_balance
        balances: list[Balance] = [(one.account_code, one.party_id, one.opening_balance) for one in of_parties]
        balances += [
            (code, None, account.opening_balance - owed[code])
            for code, account in self.accounts.items()
            if account.opening_balance != owed[code]
        ]
        lines = tuple(
            Line(number, code, amount, self.currency_code, None, party, None, None, "opening balance")
            for number, (code, party, amount) in enumerate(sorted(balances, key=_by_account), start=1)
        )
        if not lines:
            return None
        return Entry(0, "opening balances", day, "opening", "opening_balance", day, None, lines)


Balance = tuple[str, str | None, Decimal]
"""Account, party and amount."""


def _by_account(balance: Balance) -> tuple[str, str]:
    return balance[0], balance[1] or ""


def read_books(
    published: Published, owner: Company, first: date | None, last: date | None, *, is_carried_forward: bool
) -> Books:
    """The books from the first day to the last; without these, since the first entry and until the as-of date.

    With `is_carried_forward`, as audit files ask: the period begins with the financial year of its last day, accounts
    of income and expense open at what they hold since their year began, and retained earnings hold the results of the
    years before. Otherwise an account's balance is the plain sum of all its lines.
    Raises UsageError when the period holds no entry, or ends later than what is published.
    """
    about = company(published)
    first_entry: date | None = about["first_entry_date"]
    if first_entry is None:
        raise UsageError(f"the ledger of {about['company_name']} holds no entry as of {about['as_of_date']}")
    last = last or about["as_of_date"]
    first = first or (owner.financial_year_start(last) if is_carried_forward else first_entry)
    if last > about["as_of_date"]:
        raise UsageError(f"the period ends on {last}, but what is published is as of {about['as_of_date']}")
    if first > last:
        raise UsageError(f"the period ends on {last}, before it begins on {first}")
    period = LedgerPeriod(published, first, last)
    totals = Totals(**period.totals())
    if not totals.entries_count:
        raise UsageError(f"the ledger holds no entry from {first} to {last}; its first is of {first_entry}")
    balances = period.balances(owner.financial_year_start(first))
    known = {row["account_code"]: row for row in period.accounts()}
    carried = _carried_forward(known, balances) if is_carried_forward else {}
    return Books(
        company=about["company_name"],
        currency_code=about["reporting_currency"],
        publication_id=about["publication_id"],
        as_of=about["as_of_date"],
        first=first,
        last=last,
        year_end=_year_end(owner, last),
        accounts=_accounts(known, balances, carried),
        party_balances=tuple(
            PartyBalance(b["party_id"], b["account_code"], b["opening_balance"], b["closing_balance"])
            for b in balances
            if b["party_id"]
        ),
        parties={(p["kind"], p["party_id"]): p["party_name"] for p in period.parties()},
        tax_codes=tuple(period.tax_codes()),
        totals=totals,
        published_closing=_published(period, carried) if last == about["as_of_date"] else None,
        read=lambda is_by_journal, is_matched: _entries(
            period.lines(is_by_journal=is_by_journal, is_matched=is_matched)
        ),
    )


def _year_end(owner: Company, day: date) -> date:
    # No financial year is longer than two years, so the next one begins within them.
    later = (day + timedelta(days=days) for days in range(1, 2 * 366))
    start = owner.financial_year_start(day)
    return next(other for other in later if owner.financial_year_start(other) != start) - timedelta(days=1)


Row = dict[str, Any]


def _carried_forward(known: Mapping[str, Row], balances: list[Row]) -> dict[str, Decimal]:
    """What earlier years' results change: they are taken out of their accounts and added to retained earnings."""
    results = {
        row["account_code"]: row["earlier_balance"]
        for row in balances
        if known[row["account_code"]]["account_class"] in RESULT and row["earlier_balance"]
    }
    if not results:
        return {}
    retained = next((code for code, account in known.items() if account["role"] == "retained_earnings"), None)
    if retained is None:
        raise UsageError(NO_ROLE)
    return {code: -result for code, result in results.items()} | {retained: sum(results.values(), NOTHING)}


def _accounts(known: Mapping[str, Row], balances: list[Row], carried: Mapping[str, Decimal]) -> dict[str, Account]:
    """The accounts that were used or hold something; others are none of these books'."""
    opening, closing = defaultdict(Decimal, carried), defaultdict(Decimal, carried)
    for row in balances:
        opening[row["account_code"]] += row["opening_balance"]
        closing[row["account_code"]] += row["closing_balance"]
    return {
        code: Account(**known[code], opening_balance=opening[code], closing_balance=closing[code])
        for code in sorted(closing)
    }


def _published(period: LedgerPeriod, carried: Mapping[str, Decimal]) -> dict[str, Decimal]:
    closing = {row["account_code"]: row["closing_balance"] for row in period.trial_balance()}
    return {code: closing.get(code, NOTHING) + carried.get(code, NOTHING) for code in closing.keys() | carried.keys()}


OF_ENTRY = 7
"""How many values of a ledger line say its entry; the others are the line's own."""


def _entries(lines: Iterator[tuple[Any, ...]]) -> Iterator[Entry]:
    for of_entry, rows in groupby(lines, key=lambda row: row[:OF_ENTRY]):
        yield Entry._make((*of_entry, tuple(Line._make(row[OF_ENTRY:]) for row in rows)))
