"""Each folder here is a fact about posting a kind of document: the rows given, the lines expected in the ledger.

`<documents>/<fact>/given.record.<record>.csv` fills a record; `expect.csv` holds the columns that matter, of every line
of the ledger; empty is null. The books are in euros, of 30 June 2025, by the shipped chart.
"""

from pathlib import Path

import pytest

from tests.warehouse.posting.conftest import Books
from warehouse.ledger import POSTING

HERE = Path(__file__).parent
FACTS = sorted(path.parent for path in HERE.glob("*/*/expect.csv"))


def read(file: Path) -> str:
    return f"read_csv('{file}', header = true, all_varchar = true, nullstr = '')"


def fill(books: Books, file: Path) -> None:
    table = file.name.removeprefix("given.").removesuffix(".csv")
    there = {name for name, *_ in books.connection.execute(f"describe from {read(file)}").fetchall()}
    usual = {"_source": "shop", "_file": "f1", "_row": "1", "currency_code": "EUR", "line_no": "1"}
    columns = {name for name, *_ in books.connection.execute(f"describe {table}").fetchall()}
    added = [f"'{value}' as {name}" for name, value in usual.items() if name in columns - there]
    books.connection.execute(f"insert into {table} by name select {', '.join(['*', *added])} from {read(file)}")


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: str(fact.relative_to(HERE)))
def test_a_document_makes_the_expected_lines(fact: Path, books: Books):
    for file in sorted(fact.glob("given.*.csv")):
        fill(books, file)
    books.post()
    expected = read(fact / "expect.csv")
    columns = ", ".join(name for name, *_ in books.connection.execute(f"describe from {expected}").fetchall())
    books.connection.execute("create table expected as from store.ledger_lines limit 0")
    books.connection.execute(f"insert into expected by name from {expected}")
    made, wanted = (
        books.ask(f"select {columns} from {table} order by all") for table in ("store.ledger_lines", "expected")
    )
    assert made == wanted
    assert books.ask("from operations.unposted_documents") == []


def test_every_kind_of_document_has_a_fact():
    assert {fact.parent.name for fact in FACTS} >= {file.stem for file in (POSTING / "documents").glob("*.sql")}


def test_every_leg_of_the_rules_is_expected_by_a_fact(books: Books):
    legs = set()
    for fact in FACTS:
        expected = f"select split_part(entry_id, '/', 1), leg from {read(fact / 'expect.csv')}"
        legs |= set(books.ask(expected))
    assert set(books.ask("select document_kind, leg from operations.posting_rules where side <> 'rest'")) <= legs
