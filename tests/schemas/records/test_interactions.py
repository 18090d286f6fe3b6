"""The contract of interactions."""

from datetime import UTC, datetime

import pytest

GOOD = {
    "interaction_id": "X1",
    "customer_id": "C1",
    "channel_code": "call",
    "direction": "inbound",
    "started_at": datetime(2025, 4, 1, 9, tzinfo=UTC),
    "ended_at": datetime(2025, 4, 1, 9, 5, tzinfo=UTC),
    "agent_id": "A1",
    "topic": "delivery",
    "is_complaint": False,
    "rating": 4,
    "body": None,
}

REFUSED = [
    ("interaction_id:required", {"interaction_id": None}),
    ("channel_code:required", {"channel_code": None}),
    ("direction:required", {"direction": None}),
    ("started_at:required", {"started_at": None}),
    ("interaction_id:str_length", {"interaction_id": ""}),
    ("channel_code:isin", {"channel_code": "telex"}),
    ("direction:isin", {"direction": "in"}),
    ("rating:in_range", {"rating": 7}),
    ("ends_after_it_starts", {"ended_at": datetime(2025, 4, 1, 8, 59, tzinfo=UTC)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("interactions", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("interactions", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("interactions")
