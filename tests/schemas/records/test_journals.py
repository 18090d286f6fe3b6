"""The contract of the heads of journal entries."""

from datetime import date

import pytest

GOOD = {
    "journal_id": "J1",
    "entry_date": date(2025, 3, 31),
    "entry_type": "accrual",
    "journal": "general",
    "party_id": "S1",
    "document_id": None,
    "document_kind": None,
    "description": "March",
    "reversal_date": date(2025, 4, 1),
}

REFUSED = [
    ("journal_id:required", {"journal_id": None}),
    ("journal_id:str_length", {"journal_id": ""}),
    ("entry_date:required", {"entry_date": None}),
    ("entry_type:isin", {"entry_type": "gift"}),
    ("journal:isin", {"journal": "diary"}),
    ("document_kind:isin", {"document_kind": "bill"}),
    ("entry_date_is_plausible", {"entry_date": date(1899, 12, 31)}),
    ("reversed_later", {"reversal_date": date(2025, 3, 31)}),
    ("accruals_reverse", {"reversal_date": None}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("journals", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("journals", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("journals")
