"""The ledger as it is stored: lines that are only ever added, and beside them the chart and the rules of posting."""

from pathlib import Path

import duckdb

POSTING = Path(__file__).parent / "posting"
"""Posting rules: one select a kind of document, and the data that they read."""

LEDGER_LINES = """
    entry_no bigint, entry_id varchar, line_no integer, entry_date date, journal varchar, document_kind varchar,
    document_id varchar, party_id varchar, account_code varchar, amount decimal(18, 4), currency_code varchar,
    currency_amount decimal(18, 4), tax_code varchar, department_id varchar, description varchar, leg varchar,
    reverses_entry_no bigint, _source varchar, _file varchar, _row bigint, recorded_at timestamptz"""
"""The columns of `store.ledger_lines`; amounts are debit positive, credit negative, in the reporting currency."""

SAID = """journal, document_kind, document_id, party_id, account_code, amount, currency_code, currency_amount,
    tax_code, department_id, leg"""
"""What a line says beside its day; its text and where it was read do not make an entry another one."""

SHIPPED = {
    "account_types": ("one row is a type of account, with where it stands in the statements", "line_no"),
    "posting_rules": ("one row is a leg of the entries that a kind of document makes", "document_kind, leg_no"),
    "role_fallbacks": ("one row is a role that another one stands in for where a chart lacks it", "role"),
    "chart_of_accounts": ("one row is an account of the chart that is used where a company has none", "account_code"),
}
"""What the posting folder ships as data: the grain, and the order in which it is read."""


def ledger_files() -> list[Path]:
    """The files that say what the ledger's tables are and what is shipped in them."""
    return [Path(__file__), *(POSTING / f"{name}.csv" for name in SHIPPED)]


def create_ledger(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the ledger if it is missing, and bring the shipped chart to what its file says now."""
    connection.execute(f"create table if not exists store.ledger_lines ({LEDGER_LINES})")
    connection.execute("comment on table store.ledger_lines is 'one row is a line of a ledger entry, never changed'")
    connection.execute(
        """
        create table if not exists operations.unposted_documents (
            entry_id varchar, document_kind varchar, document_id varchar, party_id varchar, entry_date date,
            reason varchar
        )
        """
    )
    connection.execute(
        "comment on table operations.unposted_documents is 'one row is a document that could not be posted'"
    )
    connection.execute(f"create table if not exists store.comparison_lines ({LEDGER_LINES})")
    connection.execute(
        "comment on table store.comparison_lines is "
        "'one row is a line as our rules would post what the journals of its own system have posted'"
    )
    connection.execute("create table if not exists operations.journal_sources (source varchar)")
    connection.execute(
        "comment on table operations.journal_sources is 'one row is a source whose own journals post its documents'"
    )
    connection.execute(
        """
        create table if not exists operations.postings (
            posting_no bigint, posted_at timestamptz, posted_until_date date, state varchar, entries_added_count bigint,
            lines_added_count bigint, entries_reversed_count bigint, documents_unposted_count bigint
        )
        """
    )
    connection.execute("comment on table operations.postings is 'one row is a posting of what the record held then'")
    for name, (grain, order) in SHIPPED.items():
        connection.execute(
            f"create or replace table operations.{name} as from read_csv(?, all_varchar = true) order by {order}",
            [str(POSTING / f"{name}.csv")],
        )
        connection.execute(f"comment on table operations.{name} is '{grain}'")
