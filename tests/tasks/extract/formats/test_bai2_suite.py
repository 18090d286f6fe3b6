"""BAI2 held against the samples of moov-io/bai2: the same accounts and lines as another reader, and their totals."""

from decimal import Decimal

import pytest

SUITE = "formats/bai2_moov/test/testdata"

ACCOUNTS = {
    "107049924": [],
    "107049932": [-60000, 143500, -928650],
    "104108339": [
        -200000, -55555, 1912, -50500, 1125, 60000, 931, 50050, 527, -10100, 337686, 5000, -44250, -30000000,
        3797999624, -463462, 1764,
    ],
    "260000033037": [],
    "280000010657": [],
}  # fmt: skip
"""The lines of each account in cents, as the Python library bai2 0.15 reads them with its checks switched off."""


def sample(real_data, name):
    path = real_data / SUITE / name
    if not path.exists():
        pytest.skip(f"{name} is not in this half of the suite")
    return path


def test_the_sample_gives_the_same_lines_as_another_reader(real_data, read_rows):
    rows = read_rows(sample(real_data, "sample5-issue113.txt"), format="bai2")
    found = {row["account_id"]: [] for row in rows if row.get("part") == "statement"}
    for row in rows:
        if row.get("part") == "entry":
            found[row["account_id"]].append(int(Decimal(row["amount"]) * 100))
    assert found == ACCOUNTS


def test_its_blackened_totals_do_not_hold_and_are_said_to(real_data, read_rows):
    rows = read_rows(sample(real_data, "sample5-issue113.txt"), format="bai2")
    broken = {row.get("account_id", row.get("raw")): row["rule"] for row in rows if "rule" in row}
    assert broken == {
        "107049932": "statement:balance",
        "104108339": "statement:balance",
        "98,13060195162,4,16": "statement:control",
        "99,13060195162,1,18": "statement:control",
    }


def test_the_broken_sample_is_refused(real_data, read_rows):
    path = sample(real_data, "errors/sample-parseError.txt")
    with pytest.raises(Exception, match="it is no BAI2 file: record 1 begins with '00', not with 01"):
        read_rows(path, format="bai2")
