"""The contract of rates of value added tax."""

from datetime import date
from decimal import Decimal

import pytest

GOOD = {
    "territory_codes": "FR,MC",
    "country_code": "FR",
    "rate_type": "standard",
    "rate_pct": Decimal("19.6"),
    "currency_code": "EUR",
    "valid_from_date": date(2000, 4, 1),
    "valid_to_date": date(2013, 12, 31),
    "description": None,
}

REFUSED = [
    ("territory_codes:required", {"territory_codes": None}),
    ("territory_codes:str_length", {"territory_codes": "F", "country_code": None}),
    ("country_code:str_matches", {"country_code": "Fr", "territory_codes": "Fr,MC"}),
    ("rate_type:required", {"rate_type": None}),
    ("rate_type:isin", {"rate_type": "low"}),
    ("rate_pct:required", {"rate_pct": None}),
    ("rate_pct:in_range", {"rate_pct": Decimal("100.01")}),
    ("currency_code:str_matches", {"currency_code": "E"}),
    ("valid_from_date:required", {"valid_from_date": None}),
    ("ends_after_it_starts", {"valid_to_date": date(2000, 3, 31)}),
    ("valid_from_date_is_plausible", {"valid_from_date": date(1954, 4, 9)}),
    ("country_is_a_territory", {"country_code": "DE"}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("vat_rates", GOOD, {}) == []


def test_a_rate_may_hold_in_a_part_of_a_country_only_and_still_hold(broken_rules):
    change = {"territory_codes": "DE-27498", "country_code": None, "valid_to_date": None}
    assert broken_rules("vat_rates", GOOD, change) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("vat_rates", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("vat_rates")
