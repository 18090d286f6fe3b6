"""Statements add up exactly or are set aside whole, with the three figures; what says too little is taken as it is."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import UnreadableFile
from tasks.extract.formats import statements
from tasks.extract.formats.statements import Balance, Statement, Unreadable, decimal, plain, statement_file
from tasks.extract.formats.text import ROW

CENTS = st.integers(-(10**30), 10**30).map(lambda cents: Decimal(cents).scaleb(-2))


def sum_of(amounts):
    with localcontext(prec=100):
        return sum(amounts, Decimal(0))


def statement(opening, amounts, closing, currency="EUR"):
    before = None if opening is None else Balance(opening, currency, "2025-01-01")
    one = Statement({"statement_id": "7", "account_id": "A"}, before)
    for amount in amounts:
        one.add({"amount": plain(amount), "currency": currency, "status": "BOOK"}, amount, is_booked=True)
    one.closing = closing if closing is None else Balance(closing, currency, "2025-01-02")
    return one


def read(*found):
    batches = list(statement_file(iter(found)).batches)
    return [row for one in batches for row in one.frame.iter_rows(named=True)], [
        row for one in batches for row in one.malformed
    ]


@settings(deadline=None, max_examples=30)
@given(CENTS, st.lists(CENTS, max_size=8), st.sampled_from([Decimal(0), Decimal("0.01"), Decimal("-0.01")]))
def test_a_statement_is_believed_exactly_when_it_adds_up(opening, amounts, off):
    total = sum_of(amounts)
    closing = sum_of([opening, total, off])
    rows, refused = read(statement(opening, amounts, closing))
    assert len(rows) + len(refused) == 1 + len(amounts)
    if off:
        assert rows == []
        assert {row.rule for row in refused} == {"statement:balance"}
        for figure in (opening, total, closing):
            assert str(figure) in refused[0].reason
    else:
        assert refused == []
        running = [Decimal(row["balance_after_amount"]) for row in rows[1:]]
        assert running == [sum_of([opening, *amounts[: at + 1]]) for at in range(len(amounts))]
        assert rows[0]["is_proven"] == "true"


@pytest.mark.parametrize(("opening", "closing"), [(None, Decimal(5)), (Decimal(5), None), (None, None)])
def test_a_statement_without_both_balances_is_taken_and_said_to_be_unproven(opening, closing):
    rows, refused = read(statement(opening, [Decimal(1)], closing))
    assert (rows[0]["is_proven"], refused) == ("false", [])


def test_a_statement_without_lines_must_close_as_it_opened():
    _, refused = read(statement(Decimal(1), [], Decimal(2)))
    assert [row.reason for row in refused] == [
        "statement 7 of account A opens at 1 EUR, its lines come to 0, but it closes at 2"
    ]


def test_a_broken_statement_does_not_hold_up_the_others():
    good, bad = statement(Decimal(1), [Decimal(2)], Decimal(3)), statement(Decimal(1), [Decimal(2)], Decimal(4))
    rows, refused = read(good, bad, Unreadable("raw", "structure:field", "why"), good)
    assert [row[ROW] for row in rows] == [1, 2, 6, 7]
    assert [row.row for row in refused] == [3, 4, 5]


def test_a_line_whose_amount_cannot_be_read_leaves_nothing_proven():
    one = statement(Decimal(1), [], Decimal(1))
    one.add({"amount": "1e2", "currency": "EUR"}, decimal("1e2"), is_booked=True)
    _, refused = read(one)
    assert "entry 1 has no amount that can be read, which cannot be added up" in refused[0].reason


def test_currencies_are_not_added():
    one = statement(Decimal(1), [Decimal(2)], Decimal(3))
    one.add({"amount": "0", "currency": "SEK"}, Decimal(0), is_booked=True)
    _, refused = read(one)
    assert refused[0].reason == (
        "statement 7 of account A opens at 1 EUR and closes at 3 EUR, with lines in EUR and SEK, "
        "which cannot be added up"
    )


def test_what_is_announced_is_not_counted():
    one = statement(Decimal(1), [Decimal(2)], Decimal(3))
    one.add({"amount": "9", "currency": "EUR", "status": "PDNG"}, Decimal(9), is_booked=False)
    rows, refused = read(one)
    assert refused == []
    assert (rows[2].get("line_no"), rows[2].get("balance_after_amount")) == (None, None)


def items(*amounts):
    return [{"amount": amount, "currency": "EUR"} for amount in amounts]


def test_a_batch_that_lists_its_transactions_gives_them_as_lines():
    one = statement(Decimal(10), [Decimal(1)], Decimal(41))
    one.add({"currency": "EUR"}, Decimal(30), is_booked=True, items=items("10.00", "20.00"))
    rows, refused = read(one)
    assert refused == []
    assert [(row["part"], row["entry_no"], row["line_no"], row["balance_after_amount"]) for row in rows[1:]] == [
        ("entry", "1", "1", "11"), ("entry", "2", None, None), ("transaction", "2", "2", "21.00"),
        ("transaction", "2", "3", "41.00"),
    ]  # fmt: skip


@pytest.mark.parametrize("inner", [items("10", "19"), items("30", None), [{"amount": "30", "currency": "SEK"}]])
def test_a_batch_that_does_not_list_all_of_them_is_one_line(inner):
    one = statement(Decimal(10), [], Decimal(40))
    one.add({"currency": "EUR"}, Decimal(30), is_booked=True, items=inner)
    rows, _ = read(one)
    assert [row["part"] for row in rows if row["line_no"]] == ["entry"]
    assert len(rows) == 2 + len(inner)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,5", "1.5"), ("12.", "12"), (".5", "0.5"), ("+00000000000115.8331", "115.8331"), (" 7 ", "7"),
        ("1_000", None), ("1e3", None), ("NaN", None), ("", None), (None, None), ("1.234,56", None), ("$1", None),
        ("٣", None), ("0" * 60 + "1", "1"), ("1" * 40, "1" * 40),
            ("1" * 41, None),
    ],
)  # fmt: skip
def test_a_number_is_plain_digits(text, number):
    assert decimal(text) == (number and Decimal(number))


def test_a_long_statement_is_held_packed_and_one_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(statements, "PACKED", 3)
    one = statement(Decimal(0), [Decimal(1)] * 10, Decimal(10))
    rows, refused = read(one)
    assert (len(rows), refused) == (11, [])
    monkeypatch.setattr(statements, "LINES", 9)
    with pytest.raises(UnreadableFile, match="a statement of more than 9 lines"):
        statement(Decimal(0), [Decimal(1)] * 10, Decimal(10))


def test_many_statements_come_in_batches(monkeypatch):
    monkeypatch.setattr(statements, "ROWS", 4)
    batches = list(statement_file(iter([statement(Decimal(0), [Decimal(1)], Decimal(1))] * 5)).batches)
    assert [batch.rows for batch in batches] == [4, 4, 2]
    assert [row for batch in batches for row in batch.frame[ROW]] == list(range(1, 11))
