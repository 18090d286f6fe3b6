"""The contract of ticket events."""

from datetime import UTC, datetime

import pytest

GOOD = {
    "desk": "it",
    "ticket_id": "T1",
    "event_no": 1,
    "event_type": "opened",
    "status": "new",
    "occurred_at": datetime(2025, 4, 1, 9, tzinfo=UTC),
    "actor_id": "A1",
    "assigned_group": None,
}

REFUSED = [
    ("desk:required", {"desk": None}),
    ("ticket_id:required", {"ticket_id": None}),
    ("event_no:required", {"event_no": None}),
    ("event_type:required", {"event_type": None}),
    ("occurred_at:required", {"occurred_at": None}),
    ("desk:isin", {"desk": "kitchen"}),
    ("ticket_id:str_length", {"ticket_id": ""}),
    ("event_no:greater_than_or_equal_to", {"event_no": 0}),
    ("event_type:isin", {"event_type": "lost"}),
    ("status:isin", {"status": "lost"}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("ticket_events", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("ticket_events", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("ticket_events")
