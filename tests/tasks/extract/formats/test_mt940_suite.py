"""MT940 held against the public suite of WoLpH/mt940: what the statements of many banks were read as, and checked."""

from decimal import Decimal

import pytest
import yaml

SUITE = "formats/mt940_wolph/mt940_tests"

DISAGREE = {
    "betterplace/sepa_mt9401": (
        "the expected file counts reversals of credits (RC) as money that came in; as money that went out they add up"
    ),
    "jejik/ing": "text after the closing balance is about the statement; the expected file has it in the last line",
}
"""Cases that do not come to the same, and why."""

ENCODINGS = {"self-provided/raiffeisen-cmi": "cp852"}
"""What is no UTF-8."""


class Loader(yaml.SafeLoader):
    """The suite's files are objects of its own library; only what they say is taken, and nothing is run."""


def read_object(loader, suffix, node):
    if isinstance(node, yaml.MappingNode):
        if suffix.endswith(".Transaction"):
            # A line points back to the list that holds it.
            node.value = [(key, value) for key, value in node.value if key.value != "transactions"]
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        values = loader.construct_sequence(node, deep=True)
        if suffix == "decimal.Decimal":
            return Decimal(values[0])
        if suffix.endswith((".Date", ".DateTime")) and isinstance(values[0], bytes):
            year, month, day = values[0][0] * 256 + values[0][1], values[0][2], values[0][3]
            return f"{year}-{month:02}-{day:02}"
        return values
    return None


Loader.add_multi_constructor("tag:yaml.org,2002:python/object:", read_object)
Loader.add_multi_constructor("tag:yaml.org,2002:python/object/apply:", read_object)


def amount(said):
    return said and said["amount"]["amount"]


def text(said):
    return " ".join(str(said).split()) if said and str(said).strip() else None


LINE = {
    "transaction_code": "id", "bank_transaction_code": "transaction_code", "posting_text": "posting_text",
    "customer_reference": "customer_reference", "bank_reference": "bank_reference",
    "end_to_end_id": "end_to_end_reference", "mandate_id": "additional_position_reference",
    "creditor_id": "applicant_creditor_id", "purpose_code": "purpose_code",
    "return_reason_code": "return_debit_notes", "counterparty_name": "applicant_name",
    "counterparty_account": "applicant_iban", "counterparty_bank": "applicant_bin",
}  # fmt: skip
"""Our columns and what the suite calls them."""


def expected_line(said):
    row = {name: text(said.get(theirs)) for name, theirs in LINE.items()}
    return {name: value for name, value in row.items() if value} | {
        "amount": said["amount"]["amount"],
        "value_date": said["date"],
        "booking_date": said.get("entry_date", said["date"]),
        "reference": text(said.get("purpose") or said.get("transaction_details") or said.get("non_swift_text")),
    }


def expected_statement(data):
    """What the file says last of itself: the suite reads all of its messages into one."""
    ends = {
        which: data.get(f"final_{which}_balance") or data.get(f"intermediate_{which}_balance")
        for which in ("opening", "closing")
    }
    found = {f"{which}_balance_amount": amount(said) for which, said in ends.items()}
    found |= {f"{which}_balance_date": said and said["date"] for which, said in ends.items()}
    found |= {"account_id": data.get("account_identification"), "message_id": data.get("transaction_reference")}
    return {name: value for name, value in found.items() if value is not None}


def differences(rows, expected):
    entries = [row for row in rows if row["part"] == "entry"]
    wanted = [one["data"] for one in expected["transactions"] or []]
    found = [] if len(entries) == len(wanted) else [f"{len(entries)} lines, expected {len(wanted)}"]
    for row, said in zip(entries, wanted, strict=False):
        given = {name: text(value) for name, value in row.items()} | {"amount": Decimal(row["amount"])}
        found += [
            f"line {row['entry_no']}, {name}: {given.get(name)!r}, expected {value!r}"
            for name, value in expected_line(said).items()
            if given.get(name) != value
        ]
    statement = [row for row in rows if row["part"] == "statement"][-1]
    given = statement | {name: Decimal(value) for name, value in statement.items() if name.endswith("_amount")}
    return found + [
        f"{name}: {given.get(name)!r}, expected {value!r}"
        for name, value in expected_statement(expected["data"]).items()
        if given.get(name) != value
    ]


def cases(real_data):
    found = ((path, path.with_suffix(".yml")) for path in sorted((real_data / SUITE).rglob("*.sta")))
    return {
        str(path.relative_to(real_data / SUITE).with_suffix("")): (path, told) for path, told in found if told.exists()
    }


def test_every_case_of_the_suite_comes_to_the_same_but_those_that_are_known(real_data, read_rows):
    found = {}
    for name, (path, told) in cases(real_data).items():
        expected = yaml.load(told.read_text(encoding="utf-8"), Loader)  # noqa: S506 - a loader of plain values
        rows = read_rows(path, format="mt940", encoding=ENCODINGS.get(name, "utf-8"))
        if differing := differences(rows, expected):
            found[name] = differing
    known = set(cases(real_data)) & set(DISAGREE)
    assert set(found) == known, found


def test_the_reversals_of_the_suite_add_up_as_money_that_went_out(real_data, read_rows):
    path = real_data / SUITE / "betterplace/sepa_mt9401.sta"
    if not path.exists():
        pytest.skip("the case is not in this half of the suite")
    rows = read_rows(path, format="mt940")
    assert {row["is_proven"] for row in rows if row["part"] == "statement"} == {"true"}
