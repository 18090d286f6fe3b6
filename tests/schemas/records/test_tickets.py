"""The contract of tickets."""

from datetime import UTC, datetime

import pytest

GOOD = {
    "desk": "it",
    "ticket_id": "T1",
    "customer_id": None,
    "status": "closed",
    "priority": 3,
    "category": "mail",
    "opened_at": datetime(2025, 4, 1, 9, tzinfo=UTC),
    "first_response_at": datetime(2025, 4, 1, 9, 5, tzinfo=UTC),
    "resolved_at": datetime(2025, 4, 2, tzinfo=UTC),
    "closed_at": datetime(2025, 4, 5, tzinfo=UTC),
    "reopened_count": 0,
    "is_sla_met": True,
    "subject": None,
}

REFUSED = [
    ("desk:required", {"desk": None}),
    ("ticket_id:required", {"ticket_id": None}),
    ("status:required", {"status": None}),
    ("opened_at:required", {"opened_at": None}),
    ("desk:isin", {"desk": "kitchen"}),
    ("ticket_id:str_length", {"ticket_id": ""}),
    ("status:isin", {"status": "lost"}),
    ("priority:in_range", {"priority": 0}),
    ("reopened_count:greater_than_or_equal_to", {"reopened_count": -1}),
    ("opened_first", {"resolved_at": datetime(2025, 4, 1, 8, tzinfo=UTC)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("tickets", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("tickets", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("tickets")
