"""OFX held against the files of real banks in ofxparse's suite, as that library reads them."""

from decimal import Decimal

import pytest

from tasks.errors import UnreadableFile

SUITE = "formats/ofx_ofxparse/tests/fixtures"

LINES = {
    "account_listing_aggregation": [],
    "anzcc": [("2017-05-08", "-5.50")],
    "bank_medium": [("2009-04-01", "-6.60"), ("2009-04-02", "-316.67"), ("2009-04-03", "-22.00")],
    "bank_small": [],
    "checking": [("2011-03-31", "0.01"), ("2011-04-05", "-34.51"), ("2011-04-07", "-25.00")],
    "error_message": [],
    "fidelity-savings": [
        ("2012-07-20", "-1500.0000"), ("2012-07-27", "115.8331"), ("2012-07-27", "-197.1063"),
        ("2012-07-27", "-197.1220"),
    ],
    "investment_medium": [("2009-12-16", "-3.65"), ("2009-12-16", "3.35"), ("2009-12-16", "-3.65")],
    "signon_fail": [],
    "suncorp": [("2013-12-15", "-16.85")],
    "tiaacref": [],
}  # fmt: skip
"""Day and amount of the lines of each file, as ofxparse 0.21 reads them."""

CLOSING = {"anzcc": "-123.45", "bank_medium": "382.34", "checking": "100.99", "suncorp": "1234.12"}
"""The ledger balances, as it reads them."""

REFUSED_THERE = {
    "fail_nice/date_missing": "it wants a word for a line without a day; here its rows go to quarantine, see below",
    "fail_nice/decimal_error": "likewise for an amount that is no number",
    "ofx-v102-empty-tags": "it stops at the empty language; here the line is read",
}

DISAGREE = {
    "investment_medium": "late in the evening of the 15th where the bank is; the library tells the day in London",
}
"""Cases that do not come to the same, and why."""


def cases(real_data):
    root = real_data / SUITE
    return {str(path.relative_to(root).with_suffix("")): path for path in sorted(root.rglob("*.ofx"))}


def read(read_rows, path):
    try:
        return read_rows(path, format="ofx")
    except UnreadableFile as error:
        return [{"part": "refused", "reason": str(error)}]


def test_every_case_comes_to_the_same_but_those_that_are_known(real_data, read_rows):
    found, known = {}, cases(real_data)
    for name in known.keys() & LINES.keys():
        rows = read(read_rows, known[name])
        lines = [(row["booking_date"], row["amount"]) for row in rows if row.get("part") == "entry"]
        closing = next((row["closing_balance_amount"] for row in rows if "closing_balance_amount" in row), None)
        if (lines, closing) != (LINES[name], CLOSING.get(name)):
            found[name] = (lines, closing)
    assert set(found) == known.keys() & DISAGREE.keys(), found


@pytest.mark.parametrize(
    ("case", "lines"),
    [
        ("fail_nice/date_missing", [(None, "-80.00"), (None, "200.00"), ("2012-02-31", "200.00")]),
        ("fail_nice/decimal_error", [("2011-20-00", "$120")]),
        ("ofx-v102-empty-tags", [("2018-05-07", "12.34")]),
    ],
)
def test_what_the_library_stops_at_is_read_and_left_to_the_contract(real_data, read_rows, case, lines):
    if case not in (known := cases(real_data)):
        pytest.skip(f"{case} is not in this half of the suite")
    rows = read_rows(known[case], format="ofx")
    assert [(row.get("booking_date"), row["amount"]) for row in rows if row["part"] == "entry"] == lines
    assert case in REFUSED_THERE


def test_amounts_are_exact(real_data, read_rows):
    if "fidelity-savings" not in (known := cases(real_data)):
        pytest.skip("the case is not in this half of the suite")
    rows = read_rows(known["fidelity-savings"], format="ofx")
    assert sum(Decimal(row["amount"]) for row in rows if row["part"] == "entry") == Decimal("-1778.3952")


def test_a_bank_that_refuses_to_answer_is_quoted(real_data, read_rows):
    if "signon_fail" not in (known := cases(real_data)):
        pytest.skip("the case is not in this half of the suite")
    with pytest.raises(UnreadableFile, match="the bank refused to answer: error 15500 Your request"):
        read_rows(known["signon_fail"], format="ofx")
