"""CAMT held against the public suite of genkgo/camt: what a reader in another language comes to."""

import json
from decimal import Decimal

import pytest

SUITE = "formats/camt_genkgo/test/data"

DISAGREE = {
    "camt053.v2.multi.statement": (
        "the expected file holds the entry of the second statement alone; the message has one in each"
    ),
}
"""Cases that do not come to the same, and why."""

REFUSED = {"camt053.v2.wrong": "a message without a statement, which the suite's own reader refuses as well"}

DECIMALS = {"JPY": 0}
BALANCES = {
    "OPBD": "opening", "PRCD": "opening", "OPAV": "opening_available", "CLBD": "closing", "CLAV": "closing_available",
    "FWAV": "forward_available", "INFO": "information", "ITBD": "interim", "ITAV": "interim_available",
    "XPCD": "expected_credit",
}  # fmt: skip
"""What the suite calls the balances; an opening one and the one that the day before closed with have one name there."""


def money(said):
    return Decimal(said["getAmount"]).scaleb(-DECIMALS.get(said["getCurrency"]["getCode"], 2))


def day(said):
    return said and said["0"][:10]


def present(said):
    return {name: value for name, value in said.items() if value not in (None, "")}


def expected_entry(said):
    """What the suite expects of an entry, in our columns."""
    record, code = said["getRecord"], said["getBankTransactionCode"] or {}
    domain, own = code.get("getDomain"), code.get("getProprietary")
    row = {
        "statement_id": record["getId"],
        "account_id": record["getAccount"]["getIdentification"],
        "statement_no": record["getElectronicSequenceNumber"],
        "amount": money(said["getAmount"]),
        "currency": said["getAmount"]["getCurrency"]["getCode"],
        "status": said["getStatus"],
        "is_reversal": str(said["getReversalIndicator"]).lower(),
        "booking_date": day(said["getBookingDate"]),
        "value_date": day(said["getValueDate"]),
        "bank_reference": said["getAccountServicerReference"],
        "payment_id": said["getBatchPaymentId"],
        "additional_information": said["getAdditionalInfo"],
        "bank_transaction_code": own and own["getCode"],
    }
    if domain:
        family = domain["getFamily"]
        row["transaction_code"] = f"{domain['getCode']}/{family['getCode']}/{family['getSubFamilyCode']}"
    return present(row) | expected_detail(said.get("getTransactionDetail"))


def expected_detail(said):
    if not said:
        return {}
    references, text = said["getReference"] or {}, said["getRemittanceInformation"] or {}
    structured = text.get("getCreditorReferenceInformation")
    row = {
        "end_to_end_id": references.get("getEndToEndId"),
        "instruction_id": references.get("getInstructionId"),
        "mandate_id": references.get("getMandateId"),
        "structured_reference": structured and structured["getRef"],
        "reference": None if structured else text.get("getMessage"),
    }
    for party in said["getRelatedParties"]:
        kind = party["getRelatedPartyType"]
        name = kind["__CLASS__"].rpartition("\\")[2]
        own = {"Creditor": "creditor", "Debtor": "debtor"}.get(name)
        row[f"{own}_name" if own else f"ultimate_{name.removeprefix('Ultimate').lower()}_name"] = kind["getName"]
        if own and party["getAccount"]:
            row[f"{own}_account"] = party["getAccount"]["getIdentification"]
    for agent in said["getRelatedAgents"]:
        if isinstance(agent, dict):
            kind = agent["getRelatedAgentType"]
            own = kind["__CLASS__"].rpartition("\\")[2].removesuffix("Agent").lower()
            row[f"{own}_bank"] = kind["getBIC"] or kind["getName"]
    return present(row)


def expected_balances(said):
    return [
        (one["getType"], money(one["getAmount"]), one["getAmount"]["getCurrency"]["getCode"], day(one["getDate"]))
        for one in said["getRecord"]["getBalances"]
    ]  # fmt: skip


def differences(rows, expected):
    """What differs, in words; nothing where both come to the same."""
    entries = [row for row in rows if row["part"] == "entry"]
    found = [] if len(entries) == len(expected["getEntries"]) else [f"{len(entries)} entries"]
    for row, said in zip(entries, expected["getEntries"], strict=False):
        wanted = expected_entry(said)
        given = row | {"amount": Decimal(row["amount"])}
        found += [
            f"{name}: {given.get(name)!r}, expected {wanted[name]!r}"
            for name in wanted
            if given.get(name) != wanted[name]
        ]
        statement = next(
            one for one in rows if one["part"] == "statement" and one["statement_id"] == row["statement_id"]
        )
        balances = [
            (BALANCES[one["type"]], Decimal(one["amount"]), one["currency"], one["date"])
            for one in json.loads(statement["balances"])
        ]
        if balances != expected_balances(said):
            found.append(f"balances: {balances}, expected {expected_balances(said)}")
    return found


def cases(real_data):
    return sorted((real_data / SUITE).glob("*.xml"))


def test_every_case_of_the_suite_comes_to_the_same_but_those_that_are_known(real_data, read_rows):
    found = {}
    for path in cases(real_data):
        if path.stem not in REFUSED and (
            differing := differences(read_rows(path, format="camt"), json.loads(path.with_suffix(".json").read_text()))
        ):
            found[path.stem] = differing
    known = {path.stem for path in cases(real_data)} & set(DISAGREE)
    assert set(found) == known, found


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_suite_calls_wrong_is_refused(real_data, read_rows, case):
    path = real_data / SUITE / f"{case}.xml"
    if not path.exists():
        pytest.skip(f"{case} is not in this half of the suite")
    with pytest.raises(Exception, match="it holds no statement"):
        read_rows(path, format="camt")
