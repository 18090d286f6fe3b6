"""From a figure on the page to what is behind it: lines to accounts, filed figures to the entries that moved them."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.report import open_as_of
from tasks.report.finance.changes_since_filed import changes_since_filed
from tasks.report.finance.corrections import corrections
from tasks.report.finance.statement_accounts import statement_accounts
from tasks.report.finance.statements import balance_sheet, income_statement
from tasks.report.page import Linked, Section, anchor
from tests.tasks.report.conftest import AS_OF
from warehouse.connection import connect
from warehouse.home import Home

CLOSED = """
    insert into operations.closings values
        ('2025-03', '2025-03-01', '2025-03-31', '2025-01-01', 8, 'abc', '2025-04-02 06:00:00+00', null),
        ('2025-04', '2025-04-01', '2025-04-30', '2025-01-01', 8, 'abd', '2025-05-02 06:00:00+00', 'a test till');
    insert into finance.entries_since_filed by name
    select
        '2025-03' as period, 'income statement' as statement, 'revenue' as section, 'revenue' as line,
        account_code, entry_no, entry_id, line_no, entry_date, document_kind, document_id, currency_code,
        -amount as amount,
    from core.ledger_lines
    where account_code = '4000' and entry_no between 9 and 14;
    insert into finance.changes_since_filed by name
    select
        '2025-03' as period, 'income statement' as statement, 'revenue' as section, 'revenue' as line,
        '4000' as account_code, 'Sales' as account_name, 'EUR' as currency_code, 100 as filed_amount,
        110.5 as current_amount, 10.5 as difference_amount, 10.5 as entries_amount, 6 as entries_count,
        '9 (a), 10 (b)' as entries;
"""


@pytest.fixture(scope="module")
def closed_home(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The company with two closed periods, of which one has moved."""
    closed = Home(tmp_path_factory.mktemp("closed"))
    closed.publications.mkdir()
    shutil.copyfile(home.published, closed.published)
    with connect(closed.published) as connection:
        connection.execute(CLOSED)
    return closed


def changes(home: Home) -> Section:
    with open_as_of(home, AS_OF) as (figures, publication):
        return changes_since_filed(figures, publication)


def test_what_moved_since_it_was_filed_stands_beside_the_entries_that_moved_it(closed_home: Home):
    told = changes(closed_home)
    assert told.lead == "2 periods are closed. 1 figure filed for them is no longer what was filed."
    periods, moved, entries = told.tables
    assert [(row[0], row[3], row[4]) for row in periods.rows] == [("2025-03", 1, None), ("2025-04", 0, "a test till")]
    (figure,) = moved.rows
    assert figure[4:7] == (Decimal(100), Decimal("110.5"), Decimal("10.5"))
    named = figure[7]
    assert isinstance(named, Linked)
    # By number, as no text sorts: 9 before 10.
    assert [text for text, _ in named.parts] == ["9", "10", "11", "12"]
    assert named.rest == " and 1 more"
    assert {place for _, place in named.parts} <= set(entries.anchors)
    assert len(entries.rows) == len(entries.anchors) == 5


def test_periods_that_have_not_moved_say_so(closed_home: Home, tmp_path: Path):
    still = Home(tmp_path)
    still.publications.mkdir()
    shutil.copyfile(closed_home.published, still.published)
    with connect(still.published) as connection:
        connection.execute("delete from finance.changes_since_filed")
    told = changes(still)
    assert told.lead == "2 periods are closed. Every figure filed for them is still the one in the books."
    assert len(told.tables) == 1


def test_without_a_closed_period_or_a_correction_there_is_a_sentence(home: Home):
    assert changes(home).lead == "No period up to 31 December 2025 is closed."
    with open_as_of(home, AS_OF) as (figures, publication):
        assert corrections(figures, publication).lead == "No entry up to 31 December 2025 was corrected."


def test_a_line_of_a_statement_leads_to_accounts_that_add_up_to_it(home: Home):
    with open_as_of(home, AS_OF) as (figures, publication):
        statements = [income_statement(figures, publication).tables[0], balance_sheet(figures, publication).tables[0]]
        accounts = statement_accounts(figures, publication).tables
    for statement, behind in zip(statements, accounts, strict=False):
        sums: dict[str, Decimal] = {}
        line = ""
        for row, place in zip(behind.rows, behind.anchors, strict=True):
            line = place or line
            sums[line] = sums.get(line, Decimal(0)) + row[2]
        led = {row[0].parts[0][1]: row[1] for row in statement.rows if row[0].parts[0][1]}
        assert led == sums


def test_every_link_of_the_page_leads_somewhere(reported: Path):
    text = (reported / "finance.html").read_text("utf-8")
    places = re.findall(r' id="([^"]+)"', text)
    assert len(places) == len(set(places))
    links = re.findall(r'href="#([^"]+)"', text)
    assert len(links) > 50
    assert set(links) <= set(places)


def test_other_words_have_another_anchor():
    assert anchor("account", 'é"1') == "account--_e9__22_1"
    assert len({anchor("a b"), anchor("a", "b"), anchor("a_b"), anchor("a.b")}) == 4
