"""Account names for hledger and beancount: any code and name gives one that they take, and the code comes back."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tasks.export.account_names import beancount_code, beancount_name, hledger_code, hledger_name
from tasks.export.books import NOTHING, Account

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


def account(code: str, name: str = "Trade debtors") -> Account:
    return Account(code, name, "current_asset", "asset", None, NOTHING, NOTHING)


def test_a_usual_account_stays_as_it_is():
    assert hledger_name(account("1100")) == "Assets:1100 Trade debtors"
    assert beancount_name(account("1100")) == "Assets:1100"


def test_what_they_cannot_hold_is_spelled():
    assert (
        hledger_name(account("11.0 0;x", " a  b:c_(d) ")) == "Assets:11.0_20_0_3b_x _20_a_20_ b_3a_c_5f__28_d_29__20_"
    )
    assert beancount_name(account("cash-1.é")) == "Assets:X--cash-2d-1-2e--e9-"
    assert beancount_name(account("X--1")) == "Assets:X-2d--2d-1"


@given(code=TEXTS, name=TEXTS)
def test_any_code_comes_back_from_a_name_that_they_take(code: str, name: str):
    whole = hledger_name(account(code, name))
    assert hledger_code(whole) == code
    assert not re.search(r"  |[;:\n\t]|\s$|^\s", whole.removeprefix("Assets:"))
    assert beancount_code(beancount_name(account(code, name))) == code
    assert re.fullmatch(r"Assets:[A-Z0-9][A-Za-z0-9-]*", beancount_name(account(code, name)))


@given(one=TEXTS, other=TEXTS)
def test_no_two_accounts_have_one_name(one: str, other: str):
    for named in (hledger_name, beancount_name):
        assert (named(account(one)) == named(account(other))) == (one == other)
