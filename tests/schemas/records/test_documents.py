"""The contract of the register of letters."""

from datetime import UTC, date, datetime

import pytest

GOOD = {
    "document_id": "D1",
    "direction": "in",
    "channel_code": "mail",
    "kind_code": "letter",
    "received_at": datetime(2025, 4, 1, 9, tzinfo=UTC),
    "sent_at": datetime(2025, 4, 1, 8, tzinfo=UTC),
    "document_date": date(2025, 3, 31),
    "party_id": "C1",
    "party_name": "Ada Byron",
    "party_address": "ada@shop.example",
    "subject": "Your order",
    "reference": "1001",
    "in_reply_to_id": None,
    "due_date": date(2025, 4, 15),
    "responsible_id": "E1",
    "file_name": "letter.pdf",
    "file_sha256": "0" * 64,
    "file_bytes": 1200,
    "page_count": 2,
    "attachment_count": 0,
}

REFUSED = [
    ("document_id:required", {"document_id": None}),
    ("direction:required", {"direction": None}),
    ("channel_code:required", {"channel_code": None}),
    ("document_id:str_length", {"document_id": ""}),
    ("direction:isin", {"direction": "inbound"}),
    ("channel_code:isin", {"channel_code": "telex"}),
    ("kind_code:isin", {"kind_code": "poem"}),
    ("file_sha256:str_matches", {"file_sha256": "ABC"}),
    ("file_bytes:greater_than_or_equal_to", {"file_bytes": -1}),
    ("page_count:greater_than_or_equal_to", {"page_count": 0}),
    ("attachment_count:greater_than_or_equal_to", {"attachment_count": -1}),
    ("moment_is_known", {"received_at": None}),
    ("moments_are_plausible", {"sent_at": datetime(1899, 12, 31, tzinfo=UTC)}),
    ("document_date_is_plausible", {"document_date": date(1899, 12, 31)}),
    ("is_due_after_it_is_written", {"due_date": date(2025, 3, 30)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("documents", GOOD, {}) == []


def test_what_went_out_needs_no_moment_of_arrival(broken_rules):
    assert broken_rules("documents", GOOD, {"direction": "out", "received_at": None}) == []


def test_what_went_out_says_when_it_was_sent(broken_rules):
    assert broken_rules("documents", GOOD, {"direction": "out", "sent_at": None}) == ["moment_is_known"]


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it(broken_rules, rule, change):
    # A direction that is missing or unknown has no moment that could be asked for.
    assert rule in broken_rules("documents", GOOD, change)


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("documents")
