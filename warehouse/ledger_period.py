"""The published ledger of a period, for whoever keeps it elsewhere: balances before and after, and every line."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from warehouse.published import Published

COMPANY = """
select as_of.*, (select min(entry_date) from finance.general_ledger) as first_entry_date
from core.as_of as as_of
"""

# Customers and suppliers are told apart in the accounts that hold what they owe and are owed; elsewhere they are not.
BALANCES = """
select
    ledger.account_code,
    if(accounts.role in ('receivables', 'payables'), ledger.party_id, null) as party_id,
    coalesce(sum(ledger.amount) filter (where ledger.entry_date < $first), 0) as opening_balance,
    coalesce(sum(ledger.amount) filter (where ledger.entry_date < $year_start), 0) as earlier_balance,
    sum(ledger.amount) as closing_balance,
from finance.general_ledger as ledger
left join core.accounts as accounts using (account_code)
where ledger.entry_date <= $last
group by all
order by all
"""

ACCOUNTS = """
select
    ledger.account_code,
    any_value(coalesce(accounts.account_name, ledger.account_name)) as account_name,
    any_value(coalesce(accounts.account_type, ledger.account_type)) as account_type,
    any_value(accounts.account_class) as account_class,
    any_value(accounts.role) as role,
from finance.general_ledger as ledger
left join core.accounts as accounts using (account_code)
where ledger.entry_date <= $last
group by ledger.account_code
union all
-- Where earlier years' results go, even if nothing was ever posted there.
select account_code, account_name, account_type, account_class, role
from core.accounts
where role = 'retained_earnings' and account_code not in (select account_code from finance.general_ledger
    where entry_date <= $last)
order by account_code
"""

LINES = """
select
    entry_no, entry_id, entry_date, journal, document_kind, cast(recorded_at as date) as recorded_date,
    reverses_entry_no,
    line_no, account_code, amount, currency_code, currency_amount, party_id, document_id, tax_code, description,
    {matching}
from finance.general_ledger
where entry_date between $first and $last
order by {order} entry_date, entry_no, line_no
"""

MATCHED = """
with

-- A document and the payments of it, on the account of its customer or supplier.
lines as (
    select ledger.*, accounts.role
    from finance.general_ledger as ledger
    inner join core.accounts as accounts using (account_code)
    where
        ledger.entry_date between $first and $last
        and accounts.role in ('receivables', 'payables')
        and ledger.leg <> 'on_account'
),

parts as (
    select entry_no, line_no, entry_date, account_code, party_id, amount, document_id as settled_id, true as is_document
    from lines
    where document_kind in ('sales_invoice', 'sales_credit_note', 'purchase_invoice', 'purchase_credit_note')
    union all
    select
        lines.entry_no, lines.line_no, lines.entry_date, lines.account_code, lines.party_id, lines.amount,
        allocations.document_id, false,
    from lines
    inner join core.allocations as allocations on lines.document_id = allocations.payment_id
    where
        lines.document_kind in ('customer_payment', 'customer_refund', 'supplier_payment', 'supplier_refund')
        and lines.role = if(allocations.direction = 'receivable', 'receivables', 'payables')
),

settled as (
    select account_code, party_id, settled_id, max(entry_date) as matched_date
    from parts
    group by all
    -- Only what is settled within the period: the rest is open, or was settled in another year's file.
    having sum(amount) = 0 and bool_or(is_document) and not bool_and(is_document)
),

numbered as (
    select *, row_number() over (order by matched_date, account_code, party_id, settled_id) as matching_no
    from settled
)

select parts.entry_no, parts.line_no, numbered.matching_no, numbered.matched_date
from parts
inner join numbered
    on
        parts.account_code = numbered.account_code
        and parts.party_id is not distinct from numbered.party_id
        and parts.settled_id = numbered.settled_id
"""
"""The lines that settle each other to the cent, under a number for each group of them."""

LINES_MATCHED = f"with matched as ({MATCHED}) {LINES}".replace(
    "where entry_date between", "left join matched using (entry_no, line_no)\nwhere entry_date between"
)

TOTALS = """
select
    count(distinct entry_no) as entries_count,
    count(*) as lines_count,
    coalesce(sum(amount) filter (where amount > 0), 0) as debit_amount,
    coalesce(-sum(amount) filter (where amount < 0), 0) as credit_amount,
    coalesce(bool_or(amount <> round(amount, 2)), false) as has_parts_of_cents,
from finance.general_ledger
where entry_date between $first and $last
"""

PARTIES = """
select customer_id as party_id, 'customer' as kind, customer_name as party_name from record.customers
union all
select supplier_id, 'supplier', supplier_name from record.suppliers
"""

TAX_CODES = """
select tax_code, tax_name, direction, rate_pct, valid_from_date, valid_to_date
from record.tax_codes
order by tax_code, valid_from_date
"""

TRIAL_BALANCE = "select account_code, closing_balance from finance.trial_balance order by account_code"

Row = dict[str, Any]
"""A row by its columns; money is a Decimal."""

ROWS = 50_000
"""How many lines are held at a time, however many the ledger has."""


class LedgerPeriod:
    """Questions to the published ledger about the days from the first to the last, both included."""

    def __init__(self, published: Published, first: date, last: date) -> None:
        self._published = published
        self._days = {"first": first, "last": last}

    def accounts(self) -> list[Row]:
        """Every account used until the last day, and the one for earlier years' results."""
        return self._ask(ACCOUNTS, last=self._days["last"])

    def balances(self, year_start: date) -> list[Row]:
        """What each account held before the first day, before the year's start, and after the last day."""
        return self._ask(BALANCES, **self._days, year_start=year_start)

    def totals(self) -> Row:
        """How many entries and lines, and the sums of both sides."""
        return self._ask(TOTALS, **self._days)[0]

    def parties(self) -> list[Row]:
        """Customers and suppliers by their numbers."""
        return self._ask(PARTIES)

    def tax_codes(self) -> list[Row]:
        """The tax codes with their rates."""
        return self._ask(TAX_CODES)

    def trial_balance(self) -> list[Row]:
        """The closing balance of each account as published, which is that of the as-of date."""
        return self._ask(TRIAL_BALANCE)

    def lines(self, *, is_by_journal: bool, is_matched: bool) -> Iterator[tuple[Any, ...]]:
        """The lines by day and entry, for each journal in turn or for all together; with what they settle if asked.

        The first values are those of the entry, in the order of `LINES`, and from `line_no` on those of the line.
        """
        query = (LINES_MATCHED if is_matched else LINES).format(
            order="journal," if is_by_journal else "",
            matching="matching_no, matched_date" if is_matched else "null as matching_no, null as matched_date",
        )
        for batch in self._published.batches(query, self._days, ROWS):
            # By columns: a dictionary a line takes twice as long.
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def _ask(self, query: str, **days: date) -> list[Row]:
        return self._published.ask(query, days).to_pylist()


def company(published: Published) -> Row:
    """Whose books are published, as of which day, in which currency, and since when there are entries."""
    return published.ask(COMPANY).to_pylist()[0]
