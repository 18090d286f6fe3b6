"""Rows that any contract refuses, made from the contract alone."""

import re

from schemas.table import Expectation, Table
from warehouse.models import read_models

GENERIC = re.compile(r"(columns|key):required|key:unique|columns:typed|.+:within|.+:one_of")
"""Rules that can be broken by knowing the rule alone; the others are broken by hand, in test_rules.py."""


def generic(table: Table) -> list[Expectation]:
    """The rules of a table that `spoil` breaks."""
    return [rule for rule in table.expectations if GENERIC.fullmatch(rule.name)]


def as_table(table: Table) -> str:
    """A view cannot be spoiled: what it shows becomes a table."""
    if table.schema != "record" and table.name not in VIEWS:
        return ""
    return f"""
        create table {table.schema}.spoiled as from {table.name};
        drop view {table.name};
        alter table {table.schema}.spoiled rename to {table.table};"""


def spoil(table: Table) -> str:
    """Add a row with nothing in it, a row twice, a row of nonsense, and a column that is not what its name says."""
    nothing: list[str] = []
    nonsense: list[str] = []
    for rule in generic(table):
        if rule.name.endswith(":required"):
            nothing += rule.sentence.removeprefix("every row has its ").split(", ")
        if rule.name.endswith(":one_of"):
            nonsense.append(f"'nonsense' as {rule.column}")
        if rule.name.endswith(":within"):
            lowest, highest = (rule.arguments.get(bound) for bound in ("min_value", "max_value"))
            nonsense.append(f"{highest + 1 if lowest is None else lowest - 1} as {rule.column}")
    columns = [*(f"null as {column}" for column in nothing)]
    rows = [f"select * replace ({', '.join(columns)}) from one", "from one", "from one"]
    rows += [f"select * replace ({', '.join(nonsense)}) from one"] * bool(nonsense)
    return f"""{as_table(table)}
        create or replace temp table one as
        from {table.name}
        union all by name
        {IN_PLACE_OF_A_ROW.get(table.name, f"from {table.name}")}
        limit 1;
        insert into {table.name} {" union all ".join(f"({row})" for row in rows)};
        alter table {table.name} add column spoiled_amount varchar;"""


VIEWS = {model.name for model in read_models() if model.is_view}

IN_PLACE_OF_A_ROW = {
    "finance.posting_differences": """
        select
            'sales_invoice' as document_kind, '1' as document_id, 'revenue' as measure, 10 as own_rules_amount,
            7 as journals_amount, 3 as difference_amount, 'GBP' as currency_code, 'another amount' as reason""",
    "finance.journal_of_corrections": "select 2 as reversal_no, 1 as reversed_no, 'GBP' as currency_code",
    "finance.changes_since_filed": """
        select '2025-01' as period, 'balance sheet' as statement, 'equity' as section, 'share capital' as line,
            '3000' as account_code, 'GBP' as currency_code, 10 as filed_amount, 12 as current_amount,
            2 as difference_amount, 2 as entries_amount, 1 as entries_count, '9 (journal/9)' as entries""",
    "finance.entries_since_filed": """
        select '2025-01' as period, 'balance sheet' as statement, 'equity' as section, 'share capital' as line,
            '3000' as account_code, 'GBP' as currency_code, 9 as entry_no, 'journal/9' as entry_id, 1 as line_no,
            date '2025-01-31' as entry_date, 2 as amount, timestamptz '2025-02-09 00:00:00+00' as recorded_at""",
    "core.unposted_documents": """
        select
            'sales_invoice/1/C1' as entry_id, 'sales_invoice' as document_kind, '1' as document_id, 'C1' as party_id,
            date '2025-01-06' as entry_date, 'no such account' as reason""",
    "compliance.invoice_differences": """
        select
            'receivable' as direction, '1001' as document_id, 'C1' as party_id, 'GBP' as currency_code,
            30 as invoice_net_amount, 20 as lines_net_amount, 10 as difference_amount""",
}
"""A row for the table that is empty when all is well."""
